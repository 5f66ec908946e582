package io.transferlearning.fork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.transferlearning.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The trainer's JVM, really started, and everything that can happen to it. */
@Timeout(120)
class TrainerProcessTest {
  private final Path folder;
  private final Trainings trainings;

  TrainerProcessTest(@TempDir Path folder) {
    this.folder = folder;
    this.trainings = new Trainings(folder);
  }

  @BeforeEach
  void writeImages() throws IOException {
    SmallDataset.write(trainings.images());
  }

  @Test
  void trainsTellsAndCleansUp() throws Exception {
    Heard heard = new Heard();
    TrainerProcess.train(trainings.launch(), trainings.brief(), heard);

    assertThat(heard.lines)
        .contains(
            "data    48 train, 12 validation, 12 test images of 3 classes (train min 16, max 16)")
        .anyMatch(line -> line.startsWith("epoch 2/2  loss "))
        .anyMatch(line -> line.startsWith("squeezenet1_1-feature-extraction: best epoch "));
    assertThat(trainings.archive()).isNotEmptyFile();
    assertThat(trainings.trainerFolder()).doesNotExist();
    assertThat(trainings.output().resolve(".unfinished")).doesNotExist();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void killedInTheMiddleOfAnEpochItLeavesTheEarlierModelAndSaysWhatHappened() throws Exception {
    TrainerProcess.train(trainings.launch(), trainings.brief(), new Heard());
    Map<String, Long> before = fingerprints(trainings.output());
    byte[] archive = Files.readAllBytes(trainings.archive());

    Problem problem =
        problem(
            () ->
                TrainerProcess.train(
                    trainings.launch(),
                    trainings.endless(),
                    new Heard(
                        line -> {
                          if (line.startsWith("epoch")) {
                            trainer().destroyForcibly();
                          }
                        })));

    assertThat(problem.what())
        .startsWith(
            "the trainer's JVM was killed (exit status 137, signal 9) while it was at: finetune, epoch ");
    assertThat(problem.next())
        .startsWith(
            "on Linux this is mostly the system or the container running out of memory: set -Dtransfer.batchSize to half")
        .contains("no half-written model was left")
        .contains("its log is " + trainings.trainerFolder().resolve("trainer.log"))
        .contains(
            "java @" + trainings.trainerFolder().resolve("trainer.args") + " starts it again");
    assertThat(Files.readAllBytes(trainings.archive())).isEqualTo(archive);
    Map<String, Long> after = fingerprints(trainings.output());
    after.keySet().removeIf(name -> name.startsWith(".trainer"));
    assertThat(after).isEqualTo(before);
  }

  @Test
  void dataThatCannotBeReadIsTheUsersProblemAndNotACrash() throws Exception {
    Path broken = trainings.images().resolve("train/fire/fire0.png");
    Files.write(broken, new byte[] {1, 2, 3});

    Problem problem =
        problem(() -> TrainerProcess.train(trainings.launch(), trainings.brief(), new Heard()));

    assertThat(problem.getMessage()).contains("fire0.png");
    assertThat(problem.getMessage()).doesNotContain("\tat ");
    assertThat(trainings.archive()).doesNotExist();
  }

  @Test
  void aHeapThatIsTooSmallSaysWhichNumberToSet() {
    Problem problem =
        problem(
            () ->
                TrainerProcess.train(
                    trainings.launch("-Xmx10m", "-XX:+UseSerialGC"),
                    trainings.brief(),
                    new Heard()));

    assertThat(problem.what()).isEqualTo("the trainer's Java heap of 9 MiB is full");
    assertThat(problem.next()).isEqualTo("set -Dtransfer.jvmArguments=-Xmx4g, or more");
  }

  @Test
  void aMissingNativeLibraryIsNamed() {
    List<Path> withoutNatives =
        Trainings.classPath().stream()
            .filter(file -> !file.toString().contains("pytorch-native"))
            .toList();
    Launch launch =
        trainings.launch(
            Trainings.JAVA, withoutNatives, folder.resolve("empty-cache"), Duration.ZERO);

    Problem problem = problem(() -> TrainerProcess.train(launch, trainings.brief(), new Heard()));

    assertThat(problem.what()).startsWith("a native library of PyTorch cannot be loaded: ");
    assertThat(problem.next()).startsWith("libtorch 2.7 needs glibc 2.28 or later on Linux");
  }

  @Test
  void aJavaThatIsNotThereIsNamed() {
    Path java = folder.resolve("no-java");
    Launch launch =
        trainings.launch(java, Trainings.classPath(), Trainings.sharedCache(), Duration.ZERO);

    Problem problem = problem(() -> TrainerProcess.train(launch, trainings.brief(), new Heard()));

    assertThat(problem.what())
        .startsWith("the trainer's JVM cannot be started: ")
        .contains(java.toString());
    assertThat(problem.next())
        .isEqualTo("check that " + java + " is a JDK's java of version 17 or later");
  }

  @Test
  void anArgumentThatJavaRefusesIsToldInJavasWords() {
    Launch launch = trainings.launch("-XX:+NoSuchFlag");

    Problem problem = problem(() -> TrainerProcess.train(launch, trainings.brief(), new Heard()));

    assertThat(problem.what())
        .startsWith(
            "the trainer's JVM ended unexpectedly (exit status 1) while it was at: starting")
        .contains("Unrecognized VM option 'NoSuchFlag'");
  }

  @Test
  void afterItsTimeItIsEnded() {
    Launch launch =
        trainings.launch(
            Trainings.JAVA, Trainings.classPath(), Trainings.sharedCache(), Duration.ofSeconds(1));

    Problem problem = problem(() -> TrainerProcess.train(launch, trainings.endless(), new Heard()));

    assertThat(problem.what()).startsWith("the trainer was ended after ");
    assertThat(problem.next()).startsWith("set -Dtransfer.timeoutMinutes higher");
    assertThat(trainers()).isEmpty();
  }

  @Test
  void anExceptionThatNobodyForesawKeepsItsStackTrace() {
    Problem problem =
        problem(
            () -> TrainerProcess.train(trainings.launch(), trainings.impossible(), new Heard()));

    assertThat(problem.what())
        .startsWith("the trainer failed while it was at: writing the report")
        .contains("java.util.NoSuchElementException");
    assertThat(problem.next()).startsWith("this is a fault of the plugin: please report it");
    assertThat(problem.getCause()).hasMessageContaining("\tat io.transferlearning.pipeline");
  }

  @Test
  void itEndsWithItsParent() throws Exception {
    Process parent =
        new ProcessBuilder(
                Trainings.JAVA.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ParentThatTrains.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("parent.log").toFile())
            .start();
    ProcessHandle trainer = waitForTrainer(parent.toHandle());

    parent.destroyForcibly().waitFor();

    trainer.onExit().get(10, TimeUnit.SECONDS);
    assertThat(trainer.isAlive()).isFalse();
    assertThat(trainings.archive()).doesNotExist();
  }

  private static Problem problem(ThrowingCallable call) {
    Problem problem = catchThrowableOfType(Problem.class, call);
    assertThat(problem).isNotNull();
    return problem;
  }

  private static ProcessHandle waitForTrainer(ProcessHandle parent) throws InterruptedException {
    while (parent.descendants().findAny().isEmpty()) {
      Thread.sleep(50);
    }
    return parent.descendants().findAny().orElseThrow();
  }

  private static ProcessHandle trainer() {
    return trainers().get(0);
  }

  private static List<ProcessHandle> trainers() {
    return ProcessHandle.current()
        .descendants()
        .filter(
            process ->
                process.info().arguments().stream()
                    .flatMap(Stream::of)
                    .anyMatch(argument -> argument.endsWith("trainer.args")))
        .toList();
  }

  /** Content of every file below a folder. */
  private static Map<String, Long> fingerprints(Path root) throws IOException {
    Map<String, Long> all = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        java.util.zip.CRC32 crc = new java.util.zip.CRC32();
        crc.update(Files.readAllBytes(file));
        all.put(root.relativize(file).toString(), crc.getValue());
      }
    }
    return all;
  }
}
