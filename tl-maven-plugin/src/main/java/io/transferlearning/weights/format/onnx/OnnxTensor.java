package io.transferlearning.weights.format.onnx;

import io.transferlearning.problem.OnnxProblems;
import io.transferlearning.problem.Problem;
import io.transferlearning.problem.WeightProblems;
import io.transferlearning.weights.DType;
import io.transferlearning.weights.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a TensorProto: its bytes are raw, or numbers in a field for their type. */
final class OnnxTensor {
  /** The numbers that ONNX gives the types that weights can have. */
  private static final Map<Long, DType> TYPES =
      Map.of(
          1L, DType.F32,
          2L, DType.U8,
          7L, DType.I64,
          10L, DType.F16,
          11L, DType.F64,
          16L, DType.BF16);

  private static final int MOST_DIMENSIONS = 64;
  private static final long EXTERNAL = 1;

  /** Numbers are written in one piece; one by one they would take many times the file's memory. */
  private static final int MOST_PIECES = 4096;

  private final String file;
  private final List<Long> shape = new ArrayList<>();
  private String name = "";
  private long type;
  private boolean external;
  private Optional<ByteBuffer> raw = Optional.empty();

  /** What stood in the fields for numbers, piece by piece. */
  private final List<ByteBuffer> pieces = new ArrayList<>();

  private OnnxTensor(String file) {
    this.file = file;
  }

  /** Takes in a tensor's description; the content is looked at later. */
  static OnnxTensor read(String file, ProtoReader message) {
    OnnxTensor tensor = new OnnxTensor(file);
    while (message.next()) {
      tensor.take(message);
    }
    return tensor;
  }

  private void take(ProtoReader message) {
    switch (message.field()) {
      case 1 -> message.numbers(this::dimension);
      case 2 -> type = message.number();
      case 3 -> throw OnnxProblems.segment(file);
      case 4, 10 -> add(message.reals()); // float_data, double_data
      case 5 -> add(message.integers(width())); // int32_data: also 16-bit floats and bytes
      case 7 -> add(message.integers(Long.BYTES)); // int64_data
      case 8 -> name = message.text();
      case 9 -> raw = Optional.of(message.bytes());
      case 13 -> external = true; // external_data
      case 14 -> external |= message.number() == EXTERNAL; // data_location
      default -> {
        // Documentation, and types that are no weights.
      }
    }
  }

  private void dimension(long size) {
    if (shape.size() == MOST_DIMENSIONS) {
      throw OnnxProblems.dimensions(file, name, MOST_DIMENSIONS);
    }
    shape.add(size);
  }

  private void add(ByteBuffer piece) {
    if (pieces.size() == MOST_PIECES) {
      throw OnnxProblems.damaged(file);
    }
    pieces.add(piece);
  }

  private int width() {
    DType known = TYPES.get(type);
    return known == null ? Integer.BYTES : known.bytes();
  }

  /** The tensor's name. */
  String name() {
    return name;
  }

  /** Whether the elements are floating-point numbers. */
  boolean isFloating() {
    DType known = TYPES.get(type);
    return known != null && known.isFloating();
  }

  /** The sizes, not checked. */
  List<Long> shape() {
    return shape;
  }

  /**
   * The tensor.
   *
   * @throws Problem when shape and content contradict each other, or the content is elsewhere
   */
  Tensor tensor() {
    if (external) {
      throw OnnxProblems.externalData(file, name);
    }
    DType known = TYPES.get(type);
    if (known == null) {
      throw OnnxProblems.type(file, name, type);
    }
    long expected = known.bytes();
    try {
      for (long size : shape) {
        if (size < 0) {
          throw OnnxProblems.negative(file, name, shape);
        }
        expected = Math.multiplyExact(expected, size);
      }
    } catch (ArithmeticException e) {
      throw OnnxProblems.size(file, name, known.name(), shape, content());
    }
    if (expected != content()) {
      throw OnnxProblems.size(file, name, known.name(), shape, content());
    }
    if (expected > Integer.MAX_VALUE) {
      throw WeightProblems.tensorTooLarge(file, name, expected);
    }
    return new Tensor(known, shape, raw.orElseGet(() -> joined((int) content())));
  }

  private long content() {
    return raw.map(bytes -> (long) bytes.capacity())
        .orElseGet(() -> pieces.stream().mapToLong(ByteBuffer::capacity).sum());
  }

  private ByteBuffer joined(int size) {
    if (pieces.size() == 1) {
      return pieces.get(0);
    }
    ByteBuffer joined = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    pieces.forEach(piece -> joined.put(piece.duplicate()));
    return joined.flip();
  }
}
