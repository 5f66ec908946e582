package io.transferlearning.maven;

import io.transferlearning.data.DatasetSpec;
import io.transferlearning.data.folder.ImageArchive;
import io.transferlearning.fork.Launch;
import io.transferlearning.fork.OwnLibtorch;
import io.transferlearning.pipeline.TrainRequest.Processing;
import io.transferlearning.problem.ConfigurationProblems;
import io.transferlearning.problem.Problem;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.apache.maven.toolchain.Toolchain;
import org.apache.maven.toolchain.ToolchainManager;
import org.eclipse.aether.RepositorySystem;
import org.jspecify.annotations.Nullable;

/** What the goals share: the project, the images, the processor and the trainer's JVM. */
abstract class AbstractTransferMojo extends AbstractMojo {
  private static final int DEFAULT_SEED = 42;
  private static final String DEFAULT_CLASSIFIER = "model";

  /** What every repository and file system takes. */
  private static final Pattern CLASSIFIER = Pattern.compile("[A-Za-z0-9._-]+");

  private static final Pattern BLANKS = Pattern.compile("\\s+");

  final MavenSession session;
  final MojoExecution execution;
  final RepositorySystem repositories;
  private final ToolchainManager toolchains;

  /**
   * The images. {@code <dataset>FOLDER</dataset>}, or {@code -Dtransfer.dataset=FOLDER}, names a
   * folder with {@code train} and {@code test} (also {@code seg_train}, {@code seg_test}, {@code
   * val} and other usual names) that hold a folder for each class, or with the class folders alone,
   * which are then split; or a {@code .zip} of either, which is unpacked once. As nested elements:
   * {@code directory}, or {@code train}, {@code validation} and {@code test} folders apart, in the
   * place of which the property on the command line stands too; {@code validationFraction} (0.15,
   * {@code -Dtransfer.validationFraction}) of the training images where there is no validation
   * folder; {@code testFraction} (0.2, {@code -Dtransfer.testFraction}) of class folders alone;
   * {@code maxImagesPerClass} ({@code -Dtransfer.maxImagesPerClass}) for quick trials. Default:
   * {@code src/main/images}.
   */
  @Parameter @Nullable DatasetParameters dataset;

  /**
   * What computes. {@code <engine>DEVICE</engine>}, or {@code -Dtransfer.device=DEVICE}: {@code
   * auto} (the first GPU where there is one), {@code cpu}, {@code gpu} (the first), {@code gpu:N},
   * or several GPUs, {@code gpu:0,1} or {@code gpu:all}, which share each batch of fine-tuning. As
   * nested elements: {@code device}; {@code threads} (all processors, {@code -Dtransfer.threads});
   * {@code jvmArguments} of the trainer's JVM ({@code -Dtransfer.jvmArguments}); {@code
   * timeoutMinutes} after which it is ended, its wait for other trainings not counted ({@code
   * -Dtransfer.timeoutMinutes}; 0 for never); {@code libtorch} ({@code -Dtransfer.libtorch}), a
   * folder with a libtorch for GPUs in the place of the CPU's that Maven resolves.
   */
  @Parameter @Nullable EngineParameters engine;

  /**
   * Which model of the project it is, for more than one: an execution of each goal for each model,
   * with a classifier of its own. The model's zip ends with it and is attached under it. Letters,
   * digits and {@code . _ -}. Default: {@code model}.
   */
  @Parameter(property = "transfer.classifier")
  @Nullable String classifier;

  /**
   * The folder of all results. Default: {@code transfer} in the project's build directory, or
   * {@code transfer-CLASSIFIER} with a {@code classifier} other than {@code model}.
   */
  @Parameter(property = "transfer.outputDirectory")
  @Nullable String outputDirectory;

  /**
   * The folder of what builds share and no {@code clean} removes: unpacked natives, downloaded
   * weights, images and features of images. Default: {@code .cache/transfer} in Maven's local
   * repository.
   */
  @Parameter(property = "transfer.cacheDirectory")
  @Nullable String cacheDirectory;

  /** Seed of everything random, a whole number from 0. Default: 42. */
  @Parameter(property = "transfer.seed")
  @Nullable String seed;

  /** Does nothing. */
  @Parameter(property = "transfer.skip", defaultValue = "false")
  boolean skip;

  private @Nullable MavenConsole console;

  AbstractTransferMojo(
      MavenSession session,
      MojoExecution execution,
      RepositorySystem repositories,
      ToolchainManager toolchains) {
    this.session = session;
    this.execution = execution;
    this.repositories = repositories;
    this.toolchains = toolchains;
  }

  /** Does the work; throws {@link Problem} for what the user can mend. */
  abstract void run(Settings settings)
      throws IOException, InterruptedException, MojoFailureException;

