package io.transferlearning.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.transferlearning.StripedImages;
import io.transferlearning.pipeline.Inputs;
import io.transferlearning.pipeline.TrainRequest;
import io.transferlearning.problem.Problem;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
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
  private static final String MISSING = " is missing";
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

  @Test
  void whatIsUpToDateIsAttachedUnderItsClassifier() throws Exception {
    said.setProperty("transfer.classifier", "scenes");
    List<Object> attached = new ArrayList<>();
    TrainMojo goal = goal(recording(MavenProjectHelper.class, attached));
    Path zip = folder.resolve("target/scenes-1.0-scenes.zip");
    pretendToHaveTrained(goal.request(settings()), zip);

    goal.run(settings());

    assertThat(attached).endsWith("zip", "scenes", zip.toFile());
  }

  /** Writes a file for every result that would be missed. */
  private static void pretendToHaveTrained(TrainRequest request, Path zip) throws IOException {
    Files.createDirectories(zip.getParent());
    Files.writeString(zip, "a model");
    Files.createDirectories(request.output());
    Inputs inputs = Inputs.of(request);
    inputs.remember();
    for (Optional<String> change = inputs.change(); change.isPresent(); change = inputs.change()) {
      assertThat(change.get()).endsWith(MISSING);
      Path file = Path.of(change.get().replace(MISSING, ""));
      Files.createDirectories(file.getParent());
      Files.writeString(file, "a result");
    }
  }

  private void run() throws IOException, InterruptedException {
    goal(refusing(MavenProjectHelper.class)).run(settings());
  }

  private Settings settings() {
    return new Settings(said, new Properties());
  }

  private TrainMojo goal(MavenProjectHelper helper) {
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
    return new TrainMojo(
        session(project),
        execution,
        refusing(RepositorySystem.class),
        refusing(ToolchainManager.class),
        helper);
  }

  @SuppressWarnings("deprecation")
  private static MavenSession session(MavenProject project) {
    MavenExecutionRequest request = new DefaultMavenExecutionRequest();
    MavenSession session = new MavenSession(null, null, request, new DefaultMavenExecutionResult());
    session.setCurrentProject(project);
    return session;
  }

  private static <T> T refusing(Class<T> type) {
    return proxy(
        type,
        arguments -> {
          throw new IllegalStateException(NO_TRAINER);
        });
  }

  private static <T> T recording(Class<T> type, List<Object> into) {
    return proxy(type, arguments -> into.addAll(List.of(arguments)));
  }

  private static <T> T proxy(Class<T> type, Consumer<Object[]> call) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              call.accept(arguments);
              return null;
            }));
  }
}
