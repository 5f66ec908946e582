package io.transferlearning.weights.format.torch;

import io.transferlearning.problem.Problem;
import io.transferlearning.problem.TorchProblems;
import io.transferlearning.problem.ZipProblems;
import io.transferlearning.weights.StateDict;
import io.transferlearning.weights.format.bytes.FileBytes;
import io.transferlearning.weights.format.pickle.Unpickler;
import io.transferlearning.weights.format.pickle.Unpickler.Unpickled;
import io.transferlearning.weights.format.pickle.Value;
import io.transferlearning.weights.format.pickle.Value.Bool;
import io.transferlearning.weights.format.pickle.Value.Dictionary;
import io.transferlearning.weights.format.pickle.Value.Huge;
import io.transferlearning.weights.format.pickle.Value.Sequence;
import io.transferlearning.weights.format.pickle.Value.Text;
import io.transferlearning.weights.format.pickle.Value.Whole;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * What torch.save wrote before 1.6, and still writes when asked to: five pickles (a magic number, a
 * version, facts about the system, the object, the keys of its storages), and then each storage as
 * a count of elements in 64 bits and the elements.
 */
public final class TorchLegacy implements Storages {
  /** 0x1950a86a20f9469cfc6c. */
  private static final Value MAGIC = new Huge("6cfc9c46f9206aa85019");

  private static final Value VERSION = new Whole(1001);

  private final String file;
  private final FileBytes bytes;
  private final Map<String, Span> spans = new HashMap<>();
  private long position;

  /** Where the elements of a storage are, in bytes. */
  private record Span(long begin, long size) {}

  private TorchLegacy(String file, FileBytes bytes) {
    this.file = file;
    this.bytes = bytes;
  }

  /**
   * The tensors of a file.
   *
   * @param file its name, for messages
   * @throws Problem when it is damaged or hostile, is another pickle, or has no tensors
   */
  public static StateDict read(String file, FileBytes bytes) {
    return new TorchLegacy(file, bytes).read();
  }

  private StateDict read() {
    if (!next().equals(MAGIC)) {
      throw TorchProblems.otherPickle(file);
    }
    if (!next().equals(VERSION)) {
      throw TorchProblems.legacyVersion(file);
    }
    if (next() instanceof Dictionary system && system.get("little_endian") != Bool.TRUE) {
      throw TorchProblems.bigEndian(file);
    }
    TorchNames names = new TorchNames(file, false);
    Map<String, StridedTensor> described = new Checkpoint(file).tensors(next(names));
    if (!(next() instanceof Sequence keys)) {
      throw TorchProblems.storageReference(file);
    }
    for (Value key : keys.items()) {
      find(key, names.storages());
    }
    return new DenseTensors(file, bytes.size(), this).all(described);
  }

  /** Passes over the next storage, whose key must have been mentioned with its type. */
  private void find(Value key, Map<String, StorageType> types) {
    StorageType type = key instanceof Text text ? types.get(text.text()) : null;
    if (type == null || !bytes.holds(position, Long.BYTES)) {
      throw TorchProblems.storageReference(file);
    }
    String name = ((Text) key).text();
    long elements = bytes.slice(position, Long.BYTES).getLong();
    long begin = position + Long.BYTES;
    if (elements < 0 || elements > (bytes.size() - begin) / type.bytes()) {
      throw TorchProblems.storageBeyondFile(file, name, elements, type.torchName());
    }
    long size = elements * type.bytes();
    if (spans.put(name, new Span(begin, size)) != null) {
      throw TorchProblems.storageTwice(file, name);
    }
    position = begin + size;
  }

  @Override
  public ByteBuffer bytes(StorageRef storage) {
    Span span = spans.get(storage.key());
    if (span == null) {
      throw TorchProblems.noStorage(file, storage.key());
    }
    if (span.size() > Integer.MAX_VALUE) {
      throw ZipProblems.tooLarge(file, storage.key(), span.size());
    }
    if (span.size() / storage.type().bytes() != storage.elements()) {
      throw TorchProblems.storageSize(
          file, storage.key(), span.size(), storage.type().torchName(), storage.elements());
    }
    return bytes.slice(span.begin(), span.size());
  }

  private Value next() {
    return next(new TorchNames(file, false));
  }

  private Value next(TorchNames names) {
    long rest = Math.min(bytes.size() - position, Unpickler.MOST_BYTES);
    Unpickled pickle = Unpickler.read(file, bytes.slice(position, rest), names);
    position += pickle.bytes();
    return pickle.value();
  }
}