  /** The one place that turns problems into Maven's exceptions: the tool could not work. */
  @Override
  public final void execute() throws MojoExecutionException, MojoFailureException {
    try {
      KnownElements.require(
          execution.getPlugin(), execution.getMojoDescriptor().getPluginDescriptor());
      Settings settings = new Settings(session.getUserProperties(), projectProperties());
      if (settings.flag("transfer.skip", skip)) {
        getLog().info("transfer:" + execution.getGoal() + " skipped (transfer.skip)");
        return;
      }
      runAndClear(settings);
    } catch (Problem problem) {
      throw new MojoExecutionException(problem.getMessage(), problem.getCause());
    } catch (IOException | UncheckedIOException e) {
      throw new MojoExecutionException("transfer:" + execution.getGoal() + " failed: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MojoExecutionException("transfer:" + execution.getGoal() + " was interrupted", e);
    }
  }

  /** Whatever the end, Maven's own lines must not be written on a line that is in use. */
  private void runAndClear(Settings settings)
      throws IOException, InterruptedException, MojoFailureException {
    try {
      run(settings);
    } finally {
      console().clear();
    }
  }

  /** The standalone project of a folder without a POM has the super POM's properties: none. */
  private Properties projectProperties() {
    return project().getProperties();
  }

  final MavenProject project() {
    return session.getCurrentProject();
  }

  /** The console of this execution. */
  final MavenConsole console() {
    if (console == null) {
      console = new MavenConsole(getLog(), TerminalLine.of(session), System::nanoTime);
    }
    return console;
  }

  /** The project's folder; where there is no POM, the folder Maven was started in. */
  final Path base() {
    File folder = project().getBasedir();
    return (folder == null ? new File("") : folder).toPath().toAbsolutePath();
  }

  /** Whether Maven runs in a folder without a POM. */
  final boolean standalone() {
    return project().getFile() == null;
  }

  private Path buildDirectory() {
    return standalone() ? base().resolve("target") : Path.of(project().getBuild().getDirectory());
  }

  final Path output(Settings settings) {
    String folder = settings.text("transfer.outputDirectory", outputDirectory);
    if (folder != null) {
      return base().resolve(folder);
    }
    String name = classifier(settings);
    return buildDirectory()
        .resolve(name.equals(DEFAULT_CLASSIFIER) ? "transfer" : "transfer-" + name);
  }

  /** Of the model's artifact. */
  final String classifier(Settings settings) {
    String name = settings.text("transfer.classifier", classifier, DEFAULT_CLASSIFIER);
    if (!CLASSIFIER.matcher(name).matches()) {
      throw ConfigurationProblems.noName("transfer.classifier", name);
    }
    return name;
  }

  /** The root of what builds share. */
  final Path cache(Settings settings) {
    String folder = settings.text("transfer.cacheDirectory", cacheDirectory);
    if (folder != null) {
      return base().resolve(folder);
    }
    Path localRepository =
        session.getRepositorySession().getLocalRepository().getBasedir().toPath();
    return localRepository.resolve(".cache").resolve("transfer");
  }

  /** The zip of the model, beside the project's jar. */
  final Path archive(Settings settings) {
    String name =
        standalone() ? String.valueOf(base().getFileName()) : project().getBuild().getFinalName();
    return buildDirectory().resolve(name + "-" + classifier(settings) + ".zip");
  }

  final int seed(Settings settings) {
    return settings.integer("transfer.seed", seed, 0, DEFAULT_SEED);
  }

  final DatasetSpec dataset(Settings settings) {
    DatasetParameters d = dataset == null ? new DatasetParameters() : dataset;
    String folder = settings.text("transfer.dataset", d.directory, "src/main/images");
    DatasetSpec spec =
        DatasetSpec.of(folder(base().resolve(folder), settings), seed(settings))
            .withFractions(
                settings.fraction(
                    "transfer.validationFraction",
                    d.validationFraction,
                    DatasetSpec.DEFAULT_VALIDATION_FRACTION),
                settings.fraction(
                    "transfer.testFraction", d.testFraction, DatasetSpec.DEFAULT_TEST_FRACTION))
            .withMaxImagesPerClass(
                settings.integer("transfer.maxImagesPerClass", d.maxImagesPerClass, 0, 0));
    // Other images are meant whole: the POM's folders would take their place, or test on others.
    return settings.onCommandLine("transfer.dataset")
        ? spec
        : spec.withFolders(
            path(d.train, settings), path(d.validation, settings), path(d.test, settings));
  }

  private @Nullable Path path(@Nullable String folder, Settings settings) {
    return folder == null ? null : folder(base().resolve(folder), settings);
  }

  /** A zip is unpacked once for all builds; from here on there are folders only. */
  private Path folder(Path path, Settings settings) {
    return ImageArchive.isZip(path)
        ? ImageArchive.unpacked(path, cache(settings).resolve("images"))
        : path;
  }

  private EngineParameters engine() {
    return engine == null ? new EngineParameters() : engine;
  }

  final Processing processing(Settings settings) {
    int all = Runtime.getRuntime().availableProcessors();
    return new Processing(
        settings.text("transfer.device", engine().device, "auto"),
        settings.integer("transfer.threads", engine().threads, 1, all));
  }

  final Launch launch(Settings settings) {
    String jvmArguments = settings.text("transfer.jvmArguments", engine().jvmArguments);
    int minutes = settings.integer("transfer.timeoutMinutes", engine().timeoutMinutes, 0, 0);
    String libtorch = settings.text("transfer.libtorch", engine().libtorch);
    TrainerClassPath classPath = TrainerClassPath.resolve(repositories, session, execution);
    return new Launch(
        java(),
        libtorch == null ? classPath.withNatives() : classPath.files(),
        libtorch == null
            ? null
            : OwnLibtorch.in(base().resolve(libtorch), classPath.versionOfLibtorch()),
        jvmArguments == null ? List.of() : BLANKS.splitAsStream(jvmArguments).toList(),
        cache(settings),
        output(settings).resolve(".trainer"),
        processing(settings).threads(),
        Duration.ofMinutes(minutes));
  }

  /**
   * The build's JDK toolchain where there is one, as Surefire takes it; else the JVM of this Maven.
   */
  private Path java() {
    // Without a project there is no build to have chosen one, and Maven 4 does not take the
    // question.
    Toolchain toolchain =
        standalone() ? null : toolchains.getToolchainFromBuildContext("jdk", session);
    String tool = toolchain == null ? null : toolchain.findTool("java");
    return tool == null ? Path.of(System.getProperty("java.home"), "bin", "java") : Path.of(tool);
  }
}
