package io.transferlearning.weights.format.torch;

import io.transferlearning.weights.DType;
import io.transferlearning.weights.format.pickle.Value.Global;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** PyTorch's classes of storages: the element type of a tensor is that of its storage. */
enum StorageType {
  DOUBLE("DoubleStorage", 8, DType.F64),
  FLOAT("FloatStorage", 4, DType.F32),
  HALF("HalfStorage", 2, DType.F16),
  BFLOAT16("BFloat16Storage", 2, DType.BF16),
  LONG("LongStorage", 8, DType.I64),
  BYTE("ByteStorage", 1, DType.U8),
  INT("IntStorage", 4, null),
  SHORT("ShortStorage", 2, null),
  CHAR("CharStorage", 1, null),
  BOOL("BoolStorage", 1, null),
  COMPLEX_FLOAT("ComplexFloatStorage", 8, null),
  COMPLEX_DOUBLE("ComplexDoubleStorage", 16, null);

  private final String torchName;
  private final int bytes;
  private final @Nullable DType type;

  StorageType(String torchName, int bytes, @Nullable DType type) {
    this.torchName = torchName;
    this.bytes = bytes;
    this.type = type;
  }

  /** The type that a name means, if it means one. */
  static Optional<StorageType> of(Global global) {
    boolean torch = global.module().equals("torch") || global.module().equals("torch.cuda");
    return Arrays.stream(values())
        .filter(type -> torch && type.torchName.equals(global.name()))
        .findFirst();
  }

  /** The class's name in Python. */
  String torchName() {
    return torchName;
  }

  /** The size of an element, in bytes. */
  int bytes() {
    return bytes;
  }

  /** The element type, if weights can have it. */
  Optional<DType> type() {
    return Optional.ofNullable(type);
  }
}
