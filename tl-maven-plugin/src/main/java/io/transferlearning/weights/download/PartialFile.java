package io.transferlearning.weights.download;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * What has come of a file so far, under a name that nobody takes for the file, and beside it what
 * the server said of the file, so that a later build can ask for the rest of the same one.
 */
final class PartialFile {
  /** Of a file whose size the server did not tell. */
  static final long UNKNOWN = -1;

  private final Path data;
  private final Path facts;

  PartialFile(Path file) {
    this.data = file.resolveSibling(file.getFileName() + ".part");
    this.facts = file.resolveSibling(file.getFileName() + ".part.txt");
  }

  /**
   * What the server said.
   *
   * @param validator an ETag or a date that changes with the file; empty for nothing
   * @param total the file's bytes, or {@link #UNKNOWN}
   */
  record Facts(String validator, long total) {}

  Path data() {
    return data;
  }

  /** The bytes that have come. */
  long size() throws IOException {
    return Files.exists(data) ? Files.size(data) : 0;
  }

  /** What the server said when they came; empty where they can not be gone on with. */
  Optional<Facts> facts() throws IOException {
    if (!Files.exists(facts)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(facts);
    try {
      return Optional.of(new Facts(lines.get(0), Long.parseLong(lines.get(1))));
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Begins again with another file. */
  void begin(Facts said) throws IOException {
    Files.write(data, new byte[0]);
    Files.write(facts, List.of(said.validator(), Long.toString(said.total())));
  }

  /** Opens the file for what comes next. */
  FileChannel append() throws IOException {
    return FileChannel.open(
        data, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
  }

  static void write(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Removes everything. */
  void discard() throws IOException {
    Files.deleteIfExists(data);
    forgetFacts();
  }

  void forgetFacts() throws IOException {
    Files.deleteIfExists(facts);
  }
}
