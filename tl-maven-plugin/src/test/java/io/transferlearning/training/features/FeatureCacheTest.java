package io.transferlearning.training.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureCacheTest {
  private static final long BUDGET = 1 << 20;
  private static final byte[] ONE = {1, 2, 3};
  private static final byte[] TWO = {4, 5, 6, 7};

  private final Path folder;

  FeatureCacheTest(@TempDir Path folder) {
    this.folder = folder.resolve("features");
  }

  @Test
  void whatOneBuildKeepsTheNextFinds() {
    write("group", key(1), ONE);

    try (FeatureCache cache = open("group")) {
      assertThat(cache.get(key(1)).orElseThrow()).isEqualTo(ONE);
      assertThat(cache.get(key(2))).isEmpty();
    }
  }

  @Test
  void groupsKnowNothingOfEachOther() {
    write("group", key(1), ONE);

    try (FeatureCache cache = open("other")) {
      assertThat(cache.get(key(1))).isEmpty();
    }
  }

  @Test
  void twoBuildsAtOnceBothKeepTheirs() {
    try (FeatureCache a = open("group");
        FeatureCache b = open("group")) {
      a.put(key(1), ONE);
      b.put(key(1), ONE);
      b.put(key(2), TWO);
      a.put(key(3), TWO);
    }
    try (FeatureCache cache = open("group")) {
      assertThat(cache.get(key(1)).orElseThrow()).isEqualTo(ONE);
      assertThat(cache.get(key(2)).orElseThrow()).isEqualTo(TWO);
      assertThat(cache.get(key(3)).orElseThrow()).isEqualTo(TWO);
    }
  }

  @Test
  void aBuildSeesWhatAnotherHasWrittenSoFar() {
    try (FeatureCache a = open("group")) {
      a.put(key(1), ONE);
      try (FeatureCache b = open("group")) {
        assertThat(b.get(key(1)).orElseThrow()).isEqualTo(ONE);
      }
      a.put(key(2), TWO);
    }
  }

  @Test
  void everyTornEndLeavesTheEntriesBeforeIt() throws IOException {
    write("group", key(1), ONE);
    byte[] first = Files.readAllBytes(files().get(0));
    try (FeatureCache cache = open("other")) {
      cache.put(key(1), ONE);
      cache.put(key(2), TWO);
    }
    Path file = folder.resolve("other").resolve(files("other").get(0));
    byte[] whole = Files.readAllBytes(file);
    for (int length = first.length; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      try (FeatureCache cache = open("other")) {
        assertThat(cache.get(key(1)).orElseThrow()).isEqualTo(ONE);
        assertThat(cache.get(key(2))).isEmpty();
      }
    }
  }

  @Test
  void everyDamagedByteIsNoticedAndReplaced() throws IOException {
    write("group", key(1), ONE);
    Path file = files().get(0);
    byte[] sound = Files.readAllBytes(file);
    for (int at = 0; at < sound.length; at++) {
      byte[] damaged = sound.clone();
      damaged[at] ^= 0x10;
      Files.write(file, damaged);
      try (FeatureCache cache = open("group")) {
        assertThat(cache.get(key(1))).as("byte " + at).isEmpty();
      }
    }
    write("group", key(1), ONE);
    try (FeatureCache cache = open("group")) {
      assertThat(cache.get(key(1)).orElseThrow()).isEqualTo(ONE);
    }
  }

  @Test
  void theLeastRecentlyUsedGoFirst() throws IOException {
    byte[] large = new byte[400_000];
    write("a", key(1), large);
    write("b", key(1), large);
    age("a", 1000);
    age("b", 2000);
    try (FeatureCache cache = open("a")) {
      assertThat(cache.get(key(1))).isPresent();
    }

    write("c", key(1), large);

    assertThat(files("b")).isEmpty();
    assertThat(files("a")).hasSize(1);
    assertThat(files("c")).hasSize(1);
    assertThat(size()).isLessThanOrEqualTo(BUDGET);
  }

  @Test
  void aBuildThatNeedsMoreThanAllKeepsItsFirstPart() throws IOException {
    byte[] large = new byte[400_000];
    for (int build = 0; build < 2; build++) {
      try (FeatureCache cache = open("group")) {
        for (int image = 0; image < 5; image++) {
          boolean known = cache.get(key(image)).isPresent();
          assertThat(known).isEqualTo(build == 1 && image < 2);
          if (!known) {
            cache.put(key(image), large);
          }
        }
      }
    }
    assertThat(size()).isLessThanOrEqualTo(BUDGET);
  }

  @Test
  void aDiskThatIsNearlyFullKeepsWhatItHasAndTheRoomThatIsLeft() throws IOException {
    write("group", key(0), ONE);
    try (FeatureCache cache = FeatureCache.open(folder, "group", BUDGET, any -> 1_000)) {
      assertThat(cache.get(key(0))).isPresent();
      for (int image = 1; image < 10; image++) {
        cache.put(key(image), new byte[100]);
      }
    }
    try (FeatureCache cache = open("group")) {
      assertThat(cache.get(key(3))).isPresent();
      assertThat(cache.get(key(4))).isEmpty();
    }
  }

  @Test
  void aFileThatHasGoneHidesNoOther() throws IOException {
    Path group = Files.createDirectories(folder.resolve("group"));
    Files.createSymbolicLink(group.resolve("0" + Segment.SUFFIX), Path.of("deleted"));
    write("group", key(1), ONE);
    Files.setLastModifiedTime(
        files("group").stream().filter(Files::exists).findFirst().orElseThrow(),
        FileTime.from(Instant.now().plusSeconds(60)));

    try (FeatureCache cache = open("group")) {
      assertThat(cache.get(key(1))).isPresent();
    }
  }

  @Test
  void withoutABudgetNothingIsKept() {
    try (FeatureCache cache = FeatureCache.open(folder, "group", 0)) {
      cache.put(key(1), ONE);
      assertThat(cache.get(key(1))).isEmpty();
    }
    assertThat(folder).doesNotExist();
  }

  @Test
  void aFolderThatCannotBeMadeHindersNobody() throws IOException {
    Files.writeString(folder, "a file where the folder should be");
    try (FeatureCache cache = open("group")) {
      cache.put(key(1), ONE);
      assertThat(cache.get(key(1))).isEmpty();
    }
  }

  private FeatureCache open(String group) {
    return FeatureCache.open(folder, group, BUDGET);
  }

  private void write(String group, byte[] key, byte[] value) {
    try (FeatureCache cache = open(group)) {
      cache.put(key, value);
    }
  }

  private void age(String group, long millis) throws IOException {
    for (Path file : files(group)) {
      Files.setLastModifiedTime(file, FileTime.fromMillis(millis));
    }
  }

  private List<Path> files() throws IOException {
    return files("group");
  }

  private List<Path> files(String group) throws IOException {
    try (Stream<Path> all = Files.list(folder.resolve(group))) {
      return all.toList();
    }
  }

  private long size() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  private static byte[] key(int number) {
    byte[] key = new byte[32];
    key[31] = (byte) number;
    return key;
  }
}
