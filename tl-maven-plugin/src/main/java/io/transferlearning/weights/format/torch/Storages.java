package io.transferlearning.weights.format.torch;

import java.nio.ByteBuffer;

/** Where the elements of a file's storages are. */
interface Storages {
  /**
   * All bytes of a storage, exactly as many as its elements take.
   *
   * @throws io.transferlearning.problem.Problem when the file has no such storage, or one of
   *     another size
   */
  ByteBuffer bytes(StorageRef storage);
}
