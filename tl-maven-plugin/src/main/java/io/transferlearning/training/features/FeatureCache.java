package io.transferlearning.training.features;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
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
import java.util.stream.Stream;
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

  private final Path folder;
  private final Path group;
  private final long budget;
  private final Map<ByteBuffer, Segment.Place> places = new HashMap<>();
  private final List<Segment> open = new ArrayList<>();
  private final Set<Segment> used = new LinkedHashSet<>();
  private @Nullable Segment writing;
  private long bytes;
  private boolean full;

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
    FeatureCache cache = new FeatureCache(folder, folder.resolve(group), budget);
    if (budget > 0) {
      cache.index();
    }
    return cache;
  }

  private void index() {
    try {
      Files.createDirectories(group);
      for (Path file : oldestFirst(group)) {
        Segment segment = Segment.open(file);
        open.add(segment);
        // Two builds at once, or one that found an entry damaged, write the same key.
        segment.entries(
            (key, place) -> places.merge(key, place, (earlier, later) -> later.or(earlier)));
      }
    } catch (IOException e) {
      full = !Files.isDirectory(group);
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
    // A build that needs more than the whole cache keeps its first part, instead of driving out
    // with the end of a pass what the next pass begins with.
    full |= bytes > budget;
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
      // A full disk, most likely: the torn entry is passed over by whoever reads the file.
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
      List<Path> files = oldestFirst(folder);
      long all = 0;
      for (Path file : files) {
        all += size(file);
      }
      for (Path file : files) {
        if (all <= budget) {
          return;
        }
        all -= size(file);
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // The next build will try again.
    }
  }

  private static List<Path> oldestFirst(Path below) throws IOException {
    Map<Path, FileTime> times = new HashMap<>();
    try (Stream<Path> all = Files.walk(below)) {
      for (Path file : all.filter(one -> one.toString().endsWith(Segment.SUFFIX)).toList()) {
        if (Files.exists(file)) {
          times.put(file, Files.getLastModifiedTime(file));
        }
      }
    }
    return times.keySet().stream()
        .sorted(Comparator.comparing((Path file) -> times.get(file)).thenComparing(file -> file))
        .toList();
  }

  private static long size(Path file) throws IOException {
    return Files.exists(file) ? Files.size(file) : 0;
  }
}
