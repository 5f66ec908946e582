package io.transferlearning.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.transferlearning.ForeignDigits;
import io.transferlearning.network.Network;
import io.transferlearning.network.Networks;
import io.transferlearning.network.torchscript.Numerics;
import io.transferlearning.network.torchscript.Numerics.Kernels;
import io.transferlearning.network.torchscript.TorchScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TorchScript is parsed by libtorch, which knows no digits but its own. */
class CodeInEveryCountryTest {
  @ParameterizedTest
  @ValueSource(strings = {"resnet18", "vgg11_bn", "squeezenet1_1", "densenet121"})
  void theCodeOfATrainingIsTheSame(String model) {
    Network network = Networks.of(model, 3);

    String there = ForeignDigits.with(() -> code(network));

    // The first lines alone: all of them are megabytes.
    assertThat(there.lines().filter(line -> !line.matches("\\p{ASCII}*")).limit(3)).isEmpty();
    assertThat(there.equals(code(network))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"resnet18", "squeezenet1_1"})
  void theArchiveOfANetworkIsTheSame(String model, @TempDir Path folder) throws IOException {
    Network network = Networks.of(model, 3);

    assertThat(ForeignDigits.with(() -> archive(network, folder.resolve("there.pt"))))
        .isEqualTo(archive(network, folder.resolve("here.pt")));
  }

  private static String code(Network network) {
    List<String> all = new ArrayList<>();
    Recipe recipe = Recipe.fineTuning().withBatchNorm(Recipe.BatchNorm.BATCH);
    for (Numerics numerics : List.of(Numerics.SINGLE, Numerics.MIXED)) {
      for (Kernels kernels : Kernels.values()) {
        for (TrainingCode.Scope scope : TrainingCode.Scope.values()) {
          all.add(
              new TrainingCode(network, recipe, scope, numerics.with(kernels))
                  .methods(SmallTask.PREPROCESSING));
        }
      }
    }
    return String.join("\n", all);
  }

  private static byte[] archive(Network network, Path file) throws IOException {
    // The name of the file becomes that of the folder in the archive.
    Path same = Files.createDirectory(file).resolve("network.pt");
    TorchScript.write(same, network, SmallTask.random(network, 1), TorchScript.Methods.NONE);
    return Files.readAllBytes(same);
  }
}
