package io.transferlearning.fork;

import io.transferlearning.pipeline.TrainPipeline;
import io.transferlearning.pipeline.VerifyPipeline;
import io.transferlearning.problem.ForkProblems;
import io.transferlearning.problem.Problem;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The program of the trainer's JVM. libtorch can be loaded once in a process, so it is never loaded
 * into Maven's, where many modules and builds may follow each other.
 */
public final class Trainer {
  /** The exit status when the parent is gone; nobody is left to read it. */
  private static final int ORPHANED = 3;

  private Trainer() {}

  /**
   * Runs one request.
   *
   * @param arguments the request's file and the events' file
   */
  public static void main(String[] arguments) {
    EventWriter events = new EventWriter(Path.of(arguments[1]));
    dieWithParent();
    try {
      run(RequestFile.read(Path.of(arguments[0])), events);
      events.done();
    } catch (Problem problem) {
      events.problem(problem);
    } catch (OutOfMemoryError e) {
      events.problem(ForkProblems.outOfHeap(Runtime.getRuntime().maxMemory()));
    } catch (Throwable e) {
      events.crash(e);
    }
    // Threads of libtorch or of a loader must not keep the process, and Maven, waiting.
    Runtime.getRuntime().halt(0);
  }

  private static void run(RequestFile request, EventWriter events) throws IOException {
    if (request.train() != null) {
      TrainPipeline.run(request.train(), events);
    }
    if (request.verify() != null) {
      VerifyPipeline.run(request.verify(), events);
    }
  }

  /**
   * The parent holds the other end of standard input and writes nothing: its end is the parent's
   * end.
   */
  private static void dieWithParent() {
    Thread watcher =
        new Thread(
            () -> {
              try {
                while (System.in.read() >= 0) {}
              } catch (IOException e) {
                // A broken pipe says the same as its end.
              }
              Runtime.getRuntime().halt(ORPHANED);
            },
            "parent watcher");
    watcher.setDaemon(true);
    watcher.start();
  }
}
