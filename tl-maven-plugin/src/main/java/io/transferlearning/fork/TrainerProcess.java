package io.transferlearning.fork;

import io.transferlearning.pipeline.Mode;
import io.transferlearning.pipeline.Progress;
import io.transferlearning.pipeline.Staging;
import io.transferlearning.pipeline.TrainRequest;
import io.transferlearning.pipeline.VerifyRequest;
import io.transferlearning.problem.ForkProblems;
import io.transferlearning.problem.ForkProblems.Work;
import io.transferlearning.problem.Problem;
import java.io.File;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Runs a request in a JVM of its own and tells what it says; Maven's end of the fork. */
public final class TrainerProcess {
  private static final long POLL_MILLIS = 50;
  private static final int LAST_LINES = 5;
  private static final int LAST_BYTES = 16 << 10;

  /** What the java launcher reads its arguments in. */
  private static final Charset NATIVE =
      Charset.forName(System.getProperty("native.encoding", Charset.defaultCharset().name()));

  private final Launch launch;
  private final Progress progress;
  private final Path arguments;
  private final Path log;
  private final Path crash;
  private String phase = "starting";
  private @Nullable Event end;

  private TrainerProcess(Launch launch, Progress progress) {
    this.launch = launch;
    this.progress = progress;
    this.arguments = launch.folder().resolve("trainer.args");
    this.log = launch.folder().resolve("trainer.log");
    this.crash = launch.folder().resolve("hs_err.log");
  }

  /**
   * Trains.
   *
   * @throws Problem if it could not be done, whatever the reason; then nothing of it is left
   */
  public static void train(Launch launch, TrainRequest request, Progress progress)
      throws IOException, InterruptedException {
    try {
      new TrainerProcess(launch, progress)
          .run(new RequestFile(request, null), () -> discard(request.output()));
    } finally {
      discard(request.output());
    }
  }

  /**
   * Scores the packaged model.
   *
   * @throws Problem if it could not be done, whatever the reason
   */
  public static void verify(Launch launch, VerifyRequest request, Progress progress)
      throws IOException, InterruptedException {
    new TrainerProcess(launch, progress).run(new RequestFile(null, request), () -> {});
  }

  private void run(RequestFile request, Runnable cleanUp) throws IOException, InterruptedException {
    Path folder = Files.createDirectories(launch.folder());
    Path requestFile = folder.resolve("request.json");
    Path events = folder.resolve("events.jsonl");
    Files.deleteIfExists(events);
    Files.deleteIfExists(crash);
    request.write(requestFile);
    Files.write(arguments, argumentFile(requestFile, events).getBytes(NATIVE));
    Process process = start();
    Thread onExit = new Thread(() -> end(process, cleanUp), "end of the trainer");
    Runtime.getRuntime().addShutdownHook(onExit);
    try {
      follow(process, new EventReader(events), work(request));
    } finally {
      end(process, () -> {});
      forget(onExit);
    }
    conclude(process);
    List.of(requestFile, events, arguments, log, folder).forEach(TrainerProcess::remove);
  }

  /** What cannot be removed, as Windows holds it or somebody put it there, fails no build. */
  private static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // The next trainer writes over it.
    }
  }

  private Process start() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(launch.java().toString(), "@" + arguments)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    TrainerEnvironment.apply(launch, builder.environment());
    try {
      return builder.start();
    } catch (IOException e) {
      throw ForkProblems.cannotStart(launch.java(), e);
    }
  }

  /**
   * All arguments in one file: a class path can be longer than a command line, and a user can start
   * it again.
   */
  private String argumentFile(Path request, Path events) {
    List<String> all = new ArrayList<>();
    all.add("-Djava.awt.headless=true");
    all.add("-Dfile.encoding=UTF-8");
    all.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
    all.add("-XX:ErrorFile=" + crash);
    all.addAll(collector(launch.jvmArguments()));
    all.addAll(launch.jvmArguments());
    all.add("-cp");
    all.add(
        launch.classPath().stream()
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator)));
    all.add(Trainer.class.getName());
    all.add(request.toString());
    all.add(events.toString());
    return all.stream()
        .map(argument -> '"' + argument.replace("\\", "\\\\").replace("\"", "\\\"") + "\"\n")
        .collect(Collectors.joining());
  }

  /**
   * What the trainer keeps on the heap is small, beside tensors and mapped files. The JVM's default
   * collector lets garbage grow to a quarter of the machine's memory before it looks; this one
   * starts with little, and a collection takes milliseconds.
   */
  private static List<String> collector(List<String> users) {
    boolean chosen = users.stream().anyMatch(argument -> argument.matches("-XX:[+-]Use\\w+GC"));
    return chosen ? List.of() : List.of("-XX:+UseSerialGC", "-XX:InitialRAMPercentage=0.2");
  }

  private static Work work(RequestFile request) {
    if (request.train() == null) {
      return Work.VERIFYING;
    }
    return request.train().modes().contains(Mode.FINETUNE) ? Work.FINE_TUNING : Work.HEAD;
  }

  private void follow(Process process, EventReader events, Work work)
      throws IOException, InterruptedException {
    TimeLimit limit = new TimeLimit(launch.timeout(), System::nanoTime);
    boolean running = true;
    while (running) {
      running = !process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
      for (Event event : events.poll()) {
        hear(event);
      }
      if (running && limit.isOver(phase)) {
        throw ForkProblems.timedOut(launch.timeout(), phase, work);
      }
    }
  }

  private void hear(Event event) {
    switch (event.kind()) {
      case PHASE -> {
        phase = event.text();
        progress.phase(phase);
      }
      case STEP -> progress.step(event.text(), event.fraction() == null ? 0 : event.fraction());
      case INFO -> progress.info(event.text());
      case WARN -> progress.warn(event.text());
      case PROBLEM, CRASH, DONE -> end = event;
    }
  }

  /** No last event means that the process ended without a word: it crashed or was killed. */
  private void conclude(Process process) {
    if (end == null) {
      throw ForkProblems.died(process.exitValue(), phase, log, arguments, lastLines());
    } else if (end.kind() == Event.Kind.PROBLEM) {
      throw new Problem(end.text(), end.next() == null ? "" : end.next());
    } else if (end.kind() == Event.Kind.CRASH) {
      throw ForkProblems.crashed(end.text(), phase, log, arguments);
    }
  }

  private String lastLines() {
    try (FileChannel channel = FileChannel.open(log)) {
      channel.position(Math.max(0, channel.size() - LAST_BYTES));
      byte[] bytes = Channels.newInputStream(channel).readNBytes(LAST_BYTES);
      // Native libraries write what they like: bytes that are no text must not hide the rest.
      List<String> lines = new String(bytes, NATIVE).strip().lines().toList();
      return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    } catch (IOException e) {
      return "";
    }
  }

  private static void end(Process process, Runnable cleanUp) {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    cleanUp.run();
  }

  private static void discard(Path output) {
    try {
      Staging.discard(output);
    } catch (IOException | RuntimeException e) {
      // Nothing to say over what happened before; the next training removes what is left.
    }
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // Maven is going down, and the hook with it.
    }
  }
}
