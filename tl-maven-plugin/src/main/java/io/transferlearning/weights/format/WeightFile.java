package io.transferlearning.weights.format;

import io.transferlearning.problem.Problem;
import io.transferlearning.problem.WeightProblems;
import io.transferlearning.weights.StateDict;
import io.transferlearning.weights.format.bytes.FileBytes;
import io.transferlearning.weights.format.bytes.MappedFile;
import io.transferlearning.weights.format.onnx.Onnx;
import io.transferlearning.weights.format.torch.TorchLegacy;
import io.transferlearning.weights.format.torch.TorchZip;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A file of weights in any format that is read: safetensors, PyTorch's {@code .pth} in its zip form
 * and the older one, TorchScript archives. The content decides which, never the name. No reader
 * runs anything that a file holds, and each takes time and memory in proportion to the file.
 */
public final class WeightFile {
  private WeightFile() {}

  /**
   * Reads a file. Tensors are views of the file mapped into memory wherever their elements lie in
   * order, so the file must not be changed while they are in use.
   *
   * @throws Problem when the file can not be read, is of no known format, or is damaged
   */
  public static StateDict read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw WeightProblems.noFile(file.toString());
    }
    try (MappedFile bytes = MappedFile.open(file)) {
      return read(file.toString(), bytes);
    } catch (UncheckedIOException e) {
      throw WeightProblems.unreadable(file.toString(), Objects.requireNonNull(e.getCause()));
    } catch (IOException e) {
      throw WeightProblems.unreadable(file.toString(), e);
    }
  }

  /**
   * Reads a file from its bytes.
   *
   * @param file its name, for messages
   */
  static StateDict read(String file, FileBytes bytes) {
    return switch (FileKind.of(file, bytes)) {
      case SAFETENSORS -> Safetensors.read(file, bytes);
      case ZIP -> TorchZip.read(file, bytes);
      case PICKLE -> TorchLegacy.read(file, bytes);
      case ONNX -> Onnx.read(file, bytes);
    };
  }
}
