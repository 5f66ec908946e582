package io.transferlearning.maven;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.transferlearning.problem.Problem;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.plugin.descriptor.DuplicateMojoDescriptorException;
import org.apache.maven.plugin.descriptor.DuplicateParameterException;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.plugin.descriptor.Parameter;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.junit.jupiter.api.Test;

/** Elements of the plugin's configuration that Maven would ignore. */
class KnownElementsTest {

  @Test
  void aParameterOfAnyGoalMayStandBesideTheOthers() throws Exception {
    Plugin plugin = new Plugin();
    plugin.setConfiguration(configuration("model", "rules"));

    assertThatCode(() -> KnownElements.require(plugin, descriptor())).doesNotThrowAnyException();
    assertThatCode(() -> KnownElements.require(null, descriptor())).doesNotThrowAnyException();
  }

  @Test
  void aMisspeltElementIsNamedWithTheOneThatWasMeant() throws Exception {
    Plugin plugin = new Plugin();
    plugin.setConfiguration(configuration("model", "datset"));

    assertThatThrownBy(() -> KnownElements.require(plugin, descriptor()))
        .isInstanceOf(Problem.class)
        .hasMessage(
            "unknown element <datset> in the plugin's <configuration>, did you mean <dataset>?"
                + System.lineSeparator()
                + "  -> known elements: dataset, model, rules");
  }

  @Test
  void anExecutionsConfigurationIsLookedAtToo() throws Exception {
    Plugin plugin = new Plugin();
    PluginExecution execution = new PluginExecution();
    execution.setConfiguration(configuration("rule"));
    plugin.addExecution(execution);

    assertThatThrownBy(() -> KnownElements.require(plugin, descriptor()))
        .hasMessageContaining("did you mean <rules>?");
  }

  private static Xpp3Dom configuration(String... elements) {
    Xpp3Dom configuration = new Xpp3Dom("configuration");
    for (String element : elements) {
      configuration.addChild(new Xpp3Dom(element));
    }
    return configuration;
  }

  private static PluginDescriptor descriptor()
      throws DuplicateMojoDescriptorException, DuplicateParameterException {
    PluginDescriptor descriptor = new PluginDescriptor();
    descriptor.addMojo(goal("train", "model", "dataset"));
    descriptor.addMojo(goal("verify", "rules", "dataset"));
    return descriptor;
  }

  private static MojoDescriptor goal(String name, String... parameters)
      throws DuplicateParameterException {
    MojoDescriptor mojo = new MojoDescriptor();
    mojo.setGoal(name);
    for (String parameter : parameters) {
      Parameter one = new Parameter();
      one.setName(parameter);
      mojo.addParameter(one);
    }
    return mojo;
  }
}
