package io.transferlearning.fork;

import io.transferlearning.pipeline.TrainPipeline;
import io.transferlearning.pipeline.VerifyPipeline;
import io.transferlearning.problem.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * The program of the trainer's JVM. libtorch can be loaded once in a process, so it is never loaded
 * into Maven's, where many modules and builds may follow each other.
 */
public final class Trainer {
  /** The exit status when the parent is gone; nobody is left to read it. */
  private static final int ORPHANED = 3;

  /** The exit status when not even the failure could be told. */
  private static final int SPEECHLESS = 4;

  private Trainer() {}

  /**
   * Runs one request.
   *
   * @param arguments the request's file and the events' file
   */
  @SuppressWarnings("CatchAndPrintStackTrace") // Nothing else is left: this process has no logger.
  public static void main(String[] arguments) {
    // Digits of the user's country would make files and lines that no machine reads, and text is
    // English anyway.
    Locale.setDefault(Locale.ROOT);
    EventWriter events = new EventWriter(Path.of(arguments[1]));
    dieWithParent();
    int status = SPEECHLESS;
    try {
      tell(Path.of(arguments[0]), events);
      status = 0;
    } catch (Throwable e) {
      // The end could not be told, as on a full disk; the log may still take it.
      e.printStackTrace();
    } finally {
      // Threads of libtorch or of a loader must not keep the process, and Maven, waiting.
      Runtime.getRuntime().halt(status);
    }
  }

  private static void tell(Path request, EventWriter events) {
    try {
      run(RequestFile.read(request), events);
      events.done();
    } catch (Throwable e) {
      Optional<Problem> problem = Failures.translate(e);
      if (problem.isPresent()) {
        // In the log, for whoever wants to know more than the problem says.
        e.printStackTrace();
        events.problem(problem.get());
      } else {
        events.crash(e);
      }
    }
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
