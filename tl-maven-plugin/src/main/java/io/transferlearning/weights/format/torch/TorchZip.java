package io.transferlearning.weights.format.torch;

import io.transferlearning.problem.Problem;
import io.transferlearning.problem.TorchProblems;
import io.transferlearning.weights.StateDict;
import io.transferlearning.weights.format.bytes.FileBytes;
import io.transferlearning.weights.format.pickle.Unpickler;
import io.transferlearning.weights.format.pickle.Value;
import io.transferlearning.weights.format.zip.ZipArchive;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The zip archives that PyTorch writes since 1.6: by torch.save, and as TorchScript. One folder
 * holds {@code data.pkl}, which describes the tensors, and {@code data/KEY} for each storage;
 * TorchScript adds code, which is not even unpacked.
 */
public final class TorchZip implements Storages {
  private static final String PICKLE = "data.pkl";

  private final String file;
  private final ZipArchive zip;
  private final String folder;
  private final Map<String, ByteBuffer> contents = new HashMap<>();

  private TorchZip(String file, ZipArchive zip, String folder) {
    this.file = file;
    this.zip = zip;
    this.folder = folder;
  }

  /**
   * The tensors of an archive.
   *
   * @param file its name, for messages
   * @throws Problem when the archive is damaged, hostile, or has no tensors
   */
  public static StateDict read(String file, FileBytes bytes) {
    ZipArchive zip = ZipArchive.open(file, bytes);
    return new TorchZip(file, zip, folder(file, zip)).read(bytes.size());
  }

  /** The folder of the archive, with its slash: the one that has a pickle. */
  private static String folder(String file, ZipArchive zip) {
    List<String> pickles =
        zip.names().stream()
            .filter(
                name -> name.endsWith("/" + PICKLE) && name.indexOf('/') == name.lastIndexOf('/'))
            .toList();
    if (pickles.size() != 1) {
      boolean old = zip.names().stream().anyMatch(name -> name.endsWith("/model.json"));
      throw old ? TorchProblems.oldScript(file) : TorchProblems.otherZip(file, zip.names());
    }
    return pickles.get(0).substring(0, pickles.get(0).length() - PICKLE.length());
  }

  private StateDict read(long fileBytes) {
    requireLittleEndian();
    boolean script =
        zip.names().stream()
            .anyMatch(
                name -> name.equals(folder + "constants.pkl") || name.startsWith(folder + "code/"));
    ByteBuffer pickle = zip.content(folder + PICKLE).orElseThrow();
    Value value = Unpickler.read(file, pickle, new TorchNames(file, script)).value();
    Map<String, StridedTensor> described =
        script ? ModuleTree.tensors(file, value) : new Checkpoint(file).tensors(value);
    return new DenseTensors(file, fileBytes, this).all(described);
  }

  private void requireLittleEndian() {
    Optional<ByteBuffer> order = zip.content(folder + "byteorder");
    if (order.isPresent()
        && !StandardCharsets.UTF_8.decode(order.get()).toString().strip().equals("little")) {
      throw TorchProblems.bigEndian(file);
    }
  }

  @Override
  public ByteBuffer bytes(StorageRef storage) {
    ByteBuffer content =
        contents.computeIfAbsent(
            storage.key(),
            key ->
                zip.content(folder + "data/" + key)
                    .orElseThrow(() -> TorchProblems.noStorage(file, key)));
    // In whole elements: a claimed number of bytes could overflow.
    int width = storage.type().bytes();
    if (content.capacity() % width != 0 || content.capacity() / width != storage.elements()) {
      throw TorchProblems.storageSize(
          file, storage.key(), content.capacity(), storage.type().torchName(), storage.elements());
    }
    return content;
  }
}
