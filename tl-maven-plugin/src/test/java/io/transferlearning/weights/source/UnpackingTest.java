package io.transferlearning.weights.source;

import static io.transferlearning.problem.ProblemCatcher.catchProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.transferlearning.problem.Problem;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights inside other files. */
class UnpackingTest {
  private static final String DIGEST = "d".repeat(64);

  private final Path folder;
  private final Path unpacked;

  UnpackingTest(@TempDir Path folder) {
    this.folder = folder;
    this.unpacked = folder.resolve("unpacked");
  }

  @Test
  void whatIsNotPackedIsTakenAsItIs() throws IOException {
    Path file = Files.writeString(folder.resolve("m.safetensors"), "weights");
    Path empty = Files.createFile(folder.resolve("empty"));
    assertThat(weightsIn(file)).isEqualTo(file);
    assertThat(weightsIn(empty)).isEqualTo(empty);
    assertThat(unpacked).doesNotExist();
  }

  @Test
  void pytorchsOwnZipsAreTakenAsTheyAre() throws IOException {
    Path file = zip("m.pth", "archive/data.pkl", "archive/data/0", "archive/extra.pt");
    assertThat(weightsIn(file)).isEqualTo(file);
  }

  @Test
  void ofAModelsZipTheSafetensorsAreTaken() throws IOException {
    Path zip = zip("model.zip", "model.json", "resnet18.pt", "resnet18.safetensors", "x.onnx");
    assertThat(weightsIn(zip))
        .isEqualTo(unpacked.resolve(DIGEST).resolve("resnet18.safetensors"))
        .hasContent("content of resnet18.safetensors");
  }

  @Test
  void otherKindsAreTakenWhereThereAreNoSafetensors() throws IOException {
    assertThat(weightsIn(zip("zoo.zip", "a/synset.txt", "a/m.pt"))).hasContent("content of a/m.pt");
  }

  @Test
  void whatSystemsLeaveBehindIsNoWeights() throws IOException {
    Path zip =
        zip("mac.zip", "my/model.pth", "__MACOSX/my/._model.pth", "my/.model.pth", ".x/a.pth");
    assertThat(weightsIn(zip))
        .isEqualTo(unpacked.resolve(DIGEST).resolve("model.pth"))
        .hasContent("content of my/model.pth");
    Path current = zip("current.zip", "./x.onnx", "__MACOSX/._x.safetensors");
    assertThat(weightsIn(current)).hasContent("content of ./x.onnx");
  }

  @Test
  void aGzipFileIsUnpacked() throws IOException {
    Path file = folder.resolve("traced_resnet18.pt.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write("weights".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(weightsIn(file))
        .isEqualTo(unpacked.resolve(DIGEST).resolve("traced_resnet18.pt"))
        .hasContent("weights");
  }

  @Test
  void itIsUnpackedOnceAndAgainOnlyIfItWasDamaged() throws IOException {
    Path zip = zip("model.zip", "m.safetensors");
    Path first = weightsIn(zip);
    Object time = Files.getAttribute(first, "lastModifiedTime");
    Files.setAttribute(first, "lastModifiedTime", java.nio.file.attribute.FileTime.fromMillis(0));

    assertThat(Files.getLastModifiedTime(weightsIn(zip)).toMillis()).isZero();

    byte[] damaged = Files.readAllBytes(first);
    damaged[0]++;
    Files.write(first, damaged);
    assertThat(weightsIn(zip)).hasContent("content of m.safetensors");
    assertThat(time).isNotNull();
    try (Stream<Path> files = Files.list(first.resolveSibling("."))) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void namesThatLeaveTheFolderStayInIt() throws IOException {
    Path found = weightsIn(zip("evil.zip", "../../../evil.safetensors"));
    assertThat(found).isEqualTo(unpacked.resolve(DIGEST).resolve("evil.safetensors"));
    found = weightsIn(zip("evil2.zip", "..\\..\\evil.safetensors"));
    assertThat(found.normalize().startsWith(unpacked.resolve(DIGEST))).isTrue();
  }

  @Test
  void aPackageWithoutWeightsIsRefused() throws IOException {
    Path zip = zip("photos.zip", "a.jpg", "b.jpg");
    assertThat(refusal(zip).what())
        .isEqualTo(
            "There are no weights in "
                + zip
                + ": of its 2 files none is named *.safetensors, *.pth, *.pt, *.onnx.");
  }

  @Test
  void aPackageWithSeveralIsRefused() throws IOException {
    Path zip = zip("two.zip", "a.safetensors", "b.safetensors");
    assertThat(refusal(zip).what())
        .isEqualTo(
            "There is more than one file of weights in " + zip + ": a.safetensors, b.safetensors.");
  }

  @Test
  void aDamagedPackageIsRefusedAndLeavesNothing() throws IOException {
    Path zip = zip("model.zip", "m.safetensors");
    byte[] bytes = Files.readAllBytes(zip);
    Path half = Files.write(folder.resolve("half.zip"), Arrays.copyOf(bytes, bytes.length / 2));
    assertThat(refusal(half).what()).startsWith("The file " + half + " can not be unpacked: ");

    // Flip a byte of the data, behind the local header and the name.
    bytes[30 + "m.safetensors".length() + 3] ^= 0x55;
    Path flipped = Files.write(folder.resolve("flipped.zip"), bytes);
    assertThat(refusal(flipped).what()).startsWith("The file " + flipped + " can not be unpacked");

    Path gzip = Files.write(folder.resolve("m.pt.gz"), new byte[] {0x1f, (byte) 0x8b, 8, 0, 0});
    assertThat(refusal(gzip).what()).startsWith("The file " + gzip + " can not be unpacked");
    try (Stream<Path> files = Files.walk(unpacked)) {
      assertThat(files.filter(Files::isRegularFile)).isEmpty();
    }
  }

  @Test
  void aBombIsRefused() throws IOException {
    Path zip = folder.resolve("bomb.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.putNextEntry(new ZipEntry("m.safetensors"));
      out.write(new byte[1_000_000]);
    }
    Problem problem = catchProblem(() -> new Unpacking(unpacked, 999_999).weightsIn(zip, DIGEST));
    assertThat(problem.what())
        .isEqualTo(
            "The weights in " + zip + " take more than 999999 bytes when they are unpacked.");
  }

  private Path weightsIn(Path file) {
    return new Unpacking(unpacked).weightsIn(file, DIGEST);
  }

  private Problem refusal(Path file) {
    return catchProblem(() -> weightsIn(file));
  }

  private Path zip(String name, String... entries) throws IOException {
    Path zip = folder.resolve(name);
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (String entry : entries) {
        out.putNextEntry(new ZipEntry(entry));
        out.write(("content of " + entry).getBytes(StandardCharsets.UTF_8));
        out.closeEntry();
      }
    }
    return zip;
  }
}
