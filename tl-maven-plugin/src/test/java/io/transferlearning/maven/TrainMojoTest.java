package io.transferlearning.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.transferlearning.StripedImages;
import io.transferlearning.problem.Problem;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.maven.artifact.DefaultArtifact;
import org.apache.maven.artifact.handler.DefaultArtifactHandler;
import org.apache.maven.execution.DefaultMavenExecutionRequest;
import org.apache.maven.execution.DefaultMavenExecutionResult;
import org.apache.maven.execution.MavenExecutionRequest;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Plugin;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.project.MavenProject;
import org.apache.maven.project.MavenProjectHelper;
import org.apache.maven.toolchain.ToolchainManager;
import org.eclipse.aether.RepositorySystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the goal does before a trainer starts. */
class TrainMojoTest {
  private static final String NO_TRAINER = "the class path is not resolved here";

  private final Path folder;
  private final Properties said = new Properties();

  TrainMojoTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    StripedImages.write(folder.resolve("src/main/images"));
    said.setProperty("transfer.cacheDirectory", folder.resolve("cache").toString());
    said.setProperty("model", "squeezenet");
  }

  @Test
  void anEarlierResultStaysUpToDateWhereTheTrainerDoesNotStart() throws IOException {
    Path inputs = folder.resolve("target/transfer/inputs.json");
    Files.createDirectories(inputs.getParent());
    Files.writeString(inputs, "{\"model\": \"resnet18\"}");

    assertThatThrownBy(this::run).hasMessage(NO_TRAINER);

    assertThat(inputs).hasContent("{\"model\": \"resnet18\"}");
  }

  @Test
  void aRateThatIsGivenIsNotLookedFor() {
    said.setProperty("transfer.findLearningRate", "true");
    said.setProperty("transfer.learningRate", "1e-3");
    // The rate is that of the head: nothing is looked for.
    assertThatThrownBy(this::run).hasMessage(NO_TRAINER);

    said.setProperty("transfer.mode", "both");
    assertThatThrownBy(this::run)
        .isInstanceOf(Problem.class)
        .hasMessageStartingWith("transfer.learningRate is 0.001, and transfer.findLearningRate");
  }

  private void run() throws Exception {
    MavenProject project = new MavenProject();
    project.getBuild().setDirectory(folder.resolve("target").toString());
    project.getBuild().setFinalName("scenes-1.0");
    project.setFile(folder.resolve("pom.xml").toFile());
    MojoDescriptor descriptor = new MojoDescriptor();
    descriptor.setGoal("train");
    PluginDescriptor plugin = new PluginDescriptor();
    plugin.setPluginArtifact(
        new DefaultArtifact(
            "g", "a", "1.0", "runtime", "jar", null, new DefaultArtifactHandler("jar")));
    plugin.setVersion("1.0");
    descriptor.setPluginDescriptor(plugin);
    MojoExecution execution = new MojoExecution(new Plugin(), "train", "default");
    execution.setMojoDescriptor(descriptor);
    new TrainMojo(
            session(project),
            execution,
            refusing(RepositorySystem.class),
            refusing(ToolchainManager.class),
            refusing(MavenProjectHelper.class))
        .run(new Settings(said, new Properties()));
  }

  @SuppressWarnings("deprecation")
  private static MavenSession session(MavenProject project) {
    MavenExecutionRequest request = new DefaultMavenExecutionRequest();
    MavenSession session = new MavenSession(null, null, request, new DefaultMavenExecutionResult());
    session.setCurrentProject(project);
    return session;
  }

  private static <T> T refusing(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              throw new IllegalStateException(NO_TRAINER);
            }));
  }
}
