package io.transferlearning.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.transferlearning.Torchvision;
import io.transferlearning.data.Preprocessing;
import io.transferlearning.engine.Logits;
import io.transferlearning.network.Network;
import io.transferlearning.network.Networks;
import io.transferlearning.training.StartingWeights;
import io.transferlearning.weights.FormulaWeights;
import io.transferlearning.weights.StateDict;
import io.transferlearning.weights.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A model's folder opens in Python: its safetensors in torchvision's network by {@code
 * load_state_dict(strict=True)}, its TorchScript by {@code torch.jit.load}. Both give the logits
 * that DJL gives.
 */
class ModelFolderLiveTest {
  private static final List<String> CLASSES = List.of("a", "b", "c", "d", "e");
  private static final int HEIGHT = 96;
  private static final int WIDTH = 128;
  private static final int BATCH = 2;

  private static Torchvision torchvision;

  @BeforeAll
  static void start() throws IOException {
    torchvision = Torchvision.startOrSkip("opening models in torchvision");
  }

  @AfterAll
  static void end() throws IOException {
    if (torchvision != null) {
      torchvision.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"resnet18", "alexnet", "vgg11_bn", "squeezenet1_1", "densenet121"})
  void opensInTorchvisionAndGivesTheSameLogits(String name, @TempDir Path folder)
      throws IOException {
    Network network = Networks.of(name, CLASSES.size());
    ModelDescription description =
        new ModelDescription(
            ModelDescription.SCHEMA, name, CLASSES, Preprocessing.imagenet(224), Map.of());
    ModelFolder.write(folder, network, withNewHead(network), description);

    Map<String, Object> request =
        Map.of(
            "name", name,
            "folder", folder.toString(),
            "classes", CLASSES.size(),
            "height", HEIGHT,
            "width", WIDTH);
    JsonObject answer = torchvision.ask("opened", request);

    float[] logits = Logits.of(folder.resolve(name + ".pt"), BATCH, HEIGHT, WIDTH);
    double fromWeights =
        Logits.difference(logits, Torchvision.floats(folder.resolve("torchvision")));
    double fromScript = Logits.difference(logits, Torchvision.floats(folder.resolve("script")));
    System.out.printf(
        Locale.ROOT,
        "%s opened in torchvision: relative difference of logits %.1e by its"
            + " safetensors, %.1e by its TorchScript%n",
        name,
        fromWeights,
        fromScript);
    assertThat(answer.get("training").getAsBoolean()).as("loads in training mode").isFalse();
    assertThat(answer.get("sameNames").getAsBoolean()).as("state_dict in order").isTrue();
    assertThat(fromWeights).isLessThan(1e-5);
    assertThat(fromScript).isLessThan(1e-5);
  }

  /** Published weights for 1000 classes, as the formula has them, whose head is replaced. */
  private static Map<String, Tensor> withNewHead(Network network) {
    Network published = Networks.of(network.name(), 1000);
    StateDict weights = FormulaWeights.stateDict(published.shapes());
    return StartingWeights.of(network, "FORMULA", Optional.of(weights), 1);
  }
}
