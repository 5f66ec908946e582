package io.transferlearning.weights.format.pickle;

import io.transferlearning.problem.Problem;
import io.transferlearning.weights.format.pickle.Value.Global;
import io.transferlearning.weights.format.pickle.Value.Sequence;

/** What an unpickler makes of names, and which it allows at all. */
public interface Rules {
  /**
   * Called for every name that the pickle mentions, before anything is done with it.
   *
   * @throws Problem when the name is not allowed
   */
  void allow(Global name);

  /**
   * The result of a call or of a class's instantiation.
   *
   * @throws Problem when these arguments are not those it takes
   */
  Value make(Global callable, Sequence arguments);

  /**
   * What an identifier stands for that the pickle leaves to its reader: with PyTorch, a storage.
   *
   * @throws Problem when it is no such identifier
   */
  Value persistent(Value identifier);
}
