package io.transferlearning.weights.format.pickle;

import io.transferlearning.problem.Problem;
import io.transferlearning.problem.TorchProblems;
import io.transferlearning.weights.format.pickle.Value.Dictionary;
import io.transferlearning.weights.format.pickle.Value.Global;
import io.transferlearning.weights.format.pickle.Value.Sequence;
import io.transferlearning.weights.format.pickle.Value.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The stack of an unpickler, its marks and its memo. */
final class PickleStack {
  private final String file;
  private final PickleInput in;
  private final List<Value> values = new ArrayList<>();
  private final List<Integer> marks = new ArrayList<>();
  private final Map<Long, Value> memo = new HashMap<>();

  /**
   * @param in says where the pickle is when something is wrong
   */
  PickleStack(String file, PickleInput in) {
    this.file = file;
    this.in = in;
  }

  void push(Value value) {
    values.add(value);
  }

  void mark() {
    marks.add(values.size());
  }

  Value peek() {
    requireAboveMark(1);
    return values.get(values.size() - 1);
  }

  Value pop() {
    requireAboveMark(1);
    return values.remove(values.size() - 1);
  }

  /** The last values in a new list, oldest first. */
  List<Value> popLast(int count) {
    requireAboveMark(count);
    return cut(values.size() - count);
  }

  /** All values above the last mark. */
  List<Value> popToMark() {
    if (marks.isEmpty()) {
      throw problem("there is no mark");
    }
    return cut(marks.remove(marks.size() - 1));
  }

  /** Replaces the last values by a sequence of them. */
  void pushSequence(int count) {
    push(new Sequence(popLast(count)));
  }

  /** Adds to the list on top. */
  void append(List<Value> items) {
    if (!(peek() instanceof Sequence list)) {
      throw problem("items are added to something that is no list");
    }
    list.addAll(items);
  }

  /** Adds keys and values, in turn, to the dictionary on top. */
  void putAll(List<Value> pairs) {
    if (!(peek() instanceof Dictionary dictionary) || pairs.size() % 2 != 0) {
      throw problem("pairs are added to something that is no dictionary");
    }
    for (int i = 0; i < pairs.size(); i += 2) {
      if (!dictionary.put(pairs.get(i), pairs.get(i + 1))) {
        throw TorchProblems.keyTwice(file, ((Text) pairs.get(i)).text());
      }
    }
  }

  /** Keeps the value on top under a number. */
  void remember(long number) {
    memo.put(number, peek());
  }

  /** Keeps the value on top under the next number. */
  void rememberNext() {
    remember(memo.size());
  }

  /** Pushes a value that was kept. */
  void recall(long number) {
    Value value = memo.get(number);
    if (value == null) {
      throw problem("nothing was kept under " + number);
    }
    push(value);
  }

  String popText() {
    if (!(pop() instanceof Text text)) {
      throw problem("a name is no string");
    }
    return text.text();
  }

  Global popGlobal() {
    if (!(pop() instanceof Global global)) {
      throw problem("something is called that has no name");
    }
    return global;
  }

  Sequence popSequence() {
    if (!(pop() instanceof Sequence sequence)) {
      throw problem("arguments are no tuple");
    }
    return sequence;
  }

  private void requireAboveMark(int count) {
    int floor = marks.isEmpty() ? 0 : marks.get(marks.size() - 1);
    if (values.size() - floor < count) {
      throw problem("its stack has too few values");
    }
  }

  private List<Value> cut(int from) {
    List<Value> top = values.subList(from, values.size());
    List<Value> taken = new ArrayList<>(top);
    top.clear();
    return taken;
  }

  private Problem problem(String what) {
    return TorchProblems.pickle(file, in.position(), what);
  }
}
