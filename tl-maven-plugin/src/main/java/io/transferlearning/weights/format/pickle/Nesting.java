package io.transferlearning.weights.format.pickle;

import io.transferlearning.problem.Problem;
import io.transferlearning.problem.TorchProblems;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Makes sure that a value contains itself nowhere and is not nested too deep, so that whoever walks
 * through it comes to an end. Takes time in proportion to the pickle, and no recursion.
 */
final class Nesting {
  /** DenseNet's modules are seven deep. */
  static final int MOST_DEPTH = 100;

  /** How far the walk is with a container. */
  enum Visit {
    NEW,
    OPEN,
    DONE
  }

  /** A container and the next of its children. */
  private static final class Frame {
    private final Value.Container container;
    private int next;

    Frame(Value.Container container) {
      this.container = container;
      container.visit = Visit.OPEN;
    }
  }

  private final String file;
  private final Deque<Frame> open = new ArrayDeque<>();

  private Nesting(String file) {
    this.file = file;
  }

  /**
   * Walks through a value.
   *
   * @throws Problem when it has a circle or is too deep
   */
  static void require(String file, Value value) {
    new Nesting(file).walk(value);
  }

  private void walk(Value value) {
    enter(value);
    while (!open.isEmpty()) {
      Frame frame = open.getLast();
      if (frame.next < frame.container.children().size()) {
        enter(frame.container.children().get(frame.next++));
      } else {
        frame.container.visit = Visit.DONE;
        open.removeLast();
      }
    }
  }

  private void enter(Value value) {
    if (!(value instanceof Value.Container container) || container.visit == Visit.DONE) {
      return;
    }
    if (container.visit == Visit.OPEN) {
      throw TorchProblems.cyclic(file);
    }
    if (open.size() == MOST_DEPTH) {
      throw TorchProblems.deep(file, MOST_DEPTH);
    }
    open.addLast(new Frame(container));
  }
}
