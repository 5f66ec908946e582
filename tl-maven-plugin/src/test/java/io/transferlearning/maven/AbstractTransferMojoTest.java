package io.transferlearning.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.transferlearning.data.DatasetSpec;
import io.transferlearning.problem.Problem;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.maven.execution.DefaultMavenExecutionRequest;
import org.apache.maven.execution.DefaultMavenExecutionResult;
import org.apache.maven.execution.MavenExecutionRequest;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Plugin;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.project.MavenProject;
import org.apache.maven.toolchain.ToolchainManager;
import org.eclipse.aether.RepositorySystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AbstractTransferMojoTest {
  private static final Settings NOTHING_SAID = new Settings(new Properties(), new Properties());

  private final Path folder;
  private final MavenExecutionRequest request = new DefaultMavenExecutionRequest();
  private final MavenProject project = new MavenProject();

  AbstractTransferMojoTest(@TempDir Path folder) {
    this.folder = folder;
    project.getBuild().setDirectory(folder.resolve("target").toString());
    project.getBuild().setFinalName("scenes-1.0");
    project.setFile(folder.resolve("pom.xml").toFile());
  }

  @Test
  void pathsStartFromTheProjectsFolder() {
    Goal goal = goal(() -> {});
    assertThat(goal.base()).isEqualTo(folder);
    assertThat(goal.output(NOTHING_SAID)).isEqualTo(folder.resolve("target/transfer"));
    assertThat(goal.archive(NOTHING_SAID)).isEqualTo(folder.resolve("target/scenes-1.0-model.zip"));
    goal.outputDirectory = "results";
    assertThat(goal.output(NOTHING_SAID)).isEqualTo(folder.resolve("results"));
  }

  @Test
  void eachModelOfAProjectHasAZipAndAFolderOfItsOwn() {
    Goal goal = goal(() -> {});
    goal.classifier = "scenes_v1.1-small";
    assertThat(goal.archive(NOTHING_SAID))
        .isEqualTo(folder.resolve("target/scenes-1.0-scenes_v1.1-small.zip"));
    assertThat(goal.output(NOTHING_SAID))
        .isEqualTo(folder.resolve("target/transfer-scenes_v1.1-small"));
    goal.outputDirectory = "results";
    assertThat(goal.output(NOTHING_SAID)).isEqualTo(folder.resolve("results"));

    Properties said = new Properties();
    said.setProperty("transfer.classifier", "model");
    assertThat(goal.archive(new Settings(said, new Properties())))
        .isEqualTo(folder.resolve("target/scenes-1.0-model.zip"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"../other", "a b", "größe", "a/b", "a:b"})
  void aClassifierThatIsNoPartOfANameIsRefused(String text) {
    Goal goal = goal(() -> {});
    goal.classifier = text;
    assertThatThrownBy(() -> goal.archive(NOTHING_SAID))
        .isInstanceOf(Problem.class)
        .hasMessageStartingWith("transfer.classifier cannot be '" + text + "'");
  }

  @Test
  void withoutAPomPathsStartFromTheCurrentFolder() {
    project.setFile(null);
    Path here = new File("").toPath().toAbsolutePath();
    Goal goal = goal(() -> {});
    assertThat(goal.base()).isEqualTo(here);
    assertThat(goal.output(NOTHING_SAID)).isEqualTo(here.resolve("target/transfer"));
    assertThat(goal.archive(NOTHING_SAID))
        .isEqualTo(here.resolve("target").resolve(here.getFileName() + "-model.zip"));
  }

  @Test
  void theDatasetIsInTheUsualFolderUnlessSaid() {
    Goal goal = goal(() -> {});
    assertThat(goal.dataset(NOTHING_SAID))
        .isEqualTo(DatasetSpec.of(folder.resolve("src/main/images"), 42));
    goal.dataset = new DatasetParameters();
    goal.dataset.set("photos");
    goal.dataset.test = "unseen";
    goal.dataset.testFraction = "0.3";
    goal.seed = "007";
    assertThat(goal.dataset(NOTHING_SAID))
        .isEqualTo(
            DatasetSpec.of(folder.resolve("photos"), 7)
                .withFractions(DatasetSpec.DEFAULT_VALIDATION_FRACTION, 0.3)
                .withFolders(null, null, folder.resolve("unseen")));
  }

  @Test
  void aDatasetOnTheCommandLineTakesThePlaceOfAllFoldersOfThePom() {
    Properties said = new Properties();
    said.setProperty("transfer.dataset", "others");
    Goal goal = goal(() -> {});
    goal.dataset = new DatasetParameters();
    goal.dataset.train = "a";
    goal.dataset.validation = "b";
    goal.dataset.test = "c";
    goal.dataset.validationFraction = "0.3";

    assertThat(goal.dataset(new Settings(said, new Properties())))
        .isEqualTo(
            DatasetSpec.of(folder.resolve("others"), 42)
                .withFractions(0.3, DatasetSpec.DEFAULT_TEST_FRACTION));
    assertThat(goal.dataset(new Settings(new Properties(), said)).train())
        .isEqualTo(folder.resolve("a"));
  }

  @Test
  void fractionsMayStandOnTheCommandLine() {
    Properties said = new Properties();
    said.setProperty("transfer.testFraction", "0.4");
    said.setProperty("transfer.validationFraction", "0.1");

    assertThat(goal(() -> {}).dataset(new Settings(said, new Properties())))
        .isEqualTo(DatasetSpec.of(folder.resolve("src/main/images"), 42).withFractions(0.1, 0.4));
  }

  @Test
  void aZipMayStandForAnyOfTheFolders() throws IOException {
    for (String name : new String[] {"train.zip", "test.zip"}) {
      try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(folder.resolve(name)))) {
        zip.putNextEntry(new ZipEntry("sea/" + name + ".jpg"));
      }
    }
    Properties said = new Properties();
    said.setProperty("transfer.cacheDirectory", "cache");
    Goal goal = goal(() -> {});
    goal.dataset = new DatasetParameters();
    goal.dataset.train = "train.zip";
    goal.dataset.validation = "photos";
    goal.dataset.test = "test.zip";
    DatasetSpec spec = goal.dataset(new Settings(said, new Properties()));
    Path unpacked = folder.resolve("cache/images");
    assertThat(spec.train())
        .hasParent(unpacked)
        .isDirectoryRecursivelyContaining("glob:**/sea/train.zip.jpg");
    assertThat(spec.validation()).isEqualTo(folder.resolve("photos"));
    assertThat(spec.test()).hasParent(unpacked).isNotEqualTo(spec.train());
  }

  @Test
  void everyProcessorComputesUnlessSaid() {
    Goal goal = goal(() -> {});
    int all = Runtime.getRuntime().availableProcessors();
    assertThat(goal.processing(NOTHING_SAID).threads()).isEqualTo(all);
    assertThat(goal.processing(NOTHING_SAID).device()).isEqualTo("auto");
    goal.engine = new EngineParameters();
    goal.engine.set("cpu");
    goal.engine.threads = "1";
    assertThat(goal.processing(NOTHING_SAID).threads()).isEqualTo(1);
    assertThat(goal.processing(NOTHING_SAID).device()).isEqualTo("cpu");
  }

  @Test
  void aProblemBecomesMavensExceptionWithItsWholeText() {
    Goal goal =
        goal(
            () -> {
              throw new Problem("what", "next");
            });
    assertThatThrownBy(goal::execute)
        .isInstanceOf(MojoExecutionException.class)
        .hasMessage("what%n  -> next", new Object[0])
        .hasNoCause();
  }

  @Test
  void troubleWithFilesIsNamedWithTheGoal() {
    Goal goal =
        goal(
            () -> {
              throw new UncheckedIOException(new IOException("disk"));
            });
    assertThatThrownBy(goal::execute)
        .isInstanceOf(MojoExecutionException.class)
        .hasMessageStartingWith("transfer:train failed: ")
        .hasMessageEndingWith("java.io.IOException: disk");
  }

  @Test
  void anInterruptStaysVisible() {
    Goal goal =
        goal(
            () -> {
              throw new InterruptedException();
            });
    assertThatThrownBy(goal::execute).hasMessage("transfer:train was interrupted");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void aSkippedGoalDoesNothing() throws Exception {
    request.getUserProperties().setProperty("transfer.skip", "true");
    goal(() -> {
          throw new AssertionError("it ran");
        })
        .execute();
  }

  /** What a goal does. */
  private interface Work {
    void run() throws IOException, InterruptedException;
  }

  private static final class Goal extends AbstractTransferMojo {
    private final Work work;

    Goal(MavenSession session, MojoExecution execution, Work work) {
      super(
          session, execution, untouched(RepositorySystem.class), untouched(ToolchainManager.class));
      this.work = work;
    }

    @Override
    void run(Settings settings) throws IOException, InterruptedException {
      work.run();
    }
  }

  private Goal goal(Work work) {
    MojoDescriptor descriptor = new MojoDescriptor();
    descriptor.setGoal("train");
    descriptor.setPluginDescriptor(new PluginDescriptor());
    MojoExecution execution = new MojoExecution(new Plugin(), "train", "default");
    execution.setMojoDescriptor(descriptor);
    return new Goal(session(), execution, work);
  }

  @SuppressWarnings("deprecation")
  private MavenSession session() {
    MavenSession session = new MavenSession(null, null, request, new DefaultMavenExecutionResult());
    session.setCurrentProject(project);
    return session;
  }

  private static <T> T untouched(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              throw new AssertionError(method + " is not to be called");
            }));
  }
}
