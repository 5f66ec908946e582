package io.transferlearning.fork;

import io.transferlearning.pipeline.Progress;
import io.transferlearning.pipeline.Staging;
import io.transferlearning.pipeline.TrainRequest;
import io.transferlearning.pipeline.VerifyRequest;
import io.transferlearning.problem.ForkProblems;
import io.transferlearning.problem.Problem;
import java.io.File;
import java.io.IOException;
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

  private final Launch launch;
  private final Progress progress;
  private final Path arguments;
  private final Path log;
  private String phase = "starting";
  private @Nullable Event end;

  private TrainerProcess(Launch launch, Progress progress) {
    this.launch = launch;
    this.progress = progress;
    this.arguments = launch.folder().resolve("trainer.args");
    this.log = launch.folder().resolve("trainer.log");
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
      Staging.discard(request.output());
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
    request.write(requestFile);
    Files.writeString(arguments, argumentFile(requestFile, events));
    Process process = start();
    Thread onExit = new Thread(() -> end(process, cleanUp), "end of the trainer");
    Runtime.getRuntime().addShutdownHook(onExit);
    try {
      follow(process, new EventReader(events));
    } finally {
      end(process, () -> {});
      forget(onExit);
    }
    conclude(process);
    for (Path file : List.of(requestFile, events, arguments, log, folder)) {
      Files.deleteIfExists(file);
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
    all.add("-XX:ErrorFile=" + launch.folder().resolve("hs_err.log"));
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

  private void follow(Process process, EventReader events)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    boolean running = true;
    while (running) {
      running = !process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
      for (Event event : events.poll()) {
        hear(event);
      }
      boolean late = System.nanoTime() - start > launch.timeout().toNanos();
      if (running && late && !launch.timeout().isZero()) {
        throw ForkProblems.timedOut(launch.timeout(), phase);
      }
    }
  }

  private void hear(Event event) {
    switch (event.kind()) {
      case PHASE -> phase = event.text();
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
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
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
      // The process is going down; the next training removes what is left.
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
