package io.transferlearning.maven;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.transferlearning.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.plugin.descriptor.Parameter;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.junit.jupiter.api.Test;

class KnownElementsTest {
  private final Plugin plugin = new Plugin();
  private final PluginDescriptor descriptor = new PluginDescriptor();

  KnownElementsTest() throws Exception {
    descriptor.addMojo(mojo("train", "model", "mode"));
    descriptor.addMojo(mojo("verify", "rules"));
  }

  @Test
  void elementsOfAnyGoalPass() {
    plugin.setConfiguration(configuration("model", "rules"));
    assertThatCode(this::require).doesNotThrowAnyException();
  }

  @Test
  void noPluginAndNoConfigurationPass() {
    assertThatCode(this::require).doesNotThrowAnyException();
    assertThatCode(() -> KnownElements.require(null, descriptor)).doesNotThrowAnyException();
  }

  @Test
  void aMisspeltElementIsNamedWithTheNearestOne() {
    plugin.setConfiguration(configuration("model", "rule"));
    requireRefused();
  }

  @Test
  void aMisspeltElementOfAnExecutionIsFoundToo() {
    PluginExecution execution = new PluginExecution();
    execution.setConfiguration(configuration("rule"));
    plugin.addExecution(execution);
    requireRefused();
  }

  private void requireRefused() {
    assertThatThrownBy(this::require)
        .isInstanceOf(Problem.class)
        .hasMessage(
            "unknown element <rule> in the plugin's <configuration>, did you mean <rules>?%n"
                + "  -> known elements: mode, model, rules",
            new Object[0]);
  }

  private void require() {
    KnownElements.require(plugin, descriptor);
  }

  private static Xpp3Dom configuration(String... elements) {
    Xpp3Dom configuration = new Xpp3Dom("configuration");
    for (String element : elements) {
      configuration.addChild(new Xpp3Dom(element));
    }
    return configuration;
  }

  private static MojoDescriptor mojo(String goal, String... names) throws Exception {
    List<Parameter> parameters = new ArrayList<>();
    for (String name : names) {
      Parameter parameter = new Parameter();
      parameter.setName(name);
      parameters.add(parameter);
    }
    MojoDescriptor mojo = new MojoDescriptor();
    mojo.setGoal(goal);
    mojo.setParameters(parameters);
    return mojo;
  }
}
