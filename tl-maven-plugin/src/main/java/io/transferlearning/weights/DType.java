package io.transferlearning.weights;

/** Element types of stored tensors, in safetensors' spelling. Integers occur as counters only. */
public enum DType {
  F64(8),
  F32(4),
  F16(2),
  BF16(2),
  I64(8),
  U8(1);

  private final int bytes;

  DType(int bytes) {
    this.bytes = bytes;
  }

  /** The size of an element, in bytes. */
  public int bytes() {
    return bytes;
  }

  /** Whether the elements are floating-point numbers, so that weights can be stored in it. */
  public boolean isFloating() {
    return this != I64 && this != U8;
  }
}
