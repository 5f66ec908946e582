package io.transferlearning.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.transferlearning.network.Network;
import io.transferlearning.network.SmallNetworks;
import io.transferlearning.network.torchscript.Numerics;
import io.transferlearning.network.torchscript.Numerics.Layout;
import io.transferlearning.network.torchscript.Numerics.Precision;
import io.transferlearning.weights.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The order in which a training keeps its weights in memory changes no number but by rounding. */
class LayoutTest {
  private static final Network NETWORK = SmallNetworks.normalised();
  private static final Map<String, Tensor> START = SmallTask.random(NETWORK, 1);

  private final Path folder;

  LayoutTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest
  @EnumSource
  void stateAndMemoryAreTheSameInEach(Recipe.BatchNorm batchNorm) throws IOException {
    Recipe recipe =
        Recipe.fineTuning()
            .withBatchSize(6)
            .withBatchNorm(batchNorm)
            .withOptimizer(new Optimizer(Optimizer.Kind.SGD, 1e-2, 1e-1, 0.8, 1e-3, 0.9, true, 0.5))
            .withRegularisation(new Regularisation(0.1, 0.9, 0.25));
    Steps.End first = train(recipe, Layout.CHANNELS_FIRST);
    Steps.End last = train(recipe, Layout.CHANNELS_LAST);

    assertThat(Steps.difference(first.first(), last.first(), START)).isLessThan(1e-5);
    Map<String, Tensor> none =
        numbered(
            first,
            tensor -> Tensor.of(new float[tensor.toFloats().length], tensor.toFloats().length));
    assertThat(Steps.difference(numbered(first, t -> t), numbered(last, t -> t), none))
        .isLessThan(1e-5);
  }

  private static Map<String, Tensor> numbered(Steps.End end, Function<Tensor, Tensor> change) {
    return IntStream.range(0, end.memory().size())
        .boxed()
        .collect(Collectors.toMap(String::valueOf, i -> change.apply(end.memory().get(i))));
  }

  private Steps.End train(Recipe recipe, Layout layout) throws IOException {
    TrainingTask task = SmallTask.of(folder, NETWORK, 1);
    Numerics numerics = new Numerics(Precision.FP32, layout);
    return new Steps(SmallTask.on(task, task.processor(), numerics), recipe, START).on(1, 1);
  }
}
