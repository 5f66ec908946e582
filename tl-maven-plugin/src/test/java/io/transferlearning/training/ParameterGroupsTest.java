package io.transferlearning.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.transferlearning.network.Network;
import io.transferlearning.network.Networks;
import org.junit.jupiter.api.Test;

/** Which parameters may be computed with together: gradients are asked of all of them, or none. */
class ParameterGroupsTest {
  private final Network network = Networks.of("resnet18", 3);

  @Test
  void whereEverythingTrainsAllAreOneStage() {
    ParameterGroups groups = groups(Freezing.STATISTICS);
    assertThat(groups.names()).allSatisfy(name -> assertThat(groups.stage(name)).isZero());
  }

  @Test
  void whatIsFrozenIsAStageOfItsOwn() {
    ParameterGroups groups = groups(new Freezing("layer2.0", false, Recipe.BatchNorm.FROZEN));
    assertThat(groups.stage("conv1.weight")).isEqualTo(-1);
    assertThat(groups.stage("layer2.0.bn1.weight")).isEqualTo(-1);
    assertThat(groups.stage("layer2.1.bn1.weight")).isZero();
    assertThat(groups.stage("fc.weight")).isZero();
  }

  /** What trains from the epoch on that {@link ParameterGroups#firstOf} says. */
  @Test
  void ofGradualUnfreezingStagesAreWhatStartsTogether() {
    ParameterGroups groups = groups(new Freezing("conv1", true, Recipe.BatchNorm.FROZEN));
    for (int epoch = 1; epoch <= 5; epoch++) {
      int first = groups.firstOf(epoch);
      int stage = groups.stage(groups.names().get(first));
      for (String name : groups.names()) {
        boolean trains = groups.names().indexOf(name) >= first;
        assertThat(groups.stage(name) >= stage).as("%s in epoch %d", name, epoch).isEqualTo(trains);
      }
    }
    assertThat(groups.stage("layer4.0.conv1.weight")).isEqualTo(groups.stage("layer4.1.bn2.bias"));
    assertThat(groups.stage("layer3.0.conv1.weight")).isLessThan(groups.stage("layer4.0.bn1.bias"));
    assertThat(groups.stage("conv1.weight")).isEqualTo(-1);
  }

  private ParameterGroups groups(Freezing freezing) {
    return ParameterGroups.everything(network, Recipe.fineTuning().withFreezing(freezing));
  }
}
