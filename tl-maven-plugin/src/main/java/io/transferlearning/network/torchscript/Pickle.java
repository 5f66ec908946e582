package io.transferlearning.network.torchscript;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes the few opcodes of Python's pickle protocol 2 that a TorchScript archive needs; their
 * meaning is documented in CPython's {@code pickletools}. There is deliberately no reader:
 * unpickling can run code.
 */
final class Pickle {
  private static final int PROTOCOL = 2;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  Pickle() {
    op(0x80).op(PROTOCOL);
  }

  /**
   * An instance of a class: its name, no constructor arguments; the state follows and {@link
   * #build()} sets it.
   */
  Pickle object(String module, String name) {
    return global(module, name).op(')').op(0x81);
  }

  /** Gives the object below the state on top. */
  Pickle build() {
    return op('b');
  }

  Pickle beginDictionary() {
    return op('}').op('(');
  }

  Pickle endDictionary() {
    return op('u');
  }

  Pickle string(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    op('X').int32(bytes.length);
    out.writeBytes(bytes);
    return this;
  }

  Pickle bool(boolean value) {
    return op(value ? 0x88 : 0x89);
  }

  Pickle none() {
    return op('N');
  }

  /** An integer: BININT where it fits 32 bits, else LONG1 of eight bytes. */
  Pickle integer(long value) {
    if (value == (int) value) {
      return op('J').int32((int) value);
    }
    op(0x8a).op(Long.BYTES);
    out.writeBytes(little(Long.BYTES).putLong(value).array());
    return this;
  }

  Pickle emptyTuple() {
    return op(')');
  }

  Pickle global(String module, String name) {
    op('c');
    out.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /**
   * A tensor without gaps that lies in the archive as {@code data/KEY}.
   *
   * @param storage torch's class of the storage, e.g. {@code FloatStorage}
   * @param layout of its elements
   */
  Pickle tensor(String storage, String key, List<Long> shape, Numerics.Layout layout) {
    long elements = shape.stream().reduce(1L, Math::multiplyExact);
    global("torch._utils", "_rebuild_tensor_v2").op('(');
    op('(').string("storage").global("torch", storage).string(key).string("cpu");
    integer(elements).op('t').op('Q');
    integer(0).integers(shape).integers(MemoryOrder.strides(shape, layout)).bool(false);
    return global("collections", "OrderedDict").op(')').op('R').op('t').op('R');
  }

  /** An empty list of tensors; torch's own reconstruction gives it its type. */
  Pickle emptyTensorList() {
    return global("torch.jit._pickle", "build_tensorlist").op('(').op(']').op('t').op('R');
  }

  /** The finished pickle. */
  byte[] finish() {
    op('.');
    return out.toByteArray();
  }

  private Pickle integers(List<Long> values) {
    op('(');
    values.forEach(this::integer);
    return op('t');
  }

  private Pickle op(int code) {
    out.write(code);
    return this;
  }

  private Pickle int32(int value) {
    out.writeBytes(little(Integer.BYTES).putInt(value).array());
    return this;
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
