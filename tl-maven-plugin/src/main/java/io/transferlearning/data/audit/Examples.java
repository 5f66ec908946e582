package io.transferlearning.data.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Counts findings of one kind and keeps the first, so that memory stays bounded. */
final class Examples {
  private final List<Example> first = new ArrayList<>();
  private int count;

  static Examples of(List<String> all) {
    Examples examples = new Examples();
    all.forEach(text -> examples.add(() -> Example.of(text)));
    return examples;
  }

  void add(Supplier<Example> example) {
    count++;
    if (first.size() < Finding.MOST_EXAMPLES) {
      first.add(example.get());
    }
  }

  int count() {
    return count;
  }

  List<Example> first() {
    return first;
  }
}
