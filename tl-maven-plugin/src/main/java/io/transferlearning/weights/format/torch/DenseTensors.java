package io.transferlearning.weights.format.torch;

import io.transferlearning.problem.TorchProblems;
import io.transferlearning.problem.WeightProblems;
import io.transferlearning.weights.DType;
import io.transferlearning.weights.StateDict;
import io.transferlearning.weights.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns what a pickle says of tensors into tensors. Those whose elements lie in order stay views of
 * the file; others, such as weights in channels_last, are copied, all together to no more bytes
 * than the file has.
 */
final class DenseTensors {
  /** More dimensions than PyTorch handles. */
  private static final int MOST_DIMENSIONS = 64;

  private final String file;
  private final long fileBytes;
  private final Storages storages;
  private long copied;

  DenseTensors(String file, long fileBytes, Storages storages) {
    this.file = file;
    this.fileBytes = fileBytes;
    this.storages = storages;
  }

  /**
   * All tensors that a file describes, in order.
   *
   * @throws io.transferlearning.problem.Problem as {@link #of}
   */
  StateDict all(Map<String, StridedTensor> described) {
    if (described.containsKey(StateDict.METADATA)) {
      throw TorchProblems.reservedName(file, StateDict.METADATA);
    }
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    described.forEach((name, tensor) -> tensors.put(name, of(name, tensor)));
    return StateDict.of(tensors);
  }

  /** A dimension of more than one element. */
  private record Dimension(long size, long stride) {}

  /**
   * The tensor.
   *
   * @param name what it is called in the file
   * @throws io.transferlearning.problem.Problem when a number is negative or leaves the storage,
   *     when elements share bytes, or the element type is none of weights
   */
  private Tensor of(String name, StridedTensor described) {
    StorageRef storage = described.storage();
    DType type =
        storage
            .type()
            .type()
            .orElseThrow(() -> TorchProblems.storageType(file, name, storage.type().torchName()));
    List<Long> sizes = described.sizes();
    long elements = elements(name, described);
    if (elements == 0) {
      return new Tensor(type, sizes, ByteBuffer.allocate(0));
    }
    requireInside(name, described);
    ByteBuffer all = storages.bytes(storage);
    long size = elements * type.bytes();
    if (size > Integer.MAX_VALUE) {
      throw WeightProblems.tensorTooLarge(file, name, size);
    }
    int begin = (int) ((storage.start() + described.offset()) * type.bytes());
    if (inOrder(described)) {
      return new Tensor(type, sizes, all.slice(begin, (int) size));
    }
    requireApart(name, described);
    copied += size;
    if (copied > fileBytes) {
      throw TorchProblems.tooManyCopies(file, name, copied, fileBytes);
    }
    ByteBuffer rest = all.slice(begin, all.capacity() - begin).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer target = ByteBuffer.allocate((int) size).order(ByteOrder.LITTLE_ENDIAN);
    copy(rest, 0, described, 0, type.bytes(), target);
    return new Tensor(type, sizes, target.flip());
  }

  private long elements(String name, StridedTensor described) {
    List<Long> sizes = described.sizes();
    if (sizes.size() != described.strides().size() || sizes.size() > MOST_DIMENSIONS) {
      throw TorchProblems.dimensions(file, name, sizes.size(), described.strides().size());
    }
    try {
      long elements = 1;
      for (long size : sizes) {
        if (size < 0) {
          throw TorchProblems.negative(file, name, "shape", sizes.toString());
        }
        elements = Math.multiplyExact(elements, size);
      }
      Math.multiplyExact(elements, (long) Double.BYTES);
      return elements;
    } catch (ArithmeticException e) {
      throw TorchProblems.beyondStorage(file, name, described.sizes(), described.strides());
    }
  }

  private void requireInside(String name, StridedTensor described) {
    StorageRef storage = described.storage();
    if (described.offset() < 0) {
      throw TorchProblems.negative(file, name, "offset", Long.toString(described.offset()));
    }
    if (described.strides().stream().anyMatch(stride -> stride < 0)) {
      throw TorchProblems.negative(file, name, "strides", described.strides().toString());
    }
    if (storage.elements() < 0
        || storage.start() < 0
        || storage.length() < 0
        || storage.start() > storage.elements()
        || storage.length() > storage.elements() - storage.start()) {
      throw TorchProblems.storageReference(file);
    }
    if (last(described) >= storage.length()) {
      throw TorchProblems.beyondStorage(file, name, described.sizes(), described.strides());
    }
  }

  /** The last element's place in the storage; the largest number where it overflows. */
  private static long last(StridedTensor described) {
    try {
      long last = described.offset();
      for (int i = 0; i < described.sizes().size(); i++) {
        long steps = described.sizes().get(i) - 1;
        last = Math.addExact(last, Math.multiplyExact(steps, (long) described.strides().get(i)));
      }
      return last;
    } catch (ArithmeticException e) {
      return Long.MAX_VALUE;
    }
  }

  private static boolean inOrder(StridedTensor described) {
    long expected = 1;
    for (int i = described.sizes().size() - 1; i >= 0; i--) {
      if (described.sizes().get(i) != 1) {
        if (described.strides().get(i) != expected) {
          return false;
        }
        expected *= described.sizes().get(i);
      }
    }
    return true;
  }

  /** Each dimension must step over all elements of those with smaller steps. */
  private void requireApart(String name, StridedTensor described) {
    List<Dimension> dimensions = new ArrayList<>();
    for (int i = 0; i < described.sizes().size(); i++) {
      if (described.sizes().get(i) > 1) {
        dimensions.add(new Dimension(described.sizes().get(i), described.strides().get(i)));
      }
    }
    dimensions.sort(Comparator.comparingLong(Dimension::stride));
    long reach = 0;
    for (Dimension dimension : dimensions) {
      if (dimension.stride() <= reach) {
        throw TorchProblems.sharedElements(file, name, described.sizes(), described.strides());
      }
      reach += (dimension.size() - 1) * dimension.stride();
    }
  }

  /** Copies a dimension and those inside it; {@code at} counts elements. */
  private static void copy(
      ByteBuffer from, long at, StridedTensor described, int dimension, int width, ByteBuffer to) {
    if (dimension == described.sizes().size()) {
      copyElement(from, (int) (at * width), width, to);
      return;
    }
    long size = described.sizes().get(dimension);
    long stride = described.strides().get(dimension);
    for (long i = 0; i < size; i++) {
      copy(from, at + i * stride, described, dimension + 1, width, to);
    }
  }

  private static void copyElement(ByteBuffer from, int at, int width, ByteBuffer to) {
    switch (width) {
      case Long.BYTES -> to.putLong(from.getLong(at));
      case Integer.BYTES -> to.putInt(from.getInt(at));
      case Short.BYTES -> to.putShort(from.getShort(at));
      default -> to.put(from.get(at));
    }
  }
}
