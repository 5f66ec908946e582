package io.transferlearning.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.transferlearning.data.DatasetSpec;
import io.transferlearning.gate.Rule;
import io.transferlearning.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From images to files, and back from the zip to the same measures. */
class TrainPipelineTest {
  private final Path folder;
  private final RememberedProgress progress = new RememberedProgress();

  TrainPipelineTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void bothModesLeaveEverythingThatIsPromisedAndNothingElse() throws IOException {
    TrainRequest request = SmallRequest.in(folder, Mode.FEATURE_EXTRACTION, Mode.FINETUNE);
    TrainPipeline.run(request, progress);

    List<String> expected =
        Stream.of("feature-extraction", "finetune")
            .map(mode -> "squeezenet1_1-" + mode + "/")
            .flatMap(
                run ->
                    Stream.of(
                        run + "config.json",
                        run + "history.csv",
                        run + "metrics.json",
                        run + "model/model.json",
                        run + "model/serving.properties",
                        run + "model/squeezenet1_1.pt",
                        run + "model/squeezenet1_1.safetensors",
                        run + "model/synset.txt",
                        run + "predictions.csv"))
            .toList();
    assertThat(contents(request.output()).keySet())
        .containsAll(expected)
        .contains("fextract_plot_squeezenet.png", "finetune_plot_squeezenet.png")
        .contains("report/index.html", "summary.md", "audit.json")
        .contains("squeezenet1_1-finetune/augmentation.png")
        .hasSize(expected.size() + 6);
    // All that must be there for a build to have nothing to do.
    assertThat(Inputs.of(request).results()).allSatisfy(file -> assertThat(file).isRegularFile());
    assertThat(Inputs.of(request).results()).hasSize(expected.size() + 6);
  }

  @Test
  void theZipHoldsTheBetterRunsModelByteForByte() throws IOException {
    TrainRequest request = SmallRequest.in(folder, Mode.FEATURE_EXTRACTION);
    TrainPipeline.run(request, progress);

    Path model = request.output().resolve("squeezenet1_1-feature-extraction/model");
    try (ZipFile zip = new ZipFile(request.archive().toFile());
        Stream<Path> files = Files.list(model)) {
      List<Path> all = files.toList();
      assertThat(zip.size()).isEqualTo(all.size());
      for (Path file : all) {
        byte[] packed =
            zip.getInputStream(zip.getEntry(file.getFileName().toString())).readAllBytes();
        assertThat(packed).isEqualTo(Files.readAllBytes(file));
      }
    }
    assertThat(progress.lines)
        .contains("model   squeezenet1_1-feature-extraction -> " + request.archive());
  }

  @Test
  void verifyingTheZipGivesTheMeasuresOfTrainingToTheLastByte() throws IOException {
    TrainRequest request = SmallRequest.in(folder, Mode.FEATURE_EXTRACTION);
    TrainPipeline.run(request, progress);
    VerifyPipeline.run(verification(request), progress);

    // Where it waits for its turn, another phase ends the wait.
    assertThat(progress.phases)
        .endsWith("starting libtorch", "scoring the test images", "writing the report");
    Path run = request.output().resolve("squeezenet1_1-feature-extraction");
    assertThat(VerifyPipeline.metricsFile(request.output()))
        .hasSameBinaryContentAs(run.resolve("metrics.json"));
    assertThat(request.output().resolve("verify/predictions.csv"))
        .hasSameBinaryContentAs(run.resolve("predictions.csv"));
    assertThat(request.output().resolve("report/index.html")).content().contains("accuracy");
    assertThat(request.output().resolve("verify/TEST-model.xml")).content().contains("<testcase");
  }

  @Test
  void theSameSeedGivesTheSameModelAndAnotherDoesNot() throws IOException {
    byte[] first = trainedIn(Files.createDirectory(folder.resolve("a")), 42);

    assertThat(trainedIn(Files.createDirectory(folder.resolve("b")), 42)).isEqualTo(first);
    assertThat(trainedIn(Files.createDirectory(folder.resolve("c")), 43)).isNotEqualTo(first);
  }

  @Test
  void aTrainingThatFailsChangesNothing() throws IOException {
    TrainRequest request = SmallRequest.in(folder, Mode.FEATURE_EXTRACTION);
    TrainPipeline.run(request, progress);
    Inputs.of(request).remember();
    byte[] archive = Files.readAllBytes(request.archive());
    byte[] image = Files.readAllBytes(folder.resolve("images/train/red/image0.png"));
    Map<String, Integer> before = contents(request.output());

    Files.write(folder.resolve("images/train/red/image0.png"), new byte[] {1, 2, 3});
    assertThatThrownBy(() -> TrainPipeline.run(request, progress))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("image0.png");

    assertThat(Files.readAllBytes(request.archive())).isEqualTo(archive);
    assertThat(contents(request.output())).isEqualTo(before);
    Files.write(folder.resolve("images/train/red/image0.png"), image);
    assertThat(Inputs.of(request).change()).isEmpty();
  }

