package io.transferlearning.weights.format.pickle;

import io.transferlearning.problem.Problem;
import io.transferlearning.problem.TorchProblems;
import io.transferlearning.weights.format.pickle.Value.Bool;
import io.transferlearning.weights.format.pickle.Value.Bytes;
import io.transferlearning.weights.format.pickle.Value.Dictionary;
import io.transferlearning.weights.format.pickle.Value.Global;
import io.transferlearning.weights.format.pickle.Value.Instance;
import io.transferlearning.weights.format.pickle.Value.None;
import io.transferlearning.weights.format.pickle.Value.Real;
import io.transferlearning.weights.format.pickle.Value.Sequence;
import io.transferlearning.weights.format.pickle.Value.Text;
import io.transferlearning.weights.format.pickle.Value.Whole;
import java.nio.ByteBuffer;

/**
 * Reads a pickle of protocol 2 to 5 as data. Where Python would import and call, this asks its
 * {@link Rules} for the name and lets them make a value; a name that they do not allow ends the
 * reading. The operations are those that Python's and PyTorch's own writers use; their meaning is
 * documented in CPython's {@code pickletools}.
 *
 * <p>Time and memory stay within a small multiple of the pickle: an operation makes one small
 * value, lengths are checked against what is left, and nothing refers to itself in the end.
 */
public final class Unpickler {
  /** Of the largest networks, a thousand tensors take 100 kB; a training's state a few MB. */
  public static final int MOST_BYTES = 64 << 20;

  private final String file;
  private final PickleInput in;
  private final Rules rules;
  private final PickleStack stack;

  private Unpickler(String file, ByteBuffer pickle, Rules rules) {
    this.file = file;
    this.in = new PickleInput(file, pickle);
    this.rules = rules;
    this.stack = new PickleStack(file, in);
  }

  /**
   * What a pickle held.
   *
   * @param value without a circle, at most 100 deep
   * @param bytes how long the pickle is
   */
  public record Unpickled(Value value, int bytes) {}

  /**
   * Reads a pickle, which may be followed by something else.
   *
   * @param file the name of the file, for messages
   * @param bytes from the buffer's position on
   * @throws Problem when it is damaged, or mentions a name that the rules do not allow
   */
  public static Unpickled read(String file, ByteBuffer bytes, Rules rules) {
    ByteBuffer bounded = bytes.slice(bytes.position(), Math.min(bytes.remaining(), MOST_BYTES));
    Unpickler unpickler = new Unpickler(file, bounded, rules);
    Value value = unpickler.run();
    Nesting.require(file, value);
    return new Unpickled(value, unpickler.in.position());
  }

  private Value run() {
    while (true) {
      int at = in.position();
      int code = in.u8();
      if (code == '.') {
        return stack.pop();
      }
      if (!(scalar(code) || container(code) || memo(code) || object(code) || frame(code))) {
        throw TorchProblems.operation(file, at, code);
      }
    }
  }

  private boolean frame(int code) {
    switch (code) {
      case 0x80 -> in.u8(); // PROTO
      case 0x95 -> in.i64(); // FRAME
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean scalar(int code) {
    switch (code) {
      case 'N' -> stack.push(None.NONE);
      case 0x88 -> stack.push(Bool.TRUE);
      case 0x89 -> stack.push(Bool.FALSE);
      case 'K' -> stack.push(new Whole(in.u8())); // BININT1
      case 'M' -> stack.push(new Whole(in.u16())); // BININT2
      case 'J' -> stack.push(new Whole(in.i32())); // BININT
      case 0x8a -> stack.push(in.integer(in.u8())); // LONG1
      case 0x8b -> stack.push(in.integer(in.i32())); // LONG4
      case 'G' -> stack.push(new Real(in.real())); // BINFLOAT
      case 'X' -> stack.push(new Text(in.text(in.u32()))); // BINUNICODE
      case 0x8c -> stack.push(new Text(in.text(in.u8()))); // SHORT_BINUNICODE
      case 0x8d -> stack.push(new Text(in.text(in.i64()))); // BINUNICODE8
      case 'U' -> stack.push(new Text(in.text(in.u8()))); // SHORT_BINSTRING, of Python 2
      case 'T' -> stack.push(new Text(in.text(in.i32()))); // BINSTRING, of Python 2
      case 'C' -> stack.push(new Bytes(in.skip(in.u8()))); // SHORT_BINBYTES
      case 'B' -> stack.push(new Bytes(in.skip(in.u32()))); // BINBYTES
      case 0x8e, 0x96 -> stack.push(new Bytes(in.skip(in.i64()))); // BINBYTES8, BYTEARRAY8
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean container(int code) {
    switch (code) {
      case '(' -> stack.mark();
      case ')' -> stack.pushSequence(0); // EMPTY_TUPLE
      case ']', 0x8f -> stack.pushSequence(0); // EMPTY_LIST, EMPTY_SET
      case 0x85 -> stack.pushSequence(1); // TUPLE1
      case 0x86 -> stack.pushSequence(2); // TUPLE2
      case 0x87 -> stack.pushSequence(3); // TUPLE3
      case 't', 'l', 0x91 -> stack.push(new Sequence(stack.popToMark())); // TUPLE, LIST, FROZENSET
      case 'a' -> stack.append(stack.popLast(1)); // APPEND
      case 'e', 0x90 -> stack.append(stack.popToMark()); // APPENDS, ADDITEMS
      case '}' -> stack.push(new Dictionary()); // EMPTY_DICT
      case 's' -> stack.putAll(stack.popLast(2)); // SETITEM
      case 'u' -> stack.putAll(stack.popToMark()); // SETITEMS
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean memo(int code) {
    switch (code) {
      case 'q' -> stack.remember(in.u8()); // BINPUT
      case 'r' -> stack.remember(in.u32()); // LONG_BINPUT
      case 0x94 -> stack.rememberNext(); // MEMOIZE
      case 'h' -> stack.recall(in.u8()); // BINGET
      case 'j' -> stack.recall(in.u32()); // LONG_BINGET
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean object(int code) {
    switch (code) {
      case 'c' -> global(in.line(), in.line()); // GLOBAL
      case 'i' -> { // INST, of protocol 0: no writer of weights uses it, a name is still worth more
        rules.allow(new Global(in.line(), in.line()));
        return false;
      }
      case 0x93 -> { // STACK_GLOBAL
        String name = stack.popText();
        global(stack.popText(), name);
      }
      case 'R', 0x81 -> { // REDUCE, NEWOBJ
        Sequence arguments = stack.popSequence();
        stack.push(rules.make(stack.popGlobal(), arguments));
      }
      case 'b' -> build(stack.pop()); // BUILD
      case 'Q' -> stack.push(rules.persistent(stack.pop())); // BINPERSID
      default -> {
        return false;
      }
    }
    return true;
  }

  private void global(String module, String name) {
    Global global = new Global(module, name);
    rules.allow(global);
    stack.push(global);
  }

  /** A state given to anything but an object (an OrderedDict's attributes) says nothing here. */
  private void build(Value state) {
    if (stack.peek() instanceof Instance instance) {
      instance.setState(state);
    }
  }
}
