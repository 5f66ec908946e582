package io.transferlearning.fork;

import java.nio.file.Path;

/** A program in Maven's place: trains without end below the folder that it is given. */
final class ParentThatTrains {
  private ParentThatTrains() {}

  public static void main(String[] arguments) throws Exception {
    Trainings trainings = new Trainings(Path.of(arguments[0]));
    TrainerProcess.train(trainings.launch(), trainings.endless(), new Heard());
  }
}
