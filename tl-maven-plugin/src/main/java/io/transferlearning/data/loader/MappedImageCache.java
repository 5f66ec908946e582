package io.transferlearning.data.loader;

import io.transferlearning.data.image.Pixels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps images in a memory-mapped file: off the heap, in memory as far as the operating system has
 * some to spare, and on disk beyond that. The first images to come are kept until the budget is
 * used or the disk is full; nothing is ever driven out. Epochs visit every image once, so any
 * choice is as good as another, and the least recently used would be the worst.
 *
 * <p>On the heap an image takes 8 bytes, kept or not.
 */
public final class MappedImageCache implements ImageCache {
  /** Width and height stand before an image's bytes. */
  private static final int HEADER = 2 * Integer.BYTES;

  private final ScratchFile file;

  /** One more than where each image starts in the file; 0 for those that are not kept. */
  private final AtomicLongArray starts;

  /** Nothing more is kept: the disk is full, or its like. */
  private volatile boolean full;

  MappedImageCache(ScratchFile file, int images) {
    this.file = file;
    this.starts = new AtomicLongArray(images);
  }

  /**
   * An empty cache. Its file is gone when the cache is closed or the process ends; on most systems
   * it has no name while it is in use.
   *
   * @param file the file; its folder exists
   * @param images the length of the list that the cache belongs to
   * @param budget most bytes of the file
   */
  public static MappedImageCache open(Path file, int images, long budget) throws IOException {
    return new MappedImageCache(ScratchFile.create(file, budget), images);
  }

  /** How many bytes are free in a folder. */
  public static long free(Path folder) throws IOException {
    return Files.getFileStore(folder).getUsableSpace();
  }

  @Override
  public Pixels get(int index, Supplier<Pixels> maker) {
    Pixels known = read(index);
    if (known != null) {
      return known;
    }
    Pixels made = maker.get();
    if (!full) {
      keep(index, made);
    }
    return made;
  }

  private @Nullable Pixels read(int index) {
    long start = starts.get(index) - 1;
    if (start < 0) {
      return null;
    }
    try {
      byte[] header = new byte[HEADER];
      file.read(start, header);
      int width = ByteBuffer.wrap(header).getInt();
      int height = ByteBuffer.wrap(header).getInt(Integer.BYTES);
      byte[] rgb = new byte[width * height * Pixels.CHANNELS];
      file.read(start + HEADER, rgb);
      return new Pixels(width, height, rgb);
    } catch (IOException e) {
      // What can not be read is made again.
      return null;
    }
  }

  private void keep(int index, Pixels image) {
    try {
      long start = file.reserve(Math.addExact(HEADER, image.rgb().length));
      if (start >= 0) {
        ByteBuffer header = ByteBuffer.allocate(HEADER);
        file.write(start, header.putInt(image.width()).putInt(image.height()).array());
        file.write(start + HEADER, image.rgb());
        // Published last: whoever sees the start sees the bytes.
        starts.set(index, start + 1);
      }
    } catch (IOException e) {
      full = true;
    }
  }

  @Override
  public void close() {
    full = true;
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
