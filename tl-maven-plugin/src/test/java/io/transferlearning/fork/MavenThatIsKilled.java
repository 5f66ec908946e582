package io.transferlearning.fork;

import java.nio.file.Path;

/** A program that waits for a trainer, as Maven does. */
final class MavenThatIsKilled {
  private MavenThatIsKilled() {}

  /**
   * Trains without end.
   *
   * @param arguments the folder of everything
   */
  public static void main(String[] arguments) throws Exception {
    Trainings trainings = new Trainings(Path.of(arguments[0]));
    TrainerProcess.train(trainings.launch(), trainings.endless(), new Heard());
  }
}
