package io.transferlearning.data.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Counts findings of one kind and keeps the texts of the first, so that memory stays bounded. */
final class Examples {
  private final List<String> texts = new ArrayList<>();
  private int count;

  static Examples of(List<String> all) {
    Examples examples = new Examples();
    all.forEach(text -> examples.add(() -> text));
    return examples;
  }

  void add(Supplier<String> text) {
    count++;
    if (texts.size() < Finding.MOST_EXAMPLES) {
      texts.add(text.get());
    }
  }

  int count() {
    return count;
  }

  List<String> texts() {
    return texts;
  }
}
