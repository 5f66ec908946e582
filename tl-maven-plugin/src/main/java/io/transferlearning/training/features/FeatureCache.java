package io.transferlearning.training.features;

import io.transferlearning.data.loader.MappedImageCache;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Features of images that were computed before, by any build: by the group of trunk and
 * preprocessing, and by the image's content. A help and nothing more: whatever goes wrong with its
 * files, a value is not found or not kept, and the build goes on. Not safe for several threads.
 */
public final class FeatureCache implements AutoCloseable {
  /**
   * A file is followed by another when it is as long as this: what is driven out is whole files.
   */
  private static final long SEGMENT = 64L << 20;

  /** The most of a disk's free room that a build adds: what it computes needs room, too. */
  private static final double SHARE_OF_DISK = 0.3;

  private final Path folder;
  private final Path group;
  private final long budget;
  private final Map<ByteBuffer, Segment.Place> places = new HashMap<>();
  private final List<Segment> open = new ArrayList<>();
  private final Set<Segment> used = new LinkedHashSet<>();
  private @Nullable Segment writing;

  /** What values have come to that were found or put, within the budget or not. */
  private long bytes;

  /** What may still be put, for the disk's sake. */
  private long left;

  private boolean full;

  /** How many bytes are free on the disk of a folder. */
  interface DiskRoom {
    long of(Path folder) throws IOException;
  }

  private FeatureCache(Path folder, Path group, long budget) {
    this.folder = folder;
    this.group = group;
    this.budget = budget;
    this.full = budget <= 0;
  }

  /**
   * Opens what there is of a group.
   *
   * @param folder of all groups; made where it is missing
   * @param group names the trunk, the preprocessing and everything else that features depend on
   *     beside the image
   * @param budget bytes that all groups may take together; of more, the files least recently used
   *     are deleted at the end. 0 for no cache
   */
  public static FeatureCache open(Path folder, String group, long budget) {
    return open(folder, group, budget, MappedImageCache::free);
  }

  static FeatureCache open(Path folder, String group, long budget, DiskRoom room) {
    FeatureCache cache = new FeatureCache(folder, folder.resolve(group), budget);
    if (budget > 0) {
      cache.index(room);
    }
    return cache;
  }

  private void index(DiskRoom room) {
    try {
      Files.createDirectories(group);
      files(group).forEach(each -> index(each.file()));
      left = (long) (room.of(group) * SHARE_OF_DISK);
    } catch (IOException e) {
      full = true;
    }
  }

  private void index(Path file) {
    try {
      Segment segment = Segment.open(file);
      open.add(segment);
      // Two builds at once, or one that found an entry damaged, write the same key.
      segment.entries(
          (key, place) -> places.merge(key, place, (earlier, later) -> later.or(earlier)));
    } catch (IOException e) {
      // Another build has deleted it, which says nothing of the others.
    }
  }

  /** The value of an image; empty where there is none. */
  public Optional<byte[]> get(byte[] key) {
    ByteBuffer name = ByteBuffer.wrap(key);
    for (Segment.Place place = places.get(name); place != null; place = place.other()) {
      Optional<byte[]> value = read(name, place);
      if (value.isPresent()) {
        used.add(place.segment());
        bytes += place.length();
        return value;
      }
    }
    return Optional.empty();
  }

  private static Optional<byte[]> read(ByteBuffer name, Segment.Place place) {
    try {
      return place.segment().read(name, place);
    } catch (IOException e) {
      // As good as damaged.
      return Optional.empty();
    }
  }

  /** Keeps a value, where there is room. */
  public void put(byte[] key, byte[] value) {
    bytes += value.length;
    left -= value.length;
    // A build that needs more than the whole cache keeps its first part, instead of driving out
    // with the end of a pass what the next pass begins with.
    full |= bytes > budget || left < 0;
    if (full) {
      return;
    }
    try {
      if (writing == null) {
        writing = Segment.create(group.resolve(UUID.randomUUID() + Segment.SUFFIX));
        open.add(writing);
      }
      if (writing.append(ByteBuffer.wrap(key), value) >= SEGMENT) {
        writing = null;
      }
    } catch (IOException e) {
      // A full disk, most likely.
      full = true;
    }
  }

  /** Marks what was used, and deletes what was not for the longest time where all is too much. */
  @Override
  public void close() {
    for (Segment segment : open) {
      try {
        segment.close();
        if (used.contains(segment)) {
          Files.setLastModifiedTime(segment.file(), FileTime.from(Instant.now()));
        }
      } catch (IOException e) {
        // Another build has deleted it.
      }
    }
    if (budget > 0) {
      shrink();
    }
  }

  private void shrink() {
    try {
      List<Found> files = files(folder);
      long all = files.stream().mapToLong(Found::bytes).sum();
      for (Found each : files) {
        if (all <= budget) {
          return;
        }
        all -= each.bytes();
        Files.deleteIfExists(each.file());
      }
    } catch (IOException e) {
      // The next build will try again.
    }
  }

  /** A segment's file. */
  private record Found(Path file, FileTime used, long bytes) {}

  /** Those below a folder, the least recently used first. */
  private static List<Found> files(Path below) throws IOException {
    List<Found> found = new ArrayList<>();
    Files.walkFileTree(
        below,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(Segment.SUFFIX)) {
              found.add(new Found(file, attributes.lastModifiedTime(), attributes.size()));
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            // Another build has deleted it, or a folder is not for this one to read.
            return FileVisitResult.CONTINUE;
          }
        });
    return found.stream()
        .sorted(Comparator.comparing(Found::used).thenComparing(Found::file))
        .toList();
  }
}
