package io.transferlearning.training;

import io.transferlearning.data.RandomStream;
import io.transferlearning.network.Initial;
import io.transferlearning.network.Network;
import io.transferlearning.network.NetworkWiring;
import io.transferlearning.network.Networks;
import io.transferlearning.network.Parameter;
import io.transferlearning.problem.WeightProblems;
import io.transferlearning.weights.MappedWeights;
import io.transferlearning.weights.StateDict;
import io.transferlearning.weights.Tensor;
import io.transferlearning.weights.WeightMapping;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * The tensors a training starts from: given weights where there are any, seeded random ones for the
 * rest. A network without weights starts by torchvision's rules for its family; the head that
 * replaces a published one starts as a new layer of torch does ({@link Network#newHead()}).
 */
public final class StartingWeights {
  private StartingWeights() {}

  /**
   * Every parameter and buffer of the network, as 32-bit floats (counters as 64-bit integers).
   *
   * @param origin where the weights come from, for messages
   * @param given published weights; empty to start from random ones
   * @param seed of the random tensors; each depends on the seed and on its name alone
   * @throws io.transferlearning.problem.Problem if the weights do not fit the network, or say that
   *     they are another's
   */
  public static Map<String, Tensor> of(
      Network network, String origin, Optional<StateDict> given, long seed) {
    given.ifPresent(state -> requireSameNetwork(network, origin, state));
    Map<String, Tensor> known =
        given
            .map(
                state ->
                    WeightMapping.map(
                        origin,
                        network.shapes(),
                        network.headParameters(),
                        NetworkWiring.of(network),
                        state))
            .map(MappedWeights::tensors)
            .orElse(Map.of());
    // given weights lack nothing but a head that does not fit
    Optional<Initial> head = given.map(state -> network.newHead());
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Parameter parameter : network.parameters().values()) {
      Tensor tensor = known.get(parameter.name());
      tensors.put(
          parameter.name(),
          tensor == null
              ? random(parameter, head.orElse(parameter.initial()), seed)
              : fullPrecision(parameter, tensor));
    }
    return tensors;
  }

  /** Names and shapes do not tell all networks apart: a stride has neither. */
  private static void requireSameNetwork(Network network, String origin, StateDict state) {
    String named = state.architecture().orElse(network.name());
    if (!named.equals(network.name()) && Networks.isNetwork(named)) {
      throw WeightProblems.ofAnotherNetwork(origin, named, network.name());
    }
  }

  private static Tensor fullPrecision(Parameter parameter, Tensor tensor) {
    return parameter.role() == Parameter.Role.COUNTER
        ? tensor
        : Tensor.of(tensor.toFloats(), sizes(parameter));
  }

  private static Tensor random(Parameter parameter, Initial initial, long seed) {
    if (parameter.role() == Parameter.Role.COUNTER) {
      return Tensor.scalar(0);
    }
    RandomStream random = RandomStream.of(seed, number(parameter.name()));
    float[] values = new float[Math.toIntExact(parameter.elements())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) draw(initial, random);
    }
    return Tensor.of(values, sizes(parameter));
  }

  private static double draw(Initial initial, RandomStream random) {
    if (initial instanceof Initial.Uniform uniform) {
      return random.nextDouble(-uniform.bound(), uniform.bound());
    } else if (initial instanceof Initial.Normal normal) {
      // Box and Muller 1958; 1 - u keeps the logarithm finite.
      double radius = Math.sqrt(-2 * Math.log(1 - random.nextDouble(0, 1)));
      return normal.deviation() * radius * Math.cos(random.nextDouble(0, 2 * Math.PI));
    }
    return ((Initial.Constant) initial).value();
  }

  private static long number(String name) {
    CRC32 crc = new CRC32();
    crc.update(name.getBytes(StandardCharsets.UTF_8));
    return crc.getValue();
  }

  private static long[] sizes(Parameter parameter) {
    return parameter.shape().stream().mapToLong(Long::longValue).toArray();
  }
}
