package io.transferlearning.maven;

import io.transferlearning.problem.ConfigurationProblems;
import java.util.Set;
import java.util.TreeSet;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a misspelt element of the plugin's configuration, which Maven would ignore in silence.
 */
final class KnownElements {
  private KnownElements() {}

  /**
   * @throws io.transferlearning.problem.Problem for an element that is a parameter of none of the
   *     plugin's goals
   */
  static void require(@Nullable Plugin plugin, PluginDescriptor descriptor) {
    if (plugin == null) {
      return;
    }
    Set<String> known = new TreeSet<>();
    for (MojoDescriptor mojo : descriptor.getMojos()) {
      known.addAll(mojo.getParameterMap().keySet());
    }
    require(plugin.getConfiguration(), known);
    for (PluginExecution execution : plugin.getExecutions()) {
      require(execution.getConfiguration(), known);
    }
  }

  private static void require(@Nullable Object configuration, Set<String> known) {
    if (!(configuration instanceof Xpp3Dom elements)) {
      return;
    }
    for (Xpp3Dom element : elements.getChildren()) {
      if (!known.contains(element.getName())) {
        throw ConfigurationProblems.unknownElement(element.getName(), known);
      }
    }
  }
}
