package io.transferlearning.weights.source;

import static io.transferlearning.problem.ProblemCatcher.catchProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.transferlearning.problem.Problem;
import io.transferlearning.weights.Golden;
import io.transferlearning.weights.MappedWeights;
import io.transferlearning.weights.StateDict;
import io.transferlearning.weights.Tensor;
import io.transferlearning.weights.WeightMapping;
import io.transferlearning.weights.format.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

public class WeightSourceTest {
  private static final String LEGAL =
      "pretrained, none, or the path of a file of weights (.safetensors, .pth or .pt)";

  private final Path base;

  WeightSourceTest(@TempDir Path base) {
    this.base = base;
  }

  @Test
  void theWordsAreUnderstoodInAnyCase() {
    assertThat(WeightSource.parse(" Pretrained ", base)).isEqualTo(new WeightSource.Pretrained());
    assertThat(WeightSource.parse("none", base)).isEqualTo(new WeightSource.None());
    assertThat(new WeightSource.None().open("resnet18")).isEmpty();
  }

  @Test
  void aPathStartsFromTheBaseAndIsRead() {
    Path file = base.resolve("own.safetensors");
    StateDict state = StateDict.of(Map.of("w", Tensor.scalar(3)));
    Safetensors.write(file, state);

    WeightSource source = WeightSource.parse("own.safetensors", base);

    assertThat(source).isEqualTo(new WeightSource.FileSource(file));
    assertThat(source.open("resnet18")).contains(state);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://host/m.safetensors",
        "mvn:group:artifact:1",
        "djl://ai.djl.pytorch/resnet"
      })
  void remoteSourcesAreNotSupportedYet(String source) {
    Problem problem = refusal(source);

    assertThat(problem.what())
        .isEqualTo("Weights from '" + source + "' are not supported yet; legal are " + LEGAL + ".");
    assertThat(problem.next())
        .isEqualTo("Download the file yourself, and set -Dtransfer.weights=FILE.");
  }

  @Test
  void aMistypedWordIsSuggested() {
    Problem problem = refusal("pretraned");

    assertThat(problem.what())
        .isEqualTo(
            "The parameter transfer.weights is 'pretraned', and no file is called that; legal are "
                + LEGAL
                + ".");
    assertThat(problem.next())
        .isEqualTo(
            "Did you mean 'pretrained'? Check the path: it is relative to the project's folder, or"
                + " absolute.");
  }

  @Test
  void anEmptySourceIsRefused() {
    assertThat(refusal(" ").what())
        .isEqualTo("The parameter transfer.weights is empty; legal are " + LEGAL + ".");
  }

  @Test
  void aMissingFileIsNamedWhole() {
    assertThat(refusal("no.safetensors").what())
        .isEqualTo("The weights " + base.resolve("no.safetensors") + " are not a file.");
  }

  @Test
  void theContentAndNotTheNameTellsTheFormat() throws IOException {
    Path file = base.resolve("weights");
    StateDict state = StateDict.of(Map.of("w", Tensor.scalar(3)));
    Safetensors.write(file, state);
    assertThat(WeightSource.parse("weights", base).open("resnet18")).contains(state);

    Files.createFile(base.resolve("m.pth"));
    WeightSource empty = WeightSource.parse("m.pth", base);
    assertThat(catchProblem(() -> empty.open("resnet18")).what())
        .isEqualTo("The weights " + base.resolve("m.pth") + " can not be used: it is empty.");
  }

  @Test
  void weightsThatAreNotEmbeddedComeWithInstructions() {
    Problem problem = catchProblem(() -> new WeightSource.Pretrained().open("resnet18"));

    assertThat(problem.what())
        .isEqualTo(
            "The pre-trained weights of resnet18 are not inside the plugin; only those of"
                + " squeezenet1_1 are. Nothing is downloaded without being asked for.");
    assertThat(problem.next().lines())
        .containsExactly(
            "They are published as https://download.pytorch.org/models/resnet18-f37072fd.pth"
                + " (SHA-256 begins with f37072fd). Convert them once, where there is a network,"
                + " with torchvision and safetensors:",
            "       python3 -c \"import torchvision, safetensors.torch;"
                + " safetensors.torch.save_file(torchvision.models.resnet18(weights='IMAGENET1K_V1')"
                + ".state_dict(), 'resnet18.safetensors')\"",
            "     and build with -Dtransfer.weights=resnet18.safetensors; or use"
                + " -Dmodel=squeezenet1_1, or start from random weights with"
                + " -Dtransfer.weights=none.");
  }

  @Test
  void aModelWithoutPublishedWeightsListsThoseThatHaveThem() {
    Problem problem = catchProblem(() -> new WeightSource.Pretrained().open("resnet50_v1"));

    assertThat(problem.what())
        .startsWith("No pre-trained weights of resnet50_v1 are known; those of resnet18, resnet34,")
        .endsWith(", densenet201 are.");
    assertThat(Catalogue.models()).hasSize(25);
  }

  @Test
  void theEmbeddedWeightsAreThePublishedFileAndFitTheNetwork() throws NoSuchAlgorithmException {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(EmbeddedWeights.bytes());
    assertThat(HexFormat.of().formatHex(digest)).isEqualTo(EmbeddedWeights.SHA256);

    StateDict state = new WeightSource.Pretrained().open("squeezenet1_1").orElseThrow();
    assertThat(state.architecture()).contains("squeezenet1_1");
    MappedWeights mapped =
        WeightMapping.map("embedded", Golden.shapes("squeezenet1_1"), Set.of(), state);
    assertThat(mapped.tensors().values().stream().mapToLong(Tensor::elements).sum())
        .isEqualTo(1_235_496);
    assertThat(EmbeddedWeights.open("resnet18")).isEmpty();
  }

  private Problem refusal(String source) {
    return catchProblem(() -> WeightSource.parse(source, base));
  }
}
