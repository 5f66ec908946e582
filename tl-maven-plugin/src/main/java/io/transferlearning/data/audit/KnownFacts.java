package io.transferlearning.data.audit;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/**
 * What audits found out about the images of a dataset, in a file that later audits read. Facts are
 * found by the content of a file, never by its name, size or time, so they can not be out of date.
 * A file that can not be used is as good as none.
 */
final class KnownFacts {
  private static final int MAGIC = 0x544C4146;

  /** Changes with whatever changes the pixels or the damage that is found. */
  private static final int VERSION = 3;

  private KnownFacts() {}

  /** What the file says, by content; empty where it is missing, damaged or of another version. */
  static Map<Digest, ImageFacts> read(Path file) {
    CRC32 checksum = new CRC32();
    try (InputStream stored = new BufferedInputStream(Files.newInputStream(file));
        DataInputStream in = new DataInputStream(new CheckedInputStream(stored, checksum))) {
      if (in.readInt() != MAGIC || in.readInt() != VERSION) {
        return Map.of();
      }
      int size = in.readInt();
      Map<Digest, ImageFacts> known = new HashMap<>();
      for (int i = 0; i < size; i++) {
        ImageFacts facts = facts(in);
        known.put(facts.content(), facts);
      }
      int sum = (int) checksum.getValue();
      return in.readInt() == sum ? known : Map.of();
    } catch (IOException e) {
      return Map.of();
    }
  }

  private static ImageFacts facts(DataInputStream in) throws IOException {
    Digest content = new Digest(in.readLong(), in.readLong());
    Digest pixels = new Digest(in.readLong(), in.readLong());
    int width = in.readInt();
    int height = in.readInt();
    String damage = in.readUTF();
    return new ImageFacts(content, pixels, width, height, damage.isEmpty() ? null : damage);
  }

  /** Replaces the file at once: other builds see the old one or the new one. */
  static void write(Path file, Collection<ImageFacts> all) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Path partial = Files.createTempFile(file.toAbsolutePath().getParent(), "facts", ".partial");
    try {
      write(partial, all, new CRC32());
      Files.move(
          partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  private static void write(Path file, Collection<ImageFacts> all, CRC32 sum) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(
            new CheckedOutputStream(new BufferedOutputStream(Files.newOutputStream(file)), sum))) {
      out.writeInt(MAGIC);
      out.writeInt(VERSION);
      out.writeInt(all.size());
      for (ImageFacts facts : all) {
        out.writeLong(facts.content().high());
        out.writeLong(facts.content().low());
        out.writeLong(facts.pixels().high());
        out.writeLong(facts.pixels().low());
        out.writeInt(facts.width());
        out.writeInt(facts.height());
        out.writeUTF(facts.damage() == null ? "" : facts.damage());
      }
      out.writeInt((int) sum.getValue());
    }
  }
}
