package io.transferlearning.engine;

import ai.djl.pytorch.jni.JniUtils;

/** libtorch's threads: replicas on the CPU would take more of them than there are processors. */
public final class TorchThreads {
  private TorchThreads() {}

  /** Sets the threads of an operation, for this thread and for those that start. */
  public static void set(int threads) {
    JniUtils.setNumThreads(threads);
  }
}