  @Test
  void aPackageThatCanNotBeWrittenCostsNoEpoch() throws IOException {
    TrainRequest request = SmallRequest.in(folder, Mode.FINETUNE);
    // A file where the folder of the zip should be.
    Path blocked = Files.writeString(folder.resolve("blocked"), "");
    TrainRequest hindered = SmallRequest.packagedAs(request, blocked.resolve("small-model.zip"));
    // What an earlier training, of which nothing else is left, has remembered.
    Path inputs =
        Files.writeString(Files.createDirectories(request.output()).resolve("inputs.json"), "{}");

    assertThatThrownBy(() -> TrainPipeline.run(hindered, progress))
        .isInstanceOf(Problem.class)
        .hasMessageStartingWith("the model cannot be written to " + hindered.archive());
    assertThat(request.output().resolve("summary.md")).doesNotExist();
    // From here on results are replaced: what a crash leaves is of no training.
    assertThat(inputs).doesNotExist();
    Files.delete(blocked);
    RememberedProgress second = new RememberedProgress();
    TrainPipeline.run(hindered, second);

    assertThat(second.lines).anyMatch(line -> line.startsWith("finetune: goes on with epoch 3"));
    assertThat(second.lines).noneMatch(line -> line.startsWith("epoch "));
    assertThat(hindered.archive()).isNotEmptyFile();
    assertThat(request.output().resolve(".checkpoint")).doesNotExist();
  }

  @Test
  void imagesTooSmallForTheNetworkAreRefusedBeforeAnythingIsComputed() throws IOException {
    TrainRequest small = SmallRequest.in(folder, Mode.FEATURE_EXTRACTION);
    TrainRequest request =
        new TrainRequest(
            small.model(),
            small.modes(),
            small.dataset(),
            small.audit(),
            small.weights(),
            8,
            small.precision(),
            small.augmentation(),
            small.balance(),
            small.training(),
            small.processor(),
            small.seed(),
            small.output(),
            small.cache(),
            small.cacheSize(),
            small.archive(),
            small.version());

    assertThatThrownBy(() -> TrainPipeline.run(request, progress))
        .hasMessageStartingWith("squeezenet1_1 cannot take images of 8x8");
    assertThat(request.output()).doesNotExist();
  }

  @Test
  void aModelOfOtherClassesIsNotScored() throws IOException {
    TrainRequest request = SmallRequest.in(folder, Mode.FEATURE_EXTRACTION);
    TrainPipeline.run(request, progress);
    for (String split : List.of("train", "val", "test")) {
      Files.move(
          folder.resolve("images/" + split + "/red"), folder.resolve("images/" + split + "/rot"));
    }

    assertThatThrownBy(() -> VerifyPipeline.run(verification(request), progress))
        .hasMessageStartingWith(
            "the packaged model knows the classes [blue, green, red], the dataset has [blue, green, rot]");
  }

  @Test
  void aModelIsScoredOnTheImagesThatWereDrawnForItsTestAndOnNoOthers() throws IOException {
    TrainRequest request = onClassFoldersAlone(SmallRequest.in(folder, Mode.FEATURE_EXTRACTION));
    TrainPipeline.run(request, progress);
    VerifyPipeline.run(verification(request), progress);
    assertThat(VerifyPipeline.metricsFile(request.output())).exists();

    VerifyRequest otherSeed =
        verification(request, DatasetSpec.of(request.dataset().directory(), 43));

    assertThatThrownBy(() -> VerifyPipeline.run(otherSeed, progress))
        .isInstanceOf(Problem.class)
        .hasMessageStartingWith("the packaged model may have been trained on the test images")
        .hasMessageContaining("they are (3 images, seed 43, fraction 0.2, names ")
        .hasMessageContaining("they were (3 images, seed 42, fraction 0.2, names ");
    // A gate that reads what was measured before would pass.
    assertThat(VerifyPipeline.metricsFile(request.output())).doesNotExist();
    VerifyPipeline.run(
        verification(request, DatasetSpec.of(folder.resolve("images"), 43)), progress);
    assertThat(VerifyPipeline.metricsFile(request.output())).exists();
  }

  /** The same training without the folders that say which images are for what. */
  private TrainRequest onClassFoldersAlone(TrainRequest request) {
    return SmallRequest.withDataset(
        request, DatasetSpec.of(folder.resolve("images/train"), request.seed()));
  }

  private byte[] trainedIn(Path below, int seed) throws IOException {
    TrainRequest first = SmallRequest.in(below, Mode.FEATURE_EXTRACTION);
    // The other solver finds the one optimum whatever the seed.
    TrainRequest.Training adamw =
        new TrainRequest.Training(first.training().epochs(), 4, null, null, "adamw");
    TrainRequest request = SmallRequest.with(below, seed, adamw, Mode.FEATURE_EXTRACTION);
    TrainPipeline.run(request, progress);
    return Files.readAllBytes(
        request.output().resolve("squeezenet1_1-feature-extraction/model/squeezenet1_1.pt"));
  }

  private static VerifyRequest verification(TrainRequest request) {
    return verification(request, request.dataset());
  }

  private static VerifyRequest verification(TrainRequest request, DatasetSpec dataset) {
    return new VerifyRequest(
        request.archive(),
        dataset,
        List.of(Rule.parse("accuracy", null, "0.1", null)),
        request.processor(),
        request.output(),
        request.cache());
  }

  private static Map<String, Integer> contents(Path root) throws IOException {
    Map<String, Integer> all = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.put(
            root.relativize(file).toString().replace('\\', '/'),
            java.util.Arrays.hashCode(Files.readAllBytes(file)));
      }
    }
    return all;
  }
}
