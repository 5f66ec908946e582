package io.transferlearning.data.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.transferlearning.data.Dataset;
import io.transferlearning.data.DatasetSpec;
import io.transferlearning.problem.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The entries are no real images: unpacking does not open them. */
class ImageArchiveTest {
  private static final byte[] CONTENT = "0123456789".repeat(20).getBytes(StandardCharsets.US_ASCII);

  private final Path folder;
  private final Path cache;

  ImageArchiveTest(@TempDir Path folder) {
    this.folder = folder;
    this.cache = folder.resolve("cache/images");
  }

  @Test
  void aZipIsReadAsTheFolderThatItHolds() throws IOException {
    Path zip =
        zip(
            "intel.zip",
            "seg_train/seg_train/sea/1.jpg",
            "seg_train/seg_train/sea/2.jpg",
            "seg_train/seg_train/sky/3.jpg",
            "seg_train/seg_train/sky/4.jpg",
            "seg_test/seg_test/sea/5.jpg",
            "./seg_test/seg_test/sky/6.jpg",
            "seg_train/seg_train/sky/.DS_Store",
            "__MACOSX/seg_train/seg_train/sky/._3.jpg",
            "notes.txt");
    Path unpacked = ImageArchive.unpacked(zip, cache);
    Dataset dataset = ImageFolders.read(DatasetSpec.of(unpacked, 42));
    assertThat(dataset.classes()).containsExactly("sea", "sky");
    assertThat(dataset.train()).hasSize(2);
    assertThat(dataset.test()).hasSize(2);
    assertThat(dataset.ignored()).containsExactly(unpacked.resolve("notes.txt"));
    assertThat(dataset.test().get(1).file()).hasBinaryContent(CONTENT);
  }

  /** Else a class would be missing, without a word. */
  @ParameterizedTest
  @ValueSource(strings = {"dog/", "./dog/", "dog\\", "dog/readme.txt", "dog/1.heic"})
  void aClassWithoutImagesIsAsEmptyInAZipAsInAFolder(String entry) throws IOException {
    Path zip = zip("a.zip", "cat/1.jpg", "cat/2.jpg", "cow/3.jpg", "cow/4.jpg", entry);
    Path unpacked = ImageArchive.unpacked(zip, cache);
    assertThatThrownBy(() -> ImageFolders.read(DatasetSpec.of(unpacked, 42)))
        .isInstanceOf(Problem.class)
        .hasMessageStartingWith(
            "class folders without images (JPEG, PNG, BMP, GIF, WebP, TIFF) in %s: dog; ",
            unpacked);
  }

