package io.transferlearning.network;

import static io.transferlearning.problem.ProblemCatcher.catchProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.transferlearning.problem.Problem;
import io.transferlearning.weights.DType;
import io.transferlearning.weights.MappedWeights;
import io.transferlearning.weights.StateDict;
import io.transferlearning.weights.Tensor;
import io.transferlearning.weights.WeightMapping;
import io.transferlearning.weights.Wiring;
import io.transferlearning.weights.Wiring.Kind;
import io.transferlearning.weights.Wiring.Step;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A network is found in a file that has the same layers under names that say nothing. */
class NetworkWiringTest {
  /** Enough for the largest tensor, VGG's first linear layer; all share it. */
  private static final ByteBuffer ZEROS = ByteBuffer.allocate(4 * 4096 * 512 * 49);

  static Stream<String> networks() {
    return Networks.names().stream().filter(name -> Networks.resolve(name).equals(name));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void everyNetworkIsFoundWithoutNames(String name) {
    Network network = Networks.of(name, 5);
    StateDict file = nameless(Networks.of(name, 1000), NetworkWiring.of(network));

    MappedWeights mapped = map(network, file);

    assertThat(mapped.fresh()).isEqualTo(network.headParameters());
    mapped
        .tensors()
        .forEach(
            (parameter, tensor) -> {
              if (network.parameter(parameter).role() != Parameter.Role.COUNTER) {
                assertThat(tensor).as(parameter).isSameAs(file.tensor("?" + parameter));
              }
            });
  }

  @Test
  void aShortcutBeforeItsBlockIsStillTheShortcut() {
    Network network = Networks.of("resnext101_32x8d", 1000);
    Wiring wiring = NetworkWiring.of(network);
    int first = indexOf(wiring, "layer1.0.conv1.weight");
    int shortcut = indexOf(wiring, "layer1.0.downsample.0.weight");
    assertThat(wiring.steps().get(first).inputs()).isEqualTo(wiring.steps().get(shortcut).inputs());
    Wiring reordered = moved(wiring, shortcut, first);

    MappedWeights mapped = map(network, nameless(network, reordered));

    assertThat(mapped.tensors().get("layer1.0.conv1.weight"))
        .isSameAs(nameless(network, reordered).tensor("?layer1.0.conv1.weight"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"resnet18", "resnext101_32x8d", "vgg11_bn", "densenet121"})
  void foldedNormalisationsAreFoundAgain(String name) {
    Network network = Networks.of(name, 1000);
    Wiring folded = folded(NetworkWiring.of(network));
    assertThat(folded.steps().size()).isLessThan(NetworkWiring.of(network).steps().size());
    StateDict file = nameless(network, folded);

    MappedWeights mapped = map(network, file);

    assertThat(mapped.fresh()).isEmpty();
    file.tensors()
        .forEach(
            (parameter, tensor) ->
                assertThat(mapped.tensors().get(parameter.substring(1))).isSameAs(tensor));
    assertThat(file.tensors()).hasSizeLessThan(mapped.tensors().size());
  }

  @Test
  void anotherNetworkHasNoCounterpart() {
    Network resnet34 = Networks.of("resnet34", 1000);
    StateDict file = nameless(resnet34, NetworkWiring.of(resnet34));

    assertThat(catchProblem(() -> map(Networks.of("resnet18", 1000), file)).what())
        .isEqualTo(
            "The weights f.onnx can not be used: its names are not the network's, and by order and"
                + " shape its layer '?layer1.2.conv1.weight' of shape [64, 64, 3, 3] has no"
                + " counterpart in the network.");
  }

  @Test
  void anotherNetworkThatNamesItsLayersIsRecognised() {
    Network resnet18 = Networks.of("resnet18", 1000);
    Map<String, Tensor> named = new LinkedHashMap<>();
    nameless(resnet18, NetworkWiring.of(resnet18))
        .tensors()
        .forEach((name, tensor) -> named.put(name.substring(1), tensor));
    StateDict file = new StateDict(named, Map.of(), Optional.of(NetworkWiring.of(resnet18)));

    Problem problem = catchProblem(() -> map(Networks.of("resnet34", 1000), file));

    assertThat(problem.what()).contains("its names are not the network's");
    assertThat(problem.next())
        .startsWith("They look like those of resnet18: set -Dmodel=resnet18, or else: ");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aNetworkOfOtherStridesIsRefusedWithItsNamesAndWithout(boolean names) {
    Network v1 = Networks.of("resnet50_v1", 1000);
    StateDict file = nameless(v1, NetworkWiring.of(v1));
    if (names) {
      Map<String, Tensor> named = new LinkedHashMap<>();
      file.tensors().forEach((name, tensor) -> named.put(name.substring(1), tensor));
      file = new StateDict(named, Map.of(), Optional.of(NetworkWiring.of(v1)));
    }
    StateDict read = file;

    Problem problem = catchProblem(() -> map(Networks.of("resnet50", 1000), read));

    assertThat(problem.what())
        .isEqualTo(
            "The weights f.onnx can not be used: its layer '%slayer2.0.conv1.weight' has the"
                + " strides [2, 2] and the padding [0, 0, 0, 0]; the network's has [1, 1] and [0,"
                + " 0, 0, 0].",
            names ? "" : "?");
    assertThat(problem.next()).contains("-Dmodel=resnet50_v1");
    assertThat(map(v1, read).fresh()).isEmpty();
  }

  @Test
  void twoEqualBranchesAreAmbiguous() {
    Map<String, List<Long>> shapes = new LinkedHashMap<>();
    shapes.put("a.weight", List.of(1L, 1L, 1L, 1L));
    shapes.put("b.weight", List.of(1L, 1L, 1L, 1L));
    Wiring wiring =
        new Wiring(
            List.of(
                new Step(Kind.INPUT, List.of(), List.of()),
                new Step(Kind.CONVOLUTION, List.of("a.weight"), List.of(0)),
                new Step(Kind.CONVOLUTION, List.of("b.weight"), List.of(0)),
                new Step(Kind.SUM, List.of(), List.of(1, 2))));
    Tensor one = Tensor.of(new float[1], 1, 1, 1, 1);
    StateDict file =
        new StateDict(
            Map.of("?a.weight", one, "?b.weight", one), Map.of(), Optional.of(hidden(wiring)));

    assertThat(
            catchProblem(() -> WeightMapping.map("f.onnx", shapes, Set.of(), wiring, file)).what())
        .endsWith("its layer '?a.weight' could be any of [a.weight, b.weight].");
  }

  private static MappedWeights map(Network network, StateDict file) {
    return WeightMapping.map(
        "f.onnx", network.shapes(), network.headParameters(), NetworkWiring.of(network), file);
  }

  private static int indexOf(Wiring wiring, String parameter) {
    for (int i = 0; i < wiring.steps().size(); i++) {
      if (wiring.steps().get(i).parameters().contains(parameter)) {
        return i;
      }
    }
    throw new IllegalArgumentException(parameter);
  }

  /** The same wiring with a step earlier in the order. */
  private static Wiring moved(Wiring wiring, int from, int to) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < wiring.steps().size(); i++) {
      order.add(i);
    }
    order.add(to, order.remove(from));
    return new Wiring(
        order.stream()
            .map(wiring.steps()::get)
            .map(
                step ->
                    new Step(
                        step.kind(),
                        step.parameters(),
                        step.inputs().stream().map(order::indexOf).toList(),
                        step.window()))
            .toList());
  }

  /** As exporters do it: a normalisation right behind a convolution becomes the latter's bias. */
  private static Wiring folded(Wiring wiring) {
    List<Step> steps = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    for (Step step : wiring.steps()) {
      List<Integer> inputs = step.inputs().stream().map(places::get).toList();
      int last = steps.size() - 1;
      if (step.kind() == Kind.NORMALISATION
          && wiring.steps().get(step.inputs().get(0)).kind() == Kind.CONVOLUTION
          && consumers(wiring, step.inputs().get(0)) == 1) {
        List<String> parameters =
            List.of(steps.get(last).parameters().get(0), step.parameters().get(1));
        Step convolution = steps.get(last);
        steps.set(
            last,
            new Step(Kind.CONVOLUTION, parameters, convolution.inputs(), convolution.window()));
        places.add(last);
      } else {
        places.add(steps.size());
        steps.add(new Step(step.kind(), step.parameters(), inputs, step.window()));
      }
    }
    return new Wiring(steps);
  }

  private static long consumers(Wiring wiring, int step) {
    return wiring.steps().stream().filter(other -> other.inputs().contains(step)).count();
  }

  /** A file of a network's tensors under names with a question mark. */
  private static StateDict nameless(Network network, Wiring wiring) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Step step : wiring.steps()) {
      for (String name : step.parameters()) {
        List<Long> shape = network.parameter(name).shape();
        int bytes = Math.toIntExact(4 * network.parameter(name).elements());
        tensors.put("?" + name, cached(name, shape, bytes));
      }
    }
    return new StateDict(tensors, Map.of(), Optional.of(hidden(wiring)));
  }

  private static final Map<String, Tensor> CACHE = new HashMap<>();

  private static Tensor cached(String name, List<Long> shape, int bytes) {
    return CACHE.computeIfAbsent(
        name + shape, key -> new Tensor(DType.F32, shape, ZEROS.slice(0, bytes)));
  }

  private static Wiring hidden(Wiring wiring) {
    return new Wiring(
        wiring.steps().stream()
            .map(
                step ->
                    new Step(
                        step.kind(),
                        step.parameters().stream().map(name -> "?" + name).toList(),
                        step.inputs(),
                        step.window()))
            .toList());
  }
}
