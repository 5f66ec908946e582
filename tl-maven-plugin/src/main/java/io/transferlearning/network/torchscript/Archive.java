package io.transferlearning.network.torchscript;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The zip of a TorchScript archive: stored entries below one folder, each starting at a multiple of
 * 64 bytes so that tensors can be mapped, with a fixed time so that the same content gives the same
 * bytes.
 */
final class Archive implements AutoCloseable {
  private static final int ALIGNMENT = 64;
  private static final int LOCAL_HEADER = 30;
  private static final int EXTRA_HEADER = 4;

  /** The id that torch's own writer gives its padding ("FB"). */
  private static final int PADDING_ID = 0x4246;

  /**
   * Java writes the first midnight of 1980 with a second time stamp, which depends on the time zone
   * and moves the content: this is after it.
   */
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

  private final String folder;
  private final ZipOutputStream zip;
  private final WritableByteChannel channel;
  private long position;

  Archive(Path file, String folder) throws IOException {
    this.folder = folder;
    OutputStream out = Files.newOutputStream(file);
    zip = new ZipOutputStream(out);
    channel = Channels.newChannel(zip);
  }

  /** Adds an entry of the buffer's remaining bytes. */
  void add(String name, ByteBuffer content) throws IOException {
    ZipEntry entry = new ZipEntry(folder + "/" + name);
    int size = content.remaining();
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(size);
    entry.setCompressedSize(size);
    entry.setCrc(crc(content));
    entry.setTimeLocal(TIME);
    long header = position + LOCAL_HEADER + entry.getName().length();
    entry.setExtra(padding(header));
    zip.putNextEntry(entry);
    channel.write(content.duplicate());
    zip.closeEntry();
    position = header + entry.getExtra().length + size;
  }

  void add(String name, byte[] content) throws IOException {
    add(name, ByteBuffer.wrap(content));
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }

  private static byte[] padding(long header) {
    int gap = (int) (ALIGNMENT - (header + EXTRA_HEADER) % ALIGNMENT) % ALIGNMENT;
    ByteBuffer extra =
        ByteBuffer.allocate(EXTRA_HEADER + gap).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    return extra.putShort((short) PADDING_ID).putShort((short) gap).array();
  }

  private static long crc(ByteBuffer content) {
    CRC32 crc = new CRC32();
    crc.update(content.duplicate());
    return crc.getValue();
  }
}