  @Test
  void whatIsNoImageIsThereByNameAlone() throws IOException {
    Path zip =
        zip(
            "a.zip",
            "cat",
            "cat/1.jpg",
            "cat/2.jpg",
            "cat/6.jpg",
            "cat/3.HEIC",
            "cat/.DS_Store",
            "cow/4.jpg",
            "cow/5.jpg",
            "cow/7.jpg",
            "cow/notes.txt",
            ".git/",
            "__MACOSX/",
            "Icon\r",
            "./");
    Path unpacked = ImageArchive.unpacked(zip, cache);
    Dataset dataset = ImageFolders.read(DatasetSpec.of(unpacked, 42));
    assertThat(dataset.ignored())
        .containsExactly(unpacked.resolve("cat/3.HEIC"), unpacked.resolve("cow/notes.txt"));
    assertThat(unpacked.resolve("cat/3.HEIC")).isEmptyFile();
    try (Stream<Path> files = Files.list(unpacked)) {
      assertThat(files.map(Folder::name)).containsExactlyInAnyOrder("cat", "cow");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "pets/",
        "seg_train/",
        "seg_train/seg_train/",
        "pets/Training/",
        "a/b/c/",
        "K\u00F6ln 2/train/"
      })
  void aZipMayHoldAnyLayout(String place) throws IOException {
    Path zip =
        zip(
            "any.zip",
            Stream.of("deep sea", "for\u00EAt")
                .flatMap(name -> Stream.of(1, 2, 3).map(i -> place + name + "/" + i + ".JPG"))
                .toArray(String[]::new));
    Dataset dataset = ImageFolders.read(DatasetSpec.of(ImageArchive.unpacked(zip, cache), 42));
    assertThat(dataset.classes()).containsExactly("deep sea", "for\u00EAt");
    int images = dataset.train().size() + dataset.validation().size() + dataset.test().size();
    assertThat(images).isEqualTo(6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "seg_train/", "seg_train/seg_train/", "photos/"})
  void aZipMayHoldASplit(String place) throws IOException {
    Path train =
        zip(
            "train.zip",
            place + "a/1.jpg",
            place + "a/2.jpg",
            place + "b/3.jpg",
            place + "b/4.jpg");
    Path test = zip("test.zip", "test/a/5.jpg", "test/b/6.jpg");
    DatasetSpec spec =
        DatasetSpec.of(folder.resolve("absent"), 42)
            .withFolders(
                ImageArchive.unpacked(train, cache), null, ImageArchive.unpacked(test, cache));
    Dataset dataset = ImageFolders.read(spec);
    assertThat(dataset.train()).hasSize(2);
    assertThat(dataset.test()).hasSize(2);
  }

  /** Written in code page 437 and without the mark of UTF-8, as by old tools of Windows. */
  @Test
  void oldNamesAreRead() throws IOException {
    Path zip = zip("old.zip", "G\u00C4nse/1.jpg");
    byte[] bytes = Files.readAllBytes(zip);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    // The letter's two bytes become an "ae" of code page 437 and a "t"; the mark is bit 11.
    byte[] old = text.replace("\u00C3\u0084", "\u0084t").getBytes(StandardCharsets.ISO_8859_1);
    old[indexOf(old, "PK\3\4") + 7] = 0;
    old[indexOf(old, "PK\1\2") + 9] = 0;
    Files.write(zip, old);
    assertThat(ImageArchive.unpacked(zip, cache).resolve("G\u00E4tnse/1.jpg")).exists();
  }

  @Test
  void aZipIsUnpackedOnceAndByItsContent() throws IOException {
    Path zip = zip("a.zip", "a/1.jpg");
    Path unpacked = ImageArchive.unpacked(zip, cache);
    Files.delete(unpacked.resolve("a/1.jpg"));
    assertThat(ImageArchive.unpacked(zip, cache)).isEqualTo(unpacked);
    assertThat(unpacked.resolve("a/1.jpg")).doesNotExist();
    Path other = zip("a.zip", "b/1.jpg");
    assertThat(ImageArchive.unpacked(other, cache)).isNotEqualTo(unpacked);
    assertThat(leftInCache()).hasSize(2);
  }

  @Test
  void whatInterruptedBuildsLeftIsDeleted() throws IOException {
    Path zip = zip("a.zip", "a/1.jpg");
    Path unpacked = ImageArchive.unpacked(zip, cache);
    Path ofThis = unpacked.resolveSibling(unpacked.getFileName() + ".partial-1");
    Path ofAnother = cache.resolve("0123.partial-2");
    Files.move(unpacked, ofThis);
    Files.createDirectories(ofAnother.resolve("b"));
    Files.write(ofAnother.resolve("b/2.jpg"), CONTENT);

    assertThat(ImageArchive.unpacked(zip, cache)).isEqualTo(unpacked);
    assertThat(leftInCache()).containsExactly(unpacked);
  }

