package io.transferlearning.data.audit;

import io.transferlearning.data.Dataset;
import io.transferlearning.data.LabeledImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A folder of what audits found out: a file for each dataset, by the place of its class folders.
 * Each holds the facts of the images that were there at the last audit, and no others; a file that
 * was not used for a while is deleted when another is written.
 */
final class AuditCache {
  private static final Duration UNUSED = Duration.ofDays(60);
  private static final String SUFFIX = ".audit";

  private final Path file;

  private AuditCache(Path file) {
    this.file = file;
  }

  /** The file of a dataset; it need not exist. */
  static AuditCache of(Path folder, Dataset dataset) {
    TreeSet<String> places = new TreeSet<>();
    for (List<LabeledImage> split :
        List.of(dataset.train(), dataset.validation(), dataset.test())) {
      split.stream()
          .limit(1)
          .forEach(image -> places.add(String.valueOf(image.file().toAbsolutePath().getParent())));
    }
    byte[] text = String.join("\n", places).getBytes(StandardCharsets.UTF_8);
    return new AuditCache(folder.resolve("%016x".formatted(Digest.of(text).high()) + SUFFIX));
  }

  Map<Digest, ImageFacts> read() {
    return KnownFacts.read(file);
  }

  /** The cache spares time and nothing else: where it can not be written, the audit is the same. */
  void write(Map<Digest, ImageFacts> facts) {
    try {
      KnownFacts.write(file, facts.values());
      deleteUnused();
    } catch (IOException e) {
      // A full disk, or a folder that may not be written to.
      return;
    }
  }

  /** Keeps the file from being taken for unused; once a day is enough. */
  void touch() {
    try {
      Instant now = Instant.now();
      if (Files.getLastModifiedTime(file).toInstant().isBefore(now.minus(Duration.ofDays(1)))) {
        Files.setLastModifiedTime(file, FileTime.from(now));
      }
    } catch (IOException e) {
      // It may be deleted then, and is made again.
      return;
    }
  }

  private void deleteUnused() throws IOException {
    Instant oldest = Instant.now().minus(UNUSED);
    try (Stream<Path> files = Files.list(file.toAbsolutePath().getParent())) {
      for (Path one : files.filter(path -> path.toString().endsWith(SUFFIX)).toList()) {
        if (Files.getLastModifiedTime(one).toInstant().isBefore(oldest)) {
          Files.deleteIfExists(one);
        }
      }
    }
  }
}
