package io.transferlearning.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.transferlearning.StripedImages;
import io.transferlearning.data.LabeledImage;
import io.transferlearning.engine.Processor;
import io.transferlearning.engine.TorchModule;
import io.transferlearning.evaluation.Predictions;
import io.transferlearning.evaluation.Scoring;
import io.transferlearning.problem.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelArchiveTest {
  private static final String DESCRIPTION = ModelFolder.JSON.toJson(SmallModel.DESCRIPTION);

  private final Path folder;
  private final Path zip;
  private final Path opened;

  ModelArchiveTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    this.zip = folder.resolve("model.zip");
    this.opened = Files.createDirectory(folder.resolve("opened"));
  }

  @Test
  void whatWasPackedComesOut() throws IOException {
    Path model = SmallModel.write(folder.resolve("model"));
    ModelArchive.write(model, zip);

    ModelArchive.Opened found = ModelArchive.open(zip, opened);

    assertThat(found.description()).isEqualTo(SmallModel.DESCRIPTION);
    assertThat(found.torchScript())
        .isEqualTo(opened.resolve("model.pt"))
        .hasSameBinaryContentAs(model.resolve("squeezenet1_1.pt"));
  }

  /** What deflate makes of the same bytes depends on the JDK's zlib. */
  @Test
  void filesArePackedAsTheyAre() throws IOException {
    Path model = SmallModel.write(folder.resolve("model"));
    ModelArchive.write(model, zip);

    try (ZipFile file = new ZipFile(zip.toFile());
        Stream<Path> files = Files.list(model)) {
      assertThat(file.stream().map(ZipEntry::getMethod)).containsOnly(ZipEntry.STORED);
      for (Path one : files.toList()) {
        assertThat(file.getInputStream(file.getEntry(one.getFileName().toString())))
            .hasBinaryContent(Files.readAllBytes(one));
      }
    }
  }

  @Test
  void entriesAreSortedAndUntimed() throws IOException {
    ModelArchive.write(SmallModel.write(folder.resolve("model")), zip);

    try (ZipFile file = new ZipFile(zip.toFile())) {
      List<String> names = file.stream().map(ZipEntry::getName).toList();
      assertThat(names).isSorted().contains("model.json", "squeezenet1_1.pt", "synset.txt");
      assertThat(file.stream().map(entry -> entry.getTimeLocal().toString()))
          .containsOnly("1980-02-01T00:00");
    }
  }

  @Test
  void theSameModelGivesTheSameBytes() throws IOException {
    Path again = folder.resolve("deep/again.zip");
    ModelArchive.write(SmallModel.write(folder.resolve("one")), zip);
    ModelArchive.write(SmallModel.write(folder.resolve("two")), again);

    assertThat(again).hasSameBinaryContentAs(zip);
  }

  @Test
  void anOlderZipIsReplacedAndNoPartIsLeft() throws IOException {
    Files.writeString(zip, "old");
    ModelArchive.write(SmallModel.write(folder.resolve("model")), zip);

    assertThat(ModelArchive.open(zip, opened).description()).isEqualTo(SmallModel.DESCRIPTION);
    assertThat(folder.resolve("model.zip.partial")).doesNotExist();
  }

  @Test
  void thePackedModelClassifiesAsBefore() throws IOException {
    Path model = SmallModel.write(folder.resolve("model"));
    ModelArchive.write(model, zip);
    Path image = folder.resolve("image.png");
    ImageIO.write(StripedImages.image(2, 0), "png", image.toFile());

    assertThat(score(ModelArchive.open(zip, opened).torchScript(), image))
        .isEqualTo(score(model.resolve("squeezenet1_1.pt"), image));
  }

  @Test
  void aMissingZipIsRefused() {
    assertThatThrownBy(() -> ModelArchive.open(zip, opened))
        .isInstanceOf(Problem.class)
        .hasMessage(
            "there is no packaged model at %s%n"
                + "  -> run transfer:train first, in this build or before it",
            zip);
  }

  @Test
  void aFileThatIsNoZipIsRefused() throws IOException {
    Files.writeString(zip, "This is text, not a zip, and longer than a zip's last record.");

    refused("it is not a zip file: zip END header not found");
  }

  @Test
  void aTruncatedZipIsRefused() throws IOException {
    ModelArchive.write(SmallModel.write(folder.resolve("model")), zip);
    byte[] bytes = Files.readAllBytes(zip);
    Files.write(zip, Arrays.copyOf(bytes, bytes.length / 2));

    refused("it is not a zip file: zip END header not found");
  }

  @Test
  void aZipWithoutADescriptionIsRefused() throws IOException {
    zip(Map.of("squeezenet1_1.pt", "weights"));

    refused("it lacks model.json");
  }

  @Test
  void aDescriptionThatIsNoJsonIsRefused() throws IOException {
    zip(Map.of("model.json", "{\"schema\": 1,"));

    refused("its model.json is not readable");
  }

  @Test
  void aDescriptionThatIsNoObjectIsRefused() throws IOException {
    zip(Map.of("model.json", "[1, 2]"));

    refused("its model.json is not readable");
  }

  @Test
  void anEmptyDescriptionIsRefused() throws IOException {
    zip(Map.of("model.json", ""));

    refused("its model.json has another schema");
  }

  @Test
  void anotherSchemaIsRefusedWhateverElseItHolds() throws IOException {
    zip(Map.of("model.json", "{\"schema\": 2, \"network\": \"resnet18\"}"));

    refused("its model.json has another schema");
  }

  @Test
  void aDescriptionThatLacksSomethingSaysWhat() throws IOException {
    zip(Map.of("model.json", "{\"schema\": 1, \"architecture\": \"resnet18\", \"classes\": null}"));

    refused("its model.json lacks classes");
  }

  @Test
  void aZipWithoutTheNetworkIsRefused() throws IOException {
    zip(Map.of("model.json", DESCRIPTION, "resnet18.pt", "weights"));

    refused("it lacks squeezenet1_1.pt");
  }

  @Test
  void namesThatLeaveTheFolderAreIgnored() throws IOException {
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put("../evil.txt", "evil");
    entries.put("/evil.txt", "evil");
    entries.put("model.json", DESCRIPTION);
    entries.put("squeezenet1_1.pt", "weights");
    zip(entries);

    ModelArchive.open(zip, opened);

    assertThat(folder.resolve("evil.txt")).doesNotExist();
    assertThat(opened).isDirectoryNotContaining("glob:**evil*");
    assertThat(opened.resolve("model.pt")).hasContent("weights");
  }

  @Test
  void anArchitectureThatLeavesTheFolderWritesNowhereElse() throws IOException {
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put("model.json", DESCRIPTION.replace("squeezenet1_1", "../../evil"));
    entries.put("../../evil.pt", "weights");
    zip(entries);

    assertThat(ModelArchive.open(zip, opened).torchScript()).isEqualTo(opened.resolve("model.pt"));
    assertThat(folder.resolveSibling("evil.pt")).doesNotExist();
  }

  private void refused(String why) {
    assertThatThrownBy(() -> ModelArchive.open(zip, opened))
        .isInstanceOf(Problem.class)
        .hasMessage(
            "%s is not a packaged model: %s%n"
                + "  -> delete it and run transfer:train first, in this build or before it",
            zip, why);
    assertThat(opened).isEmptyDirectory();
  }

  private void zip(Map<String, String> entries) throws IOException {
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (Map.Entry<String, String> entry : entries.entrySet()) {
        out.putNextEntry(new ZipEntry(entry.getKey()));
        out.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
        out.closeEntry();
      }
    }
  }

  private static Predictions score(Path archive, Path image) {
    try (TorchModule module = Processor.start("cpu", 2, 1).load(archive)) {
      return Scoring.of(
          module,
          SmallModel.DESCRIPTION.preprocessing(),
          SmallModel.DESCRIPTION.classes(),
          List.of(new LabeledImage(image, "red/image.png", 2)),
          1);
    }
  }
}