  @Test
  void aBuildWaitsForAnotherThatUnpacks() throws Exception {
    Path zip = zip("a.zip", "a/1.jpg");
    Path unpacked = ImageArchive.unpacked(zip, cache);
    Path partial = unpacked.resolveSibling(unpacked.getFileName() + ".partial-1");
    Files.move(unpacked, partial);
    CompletableFuture<Path> other;
    try (FolderLock lock = FolderLock.take(cache)) {
      assertThat(lock.isHeld()).isTrue();
      other = CompletableFuture.supplyAsync(() -> ImageArchive.unpacked(zip, cache));
      assertThatThrownBy(() -> other.get(500, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
      assertThat(leftInCache()).containsExactly(partial);
      Files.writeString(partial.resolve("a/1.jpg"), "of the other");
      Files.move(partial, unpacked);
    }
    assertThat(other.get(1, TimeUnit.MINUTES)).isEqualTo(unpacked);
    assertThat(unpacked.resolve("a/1.jpg")).hasContent("of the other");
  }

  @Test
  void whereThereAreNoLocksNobodyWaitsAndNothingIsDeleted() throws IOException {
    Path partial = Files.createDirectories(cache.resolve("0123.partial-2"));
    Files.createDirectory(cache.resolve(FolderLock.FILE));

    Path unpacked = ImageArchive.unpacked(zip("a.zip", "a/1.jpg"), cache);
    assertThat(leftInCache()).containsExactlyInAnyOrder(unpacked, partial);
  }

  @Test
  void windowsSeparatorsAreFolders() throws IOException {
    Path unpacked = ImageArchive.unpacked(zip("a.zip", "train\\sea\\1.jpg"), cache);
    assertThat(unpacked.resolve("train/sea/1.jpg")).exists();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../out.jpg",
        "a/../../out.jpg",
        "/etc/out.jpg",
        "..\\out.jpg",
        "C:\\out.jpg",
        "../out/",
        "../out.txt"
      })
  void aNameThatLeadsOutIsRefused(String name) throws IOException {
    Path zip = zip("a.zip", "a/1.jpg", name);
    assertThatThrownBy(() -> ImageArchive.unpacked(zip, cache))
        .isInstanceOf(Problem.class)
        .hasMessageStartingWith(
            "the zip %s has an entry with a name that can not be used: '%s'", zip, name);
    assertThat(leftInCache()).isEmpty();
    assertThat(folder.resolve("cache/out.jpg")).doesNotExist();
    assertThat(folder.resolve("out.jpg")).doesNotExist();
  }

  /** On macOS and Windows the second would take the first one's place. */
  @ParameterizedTest
  @CsvSource({
    "Cat/1.jpg, cat/1.jpg, Cat, cat",
    "Cat/1.jpg, cat/2.jpg, Cat, cat",
    "train/cat/1.jpg, Train/dog/, train, Train",
    "cat/1.jpg, CAT/notes.txt, cat, CAT",
    "cat/a.jpg, cat/A.JPG, cat/a.jpg, cat/A.JPG",
    "for\u00EAt/1.jpg, fore\u0302t/2.jpg, for\u00EAt, fore\u0302t"
  })
  void namesThatAreOneElsewhereAreRefusedEverywhere(
      String entry, String second, String one, String other) throws IOException {
    Path zip = zip("a.zip", entry, second);
    assertThatThrownBy(() -> ImageArchive.unpacked(zip, cache))
        .isInstanceOf(Problem.class)
        .hasMessage(
            "the zip %s has two names that differ in case or the form of accents alone: '%s',"
                + " '%s'%n  -> put the images of both into one folder, or rename one of the two,"
                + " and make the zip again",
            zip, one, other);
    assertThat(leftInCache()).isEmpty();
  }

  @Test
  void namesThatDifferInMoreAreNotRefused() throws IOException {
    Path zip =
        zip("a.zip", "cat/1.jpg", "cat/2.jpg", "Cats/1.jpg", "cat/read.me", "cat/READ.ME", "cat/");
    assertThat(ImageArchive.unpacked(zip, cache).resolve("Cats/1.jpg")).exists();
  }

  @Test
  void anEntryThatIsALinkBecomesAPlainFile() throws IOException {
    Path zip = zip("a.zip", "a/1.jpg");
    byte[] bytes = Files.readAllBytes(zip);
    int entry = indexOf(bytes, "PK\1\2");
    // Made by Unix, mode of a symbolic link.
    bytes[entry + 5] = 3;
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(entry + 38, 0xA1FF0000);
    Files.write(zip, bytes);
    Path file = ImageArchive.unpacked(zip, cache).resolve("a/1.jpg");
    assertThat(Files.isSymbolicLink(file)).isFalse();
    assertThat(file).hasBinaryContent(CONTENT);
  }

  @Test
  void aZipThatClaimsMoreThanItCanHoldIsRefused() throws IOException {
    Path zip = zip("bomb.zip", "a/1.jpg");
    byte[] bytes = Files.readAllBytes(zip);
    int entry = indexOf(bytes, "PK\1\2");
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(entry + 24, 100_000_000);
    Files.write(zip, bytes);
    assertThatThrownBy(() -> ImageArchive.unpacked(zip, cache))
        .isInstanceOf(Problem.class)
        .hasMessageStartingWith(
            "the zip %s claims to hold 100000000 bytes, more than can be in it", zip);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(entry + 24, 2_000_000_000);
    Files.write(zip, bytes);
    assertThatThrownBy(() -> ImageArchive.unpacked(zip, cache))
        .hasMessageStartingWith("the entry 'a/1.jpg' of the zip %s is larger than", zip);
  }

  @Test
  void aDamagedZipAndOneThatIsNoneAreProblems() throws IOException {
    Path zip = zip("a.zip", "a/1.jpg");
    byte[] bytes = Files.readAllBytes(zip);
    for (byte[] damaged :
        List.of(new byte[0], Arrays.copyOf(bytes, bytes.length / 2), changed(bytes, 40))) {
      Files.write(zip, damaged);
      assertThatThrownBy(() -> ImageArchive.unpacked(zip, cache))
          .isInstanceOf(Problem.class)
          .hasMessageStartingWith("the zip %s can not be ", zip);
      assertThat(leftInCache()).isEmpty();
    }
  }

  @Test
  void aZipWithoutImagesIsAProblem() throws IOException {
    Path zip = zip("a.zip", "readme.txt", "__MACOSX/1.jpg");
    assertThatThrownBy(() -> ImageArchive.unpacked(zip, cache))
        .isInstanceOf(Problem.class)
        .hasMessage(
            "the zip %s holds no images (JPEG, PNG, BMP, GIF, WebP, TIFF) among its 2 entries%n"
                + "  -> name a zip of class folders with images",
            zip);
  }

  @Test
  void aZipIsAFileThatIsCalledSo() throws IOException {
    assertThat(ImageArchive.isZip(zip("A.ZIP", "a/1.jpg"))).isTrue();
    assertThat(ImageArchive.isZip(Files.createDirectory(folder.resolve("folder.zip")))).isFalse();
    assertThat(ImageArchive.isZip(folder.resolve("missing.zip"))).isFalse();
  }

  private Path zip(String name, String... entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (String entry : entries) {
        out.putNextEntry(new ZipEntry(entry));
        out.write(CONTENT);
        out.closeEntry();
      }
    }
    return Files.write(folder.resolve(name), bytes.toByteArray());
  }

  private List<Path> leftInCache() throws IOException {
    try (Stream<Path> files = Files.list(cache)) {
      return files.filter(file -> !file.endsWith(FolderLock.FILE)).toList();
    }
  }

  private static byte[] changed(byte[] bytes, int at) {
    byte[] changed = bytes.clone();
    changed[at] ^= 0x7F;
    return changed;
  }

  private static int indexOf(byte[] bytes, String mark) {
    return new String(bytes, StandardCharsets.ISO_8859_1).indexOf(mark);
  }
}
