package io.transferlearning.fork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.transferlearning.pipeline.TrainRequest;
import io.transferlearning.problem.Problem;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class TrainerProcessTest {
  private static final String IN_MID_TRAINING = "finetune, epoch 2 of ";
  private static final long SECONDS = 30;

  private final Path folder;
  private final Trainings trainings;

  TrainerProcessTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    this.trainings = new Trainings(folder);
    SmallDataset.write(trainings.images());
  }

  @Test
  void trainsTellsAndLeavesNothingButResults() throws Exception {
    // What a crash long ago left there must not fail the build.
    Files.createDirectories(trainings.trainerFolder());
    Files.writeString(trainings.trainerFolder().resolve("hs_err.log"), "old");
    Heard heard = new Heard();

    TrainerProcess.train(trainings.launch(), trainings.brief(), heard);

    assertThat(heard.phases)
        .startsWith(
            "reading the dataset",
            "auditing the images",
            "starting libtorch",
            "reading the weights")
        .contains("feature-extraction, head")
        .endsWith("writing the report");
    assertThat(heard.lines)
        .startsWith(
            "info data    48 train, 12 validation, 12 test images of 3 classes (train min 16, max"
                + " 16)")
        .endsWith("info model   squeezenet1_1-feature-extraction -> " + trainings.archive());
    assertThat(trainings.archive()).exists();
    assertThat(trainings.trainerFolder()).doesNotExist();
    assertThat(trainings.output().resolve(".unfinished")).doesNotExist();
  }

  @Test
  void aTrainerInACountryWithDigitsOfItsOwnWritesOurs() throws Exception {
    Heard heard = new Heard();
    Launch launch =
        trainings.launch(
            "-Duser.language=fa", "-Duser.country=IR", "-Duser.extensions=u-nu-arabext");

    TrainerProcess.train(launch, trainings.brief(), heard);

    assertThat(heard.lines)
        .allMatch(line -> StandardCharsets.US_ASCII.newEncoder().canEncode(line));
    assertThat(trainings.archive()).exists();
  }

  @Test
  void whoWouldFillTheProcessorWaitsForItsTurn() throws Exception {
    int threads = Runtime.getRuntime().availableProcessors();
    assumeTrue(threads > 1, "one processor");
    TrainRequest request = trainings.withThreads(threads);
    CountDownLatch waiting = new CountDownLatch(1);
    Heard heard = new Heard("waiting for another training on this machine", waiting::countDown);
    Path turn = Files.createDirectories(request.cache()).resolve(".turn");
    FutureTask<Void> training =
        new FutureTask<>(
            () -> {
              TrainerProcess.train(trainings.launch(), request, heard);
              return null;
            });
    try (FileChannel another =
        FileChannel.open(turn, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      another.lock();
      new Thread(training, "training").start();
      assertThat(waiting.await(SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThat(training).isNotDone();
    }
    training.get(SECONDS, TimeUnit.SECONDS);

    assertThat(trainings.archive()).exists();
    assertThat(heard.lines).anyMatch(line -> line.startsWith("info waiting for another training"));
  }

  @Test
  void aTrainingWithTheProcessorToItselfSaysNothingOfTurns() throws Exception {
    int threads = Runtime.getRuntime().availableProcessors();
    Heard heard = new Heard();

    TrainerProcess.train(trainings.launch(), trainings.withThreads(threads), heard);

    assertThat(heard.lines).noneMatch(line -> line.contains("waiting"));
  }

  @Test
  void aLibtorchOfTheUsersTakesThePlaceOfMavens() throws Exception {
    TrainerProcess.train(trainings.launch(), trainings.brief(), new Heard());
    byte[] expected = Files.readAllBytes(trainings.archive());
    Files.delete(trainings.archive());
    // What DJL has unpacked of Maven's is as good as any.
    Path libtorch;
    try (Stream<Path> folders = Files.list(Trainings.sharedCache().resolve("pytorch"))) {
      libtorch =
          folders.filter(each -> each.toString().contains("-cpu-")).findFirst().orElseThrow();
    }

    Launch launch = trainings.with(OwnLibtorch.in(libtorch, "2.7.1"));
    assertThat(launch.classPath()).noneMatch(file -> file.toString().contains("pytorch-native"));
    TrainerProcess.train(launch, trainings.brief(), new Heard());

    assertThat(trainings.archive()).hasBinaryContent(expected);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aTrainerKilledInAnEpochLeavesTheEarlierResultsAsTheyWere() throws Exception {
    TrainerProcess.train(trainings.launch(), trainings.brief(), new Heard());
    Map<String, byte[]> before = results();
    assertThat(before).containsKeys("transfer/fextract_plot_squeezenet.png", "small-model.zip");

    Problem problem =
        failure(trainings.endless(), new Heard(IN_MID_TRAINING, () -> trainer().destroyForcibly()));

    assertThat(problem.what().replaceAll("epoch \\d+ of", "epoch N of"))
        .isEqualTo(
            "the trainer's JVM was killed (exit status 137, signal 9) while it was at: finetune,"
                + " epoch N of 100000");
    assertThat(problem.next())
        .isEqualTo(
            "on Linux this is mostly the system or the container running out of memory: set"
                + " -Dtransfer.batchSize to half, or give the build more memory; no half-written"
                + " model was left"
                + where());
    requireSame(results(), before);
  }

  @Test
  void aTrainerThatTakesTooLongIsEnded() throws Exception {
    Launch launch =
        trainings.launch(
            Trainings.JAVA, Trainings.classPath(), Trainings.sharedCache(), Duration.ofMillis(300));

    Problem problem = failure(launch, trainings.endless(), new Heard());

    assertThat(problem.what())
        .startsWith("the trainer was ended after 0 minutes, while it was at: ");
    assertThat(trainers()).isEmpty();
  }

  @Test
  void aTimeOutOfThousandsOfYearsIsNoneToo() throws Exception {
    Launch launch =
        trainings.launch(
            Trainings.JAVA,
            Trainings.classPath(),
            Trainings.sharedCache(),
            Duration.ofMinutes(Integer.MAX_VALUE),
            "-Xmx12m");

    assertThat(failure(launch, trainings.brief(), new Heard()).what()).contains("Java heap");
  }

  @Test
  void anInterruptEndsTheTrainer() throws Exception {
    Heard heard = new Heard(IN_MID_TRAINING, () -> Thread.currentThread().interrupt());

    assertThatThrownBy(() -> TrainerProcess.train(trainings.launch(), trainings.endless(), heard))
        .isInstanceOf(InterruptedException.class);

    assertThat(trainers()).isEmpty();
    assertThat(trainings.output().resolve(".unfinished")).doesNotExist();
  }

  @Test
  void aTrainerDiesWithMaven() throws Exception {
    Process maven =
        new ProcessBuilder(
                Trainings.JAVA.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                MavenThatIsKilled.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(new File(folder.toFile(), "maven.log"))
            .start();
    Path unfinished = trainings.output().resolve(".unfinished");
    long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (!Files.exists(unfinished) && System.nanoTime() < patience) {
      Thread.sleep(50);
    }
    assertThat(unfinished).exists();
    ProcessHandle trainer = trainer();

    maven.destroyForcibly().waitFor();

    trainer.onExit().get(5, TimeUnit.SECONDS);
    assertThat(trainer.isAlive()).isFalse();
  }

  @Test
  void aHeapThatIsTooSmallIsToldSo() throws Exception {
    assertThat(failure(trainings.launch("-Xmx12m"), trainings.brief(), new Heard()))
        .hasMessage(
            // What can be used of 12: one of the two spaces for survivors is always empty.
            "the trainer's Java heap of 11 MiB is full%n"
                + "  -> set -Dtransfer.jvmArguments=-Xmx4g, or more",
            new Object[0]);
    assertThat(trainings.output().resolve(".unfinished")).doesNotExist();
  }

  @Test
  void aClassPathWithoutLibtorchIsToldSo() throws Exception {
    List<Path> without =
        Trainings.classPath().stream()
            .filter(path -> !path.toString().contains("pytorch-native-cpu"))
            .toList();
    Launch launch =
        trainings.launch(Trainings.JAVA, without, folder.resolve("cache"), Duration.ZERO);

    assertThat(failure(launch, trainings.brief(), new Heard()))
        .hasMessage(
            "the trainer's class path holds no libtorch for this machine, and nothing is downloaded"
                + " behind the build's back%n  -> remove ai/djl/pytorch/pytorch-native-cpu from the"
                + " local repository, and build again without --offline",
            new Object[0]);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aJavaThatIsNotThereIsNamed() throws Exception {
    Path java = folder.resolve("no-java");
    Launch launch =
        trainings.launch(java, Trainings.classPath(), Trainings.sharedCache(), Duration.ZERO);

    assertThat(failure(launch, trainings.brief(), new Heard()))
        .hasMessage(
            "the trainer's JVM cannot be started: Cannot run program \""
                + java
                + "\": error=2, No such file or directory%n  -> check that ".formatted()
                + java
                + " is a JDK's java of version 17 or later");
  }

  @Test
  void aCollectorOfTheUsersTakesThePlaceOfOurs() throws Exception {
    // Java refuses to start with two.
    TrainerProcess.train(trainings.launch("-XX:+UseParallelGC"), trainings.brief(), new Heard());

    assertThat(trainings.archive()).exists();
  }

  @Test
  void anArgumentThatJavaRefusesIsToldInItsOwnWords() throws Exception {
    Problem problem = failure(trainings.launch("-XX:+NoSuchFlag"), trainings.brief(), new Heard());

    assertThat(problem.what())
        .isEqualTo(
            """
            the trainer's JVM did not start (exit status 1) while it was at: starting
              its last words: Unrecognized VM option 'NoSuchFlag'
                Error: Could not create the Java Virtual Machine.
                Error: A fatal exception has occurred. Program will exit.""");
    assertThat(problem.next())
        .isEqualTo(
            "check -Dtransfer.jvmArguments, or <engine><jvmArguments>, and the JDK's version, 17 or"
                + " later"
                + where());
  }

  @Test
  void anExceptionNobodyForesawKeepsItsTrace() throws Exception {
    Problem problem = failure(trainings.impossible(), new Heard());

    assertThat(problem.what())
        .isEqualTo(
            "the trainer failed while it was at: writing the report\n"
                + "  java.util.NoSuchElementException: No value present");
    assertThat(problem.next())
        .isEqualTo(
            "this is a fault of the plugin: please report it with the stack trace below" + where());
    assertThat(problem.getCause())
        .hasMessageContaining("at io.transferlearning.pipeline.TrainPipeline.run(");
  }

  @Test
  void aFolderThatCannotBeMadeIsNoFaultOfThePlugin() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");

    Problem problem = failure(trainings.into(file), new Heard());

    assertThat(problem.what())
        .startsWith("a file cannot be read or written: java.nio.file.")
        .contains(file.toString());
  }

  @Test
  void aClassPathWithBlanksAndLettersOfOtherLanguagesIsUnderstood() throws Exception {
    Path odd = Files.createDirectories(folder.resolve("a \"b\" größe"));
    Launch launch = trainings.launch("-Dodd=" + odd, "-XX:+NoSuchFlag" + odd.getFileName());

    assertThat(failure(launch, trainings.brief(), new Heard()).what())
        .contains("'NoSuchFlag" + odd.getFileName() + "'");
  }

  private Problem failure(TrainRequest request, Heard heard) {
    return failure(trainings.launch(), request, heard);
  }

  private static Problem failure(Launch launch, TrainRequest request, Heard heard) {
    return catchThrowableOfType(Problem.class, () -> TrainerProcess.train(launch, request, heard));
  }

  private String where() {
    Path log = trainings.trainerFolder().resolve("trainer.log");
    Path arguments = trainings.trainerFolder().resolve("trainer.args");
    return "\n  -> its log is " + log + ", and java @" + arguments + " starts it again";
  }

  private ProcessHandle trainer() {
    return trainers().get(0);
  }

  /** The JVMs, of this one or below it, that train in our folder. */
  private List<ProcessHandle> trainers() {
    String arguments = trainings.trainerFolder().resolve("trainer.args").toString();
    return ProcessHandle.current()
        .descendants()
        .filter(ProcessHandle::isAlive)
        .filter(process -> process.info().commandLine().orElse("").contains(arguments))
        .toList();
  }

  private Map<String, byte[]> results() throws IOException {
    Map<String, byte[]> results = new TreeMap<>();
    results.put("small-model.zip", Files.readAllBytes(trainings.archive()));
    try (Stream<Path> files = Files.walk(trainings.output())) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        if (!file.startsWith(trainings.trainerFolder())
            && !file.startsWith(trainings.output().resolve(".checkpoint"))) {
          results.put(folder.relativize(file).toString(), Files.readAllBytes(file));
        }
      }
    }
    return results;
  }

  private static void requireSame(Map<String, byte[]> after, Map<String, byte[]> before) {
    assertThat(after.keySet()).isEqualTo(before.keySet());
    before.forEach((name, bytes) -> assertThat(after.get(name)).as(name).isEqualTo(bytes));
  }
}
