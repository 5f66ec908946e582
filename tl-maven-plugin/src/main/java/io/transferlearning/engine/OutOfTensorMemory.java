package io.transferlearning.engine;

import ai.djl.engine.EngineException;

/** libtorch cannot have the memory that a call needs; nothing else is wrong. */
public final class OutOfTensorMemory extends RuntimeException {
  private static final long serialVersionUID = 1;

  private OutOfTensorMemory(EngineException cause) {
    super(cause.getMessage(), cause);
  }

  /** The exception that a failed call means: this one where memory was what it lacked. */
  static RuntimeException of(EngineException failure) {
    String message = String.valueOf(failure.getMessage());
    // The words of c10's CPU allocator and of its CUDA allocator.
    boolean memory = message.contains("CPUAllocator") || message.contains("CUDA out of memory");
    return memory ? new OutOfTensorMemory(failure) : failure;
  }
}
