package io.transferlearning.weights.format.pickle;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a pickle can hold. */
public sealed interface Value {
  /** {@code None}. */
  enum None implements Value {
    NONE
  }

  /** {@code True} or {@code False}. */
  enum Bool implements Value {
    FALSE,
    TRUE;

    static Bool of(boolean value) {
      return value ? TRUE : FALSE;
    }
  }

  /** A string. */
  record Text(String text) implements Value {}

  /** An integer of at most 64 bits. */
  record Whole(long value) implements Value {}

  /**
   * A larger integer, as a pickle has it: two's complement, little-endian, in hexadecimal digits.
   */
  record Huge(String littleEndian) implements Value {}

  /** A floating-point number. */
  record Real(double value) implements Value {}

  /** Raw bytes, which are not kept. */
  record Bytes(int length) implements Value {}

  /** A name of Python's that {@link Rules} allow; never a reference to anything that could run. */
  record Global(String module, String name) implements Value {
    /** The dotted name. */
    public String path() {
      return module + "." + name;
    }
  }

  /** Something that a user of the unpickler makes out of allowed names. */
  non-sealed interface Foreign extends Value {}

  /** A value with others inside, in which circles are possible. */
  abstract sealed class Container implements Value {
    /** Where {@link Nesting} is with it. */
    Nesting.Visit visit = Nesting.Visit.NEW;

    /** The values inside. */
    abstract List<Value> children();
  }

  /** A list, tuple or set. */
  final class Sequence extends Container {
    private final List<Value> items;

    Sequence(List<Value> items) {
      this.items = items;
    }

    /** The items, in the pickle's order. */
    public List<Value> items() {
      return Collections.unmodifiableList(items);
    }

    void addAll(List<Value> more) {
      items.addAll(more);
    }

    @Override
    List<Value> children() {
      return items;
    }
  }

  /** A dictionary, ordered or not. Its keys are not hashed, so that none can make that costly. */
  final class Dictionary extends Container {
    private final List<Value> keysAndValues = new ArrayList<>(0);
    private final Set<String> texts = new HashSet<>(0);

    /**
     * Adds a pair.
     *
     * @return whether the key is new, as far as it is a string
     */
    public boolean put(Value key, Value value) {
      keysAndValues.add(key);
      keysAndValues.add(value);
      return !(key instanceof Text text) || texts.add(text.text());
    }

    /** How many pairs there are. */
    public int size() {
      return keysAndValues.size() / 2;
    }

    /** The key of a pair. */
    public Value key(int index) {
      return keysAndValues.get(2 * index);
    }

    /** The value of a pair. */
    public Value value(int index) {
      return keysAndValues.get(2 * index + 1);
    }

    /** The value under a string, or null where there is none. */
    public @Nullable Value get(String key) {
      if (texts.contains(key)) {
        for (int i = 0; i < size(); i++) {
          if (key(i) instanceof Text text && text.text().equals(key)) {
            return value(i);
          }
        }
      }
      return null;
    }

    @Override
    List<Value> children() {
      return keysAndValues;
    }
  }

  /** An object of an allowed class: its arguments and its state, and nothing that acts. */
  final class Instance extends Container {
    private final Global type;
    private final List<Value> parts = new ArrayList<>(2);

    /**
     * @param type the class
     * @param arguments what it was made of
     */
    public Instance(Global type, Value arguments) {
      this.type = type;
      parts.add(arguments);
    }

    /** The class. */
    public Global type() {
      return type;
    }

    /** The state it was given last; {@link None} where it has none. */
    public Value state() {
      return parts.size() < 2 ? None.NONE : parts.get(parts.size() - 1);
    }

    void setState(Value state) {
      parts.add(state);
    }

    @Override
    List<Value> children() {
      return parts;
    }
  }
}
