package io.transferlearning.weights;

import static io.transferlearning.problem.ProblemCatcher.catchProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.transferlearning.problem.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightMappingTest {
  private static final Set<String> HEAD = Set.of("fc.weight", "fc.bias");

  private static final String ADVICE =
      "Give the weights of the configured model, with torchvision's names (a state_dict of the"
          + " whole network).";

  @Test
  void everyTensorIsMappedOnceInTheNetworksOrder() {
    MappedWeights mapped = map(network(10), network(10));

    assertThat(mapped.tensors().keySet()).containsExactlyElementsOf(network(10).keySet());
    assertThat(mapped.fresh()).isEmpty();
  }

  @Test
  void aHeadForOtherClassesIsFreshAsAWhole() {
    Map<String, List<Long>> sameBias = network(1000);
    sameBias.put("fc.bias", List.of(10L));

    for (Map<String, List<Long>> found : List.of(network(1000), sameBias)) {
      MappedWeights mapped = map(network(10), found);
      assertThat(mapped.fresh()).containsExactly("fc.weight", "fc.bias");
      assertThat(mapped.tensors()).containsOnlyKeys("conv1.weight", "bn1.num_batches_tracked");
    }
  }

  @Test
  void aMissingHeadIsFresh() {
    Map<String, List<Long>> trunk = network(10);
    trunk.keySet().removeAll(HEAD);

    assertThat(map(network(10), trunk).fresh()).isEqualTo(HEAD);
  }

  @Test
  void aMissingCounterIsZero() {
    Map<String, List<Long>> found = network(10);
    found.remove("bn1.num_batches_tracked");

    assertThat(map(network(10), found).tensors())
        .containsEntry("bn1.num_batches_tracked", Tensor.scalar(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"module._orig_mod.", "model.", "net.", "module.network."})
  void wrappersBeforeEveryNameAreTakenOff(String prefix) {
    Map<String, List<Long>> found = new LinkedHashMap<>();
    network(10).forEach((name, shape) -> found.put(prefix + name, shape));

    assertThat(map(network(10), found).fresh()).isEmpty();
  }

  @Test
  void denseNetsOldNamesAreUnderstood() {
    Map<String, List<Long>> expected = Golden.shapes("densenet121");
    Map<String, List<Long>> old = new LinkedHashMap<>();
    expected.forEach(
        (name, shape) -> {
          if (!name.endsWith(".num_batches_tracked")) {
            old.put(name.replaceAll("(denselayer\\d+\\.(?:norm|conv))([12])", "$1.$2"), shape);
          }
        });
    assertThat(old)
        .containsKey("features.denseblock1.denselayer1.norm.1.weight")
        .doesNotContainKey("features.denseblock1.denselayer1.norm1.weight");

    MappedWeights mapped =
        WeightMapping.map("f", expected, Set.of(), FormulaWeights.stateDict(old));

    assertThat(mapped.tensors()).hasSize(expected.size());
  }

  @Test
  void everyKindOfDifferenceIsCountedAndTheFirstAreNamed() {
    Map<String, Tensor> found = new LinkedHashMap<>();
    found.put("conv1.weight", Tensor.of(new float[2], 2));
    found.put("bn1.num_batches_tracked", Tensor.of(new float[1]));
    for (int i = 0; i < 7; i++) {
      found.put("extra" + i, Tensor.scalar(i));
    }
    Map<String, List<Long>> expected = network(10);
    expected.put("conv2.weight", List.of(1L));

    Problem problem =
        catchProblem(() -> WeightMapping.map("f", expected, HEAD, StateDict.of(found)));

    assertThat(problem.what().lines())
        .containsExactly(
            "The weights f do not fit the network:",
            "  1 missing: 'conv2.weight'",
            "  7 unexpected: 'extra0', 'extra1', 'extra2', 'extra3', 'extra4' and 2 more",
            "  1 of another shape: 'conv1.weight' (expected [4, 3], found [2])",
            "  1 of another type: 'bn1.num_batches_tracked' (expected I64, found F32)");
    assertThat(problem.next()).isEqualTo(ADVICE);
  }

  @Test
  void integersAreNoWeights() {
    StateDict found = StateDict.of(Map.of("w", Tensor.scalar(1)));

    assertThat(
            catchProblem(() -> WeightMapping.map("f", Map.of("w", List.of()), Set.of(), found))
                .what()
                .lines())
        .contains("  1 of another type: 'w' (expected floating-point numbers, found I64)");
  }

  @Test
  void theWeightsOfAnotherNetworkAreRecognised() {
    Problem problem = catchProblem(() -> map(Golden.shapes("resnet18"), Golden.shapes("resnet34")));

    assertThat(problem.next())
        .isEqualTo("They look like those of resnet34: set -Dmodel=resnet34, or else: " + ADVICE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"resnet18", "resnet34", "resnet50", "squeezenet1_0", "squeezenet1_1"})
  void networksHaveFingerprints(String name) {
    StateDict state = FormulaWeights.stateDict(Golden.shapes(name));

    assertThat(Fingerprint.of(state)).contains(name);
  }

  private static MappedWeights map(
      Map<String, List<Long>> expected, Map<String, List<Long>> found) {
    return WeightMapping.map("f", expected, HEAD, FormulaWeights.stateDict(found));
  }

  private static Map<String, List<Long>> network(long classes) {
    Map<String, List<Long>> shapes = new LinkedHashMap<>();
    shapes.put("conv1.weight", List.of(4L, 3L));
    shapes.put("bn1.num_batches_tracked", List.of());
    shapes.put("fc.weight", List.of(classes, 4L));
    shapes.put("fc.bias", List.of(classes));
    return shapes;
  }
}
