package io.transferlearning.pipeline;

import io.transferlearning.problem.ConfigurationProblems;
import io.transferlearning.training.HeadSolver;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The words for solvers of the head, and what {@code auto} means. */
public final class HeadSolvers {
  private static final String AUTO = "auto";
  private static final String LBFGS = "lbfgs";
  private static final String ADAMW = "adamw";
  private static final List<String> WORDS = List.of(AUTO, LBFGS, ADAMW);

  private HeadSolvers() {}

  /**
   * Gives the word back; null where nobody said one.
   *
   * @throws io.transferlearning.problem.Problem for one that means nothing
   */
  public static @Nullable String requireKnown(@Nullable String word) {
    if (word != null && !WORDS.contains(word)) {
      throw ConfigurationProblems.illegal("transfer.headSolver", word, WORDS);
    }
    return word;
  }

  /**
   * What a request asks for. A rate is AdamW's: who gives one wants steps of that size. Where
   * something is fine-tuned, it is the rate of that.
   */
  static HeadSolver of(TrainRequest request) {
    TrainRequest.Training user = request.training();
    String word = user.headSolver() == null ? AUTO : user.headSolver();
    boolean rate = user.learningRate() != null && !request.modes().contains(Mode.FINETUNE);
    return word.equals(ADAMW) || (word.equals(AUTO) && rate)
        ? HeadSolver.adamw()
        : new HeadSolver.Lbfgs(iterations(request));
  }

  /**
   * Where something is fine-tuned, the user's epochs are those of that: a head that three
   * iterations made would spoil it.
   */
  private static int iterations(TrainRequest request) {
    Integer epochs = request.training().epochs();
    return epochs == null || request.modes().contains(Mode.FINETUNE)
        ? HeadSolver.Lbfgs.DEFAULT_ITERATIONS
        : epochs;
  }
}
