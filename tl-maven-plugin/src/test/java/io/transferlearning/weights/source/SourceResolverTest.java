package io.transferlearning.weights.source;

import static io.transferlearning.problem.ProblemCatcher.catchProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.transferlearning.problem.Problem;
import io.transferlearning.weights.StateDict;
import io.transferlearning.weights.Tensor;
import io.transferlearning.weights.download.Checksum.Algorithm;
import io.transferlearning.weights.download.Direct;
import io.transferlearning.weights.download.Downloads;
import io.transferlearning.weights.download.Listener;
import io.transferlearning.weights.format.Safetensors;
import io.transferlearning.weights.source.LocalWeights.Kind;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From what the user says to a verified file, or to nothing; all that needs no network. */
class SourceResolverTest {
  private final Path folder;
  private final Path cache;
  private final StateDict state = StateDict.of(Map.of("w", Tensor.scalar(3)));

  SourceResolverTest(@TempDir Path folder) {
    this.folder = folder;
    this.cache = folder.resolve("cache");
  }

  @Test
  void randomWeightsAreNoFile() throws InterruptedException {
    LocalWeights weights = resolve(new WeightSource.None(), null, "resnet18");
    assertThat(weights).isEqualTo(new LocalWeights(Kind.NONE, "none", null, null));
    assertThat(weights.read("resnet18")).isEmpty();
  }

  @Test
  void thoseInThePluginNeedNoNetwork() throws InterruptedException {
    LocalWeights weights = resolve(new WeightSource.Pretrained(), null, "squeezenet1_1");
    assertThat(weights)
        .isEqualTo(new LocalWeights(Kind.EMBEDDED, "pretrained", null, EmbeddedWeights.SHA256));
    assertThat(weights.read("squeezenet1_1")).isPresent();
    assertThat(weights.terms("squeezenet1_1")).get().asString().startsWith("Apache-2.0");
    assertThat(cache).doesNotExist();
  }

  @Test
  void thoseInThePluginHaveADigestToo() {
    String other = "0".repeat(64);
    assertThat(refusal(new WeightSource.Pretrained(), other, "squeezenet1_1").what())
        .isEqualTo(
            "The weights of the plugin are not the ones that were meant: expected SHA-256 "
                + other
                + ", found "
                + EmbeddedWeights.SHA256
                + ".");
  }

  @Test
  void otherPretrainedOnesComeFromTorchvision() {
    Problem problem = refusal(new WeightSource.Pretrained(), null, "resnet18");
    assertThat(problem.what())
        .isEqualTo(
            "Maven works offline, and the weights"
                + " https://download.pytorch.org/models/resnet18-f37072fd.pth can not be"
                + " downloaded: they are not on this machine yet.");
    assertThat(problem.next())
        .startsWith("Build once without --offline, or put the file (SHA-256 f37072fd...) at ")
        .endsWith("resnet18-f37072fd.pth.");
  }

  @Test
  void aModelWithoutPublishedWeightsListsThoseThatHaveThem() {
    assertThat(refusal(new WeightSource.Pretrained(), null, "resnet50_v1").what())
        .startsWith("No pre-trained weights of resnet50_v1 are known; those of resnet18, resnet34,")
        .endsWith(", densenet201 are.");
  }

  @Test
  void aFileIsTakenAsItIsWithItsDigest() throws InterruptedException, IOException {
    Path file = file("own.safetensors");
    WeightSource source = SourceText.parse("own.safetensors", null, folder);

    LocalWeights weights = resolve(source, null, "resnet18");

    String digest = Algorithm.SHA_256.of(file);
    assertThat(weights).isEqualTo(new LocalWeights(Kind.FILE, "own.safetensors", file, digest));
    assertThat(weights.read("resnet18")).contains(state);
    assertThat(resolve(source, digest, "resnet18")).isEqualTo(weights);
    assertThat(refusal(source, "1".repeat(64), "resnet18").what())
        .startsWith("The weights of own.safetensors are not the ones that were meant");
  }

  @Test
  void theContentAndNotTheNameTellsTheFormat() throws InterruptedException, IOException {
    file("weights");
    WeightSource source = SourceText.parse("weights", null, folder);
    assertThat(resolve(source, null, "resnet18").read("resnet18")).contains(state);

    Files.createFile(folder.resolve("m.pth"));
    LocalWeights empty = resolve(SourceText.parse("m.pth", null, folder), null, "resnet18");
    assertThat(catchProblem(() -> empty.read("resnet18")).what())
        .isEqualTo("The weights " + folder.resolve("m.pth") + " can not be used: it is empty.");
  }

  @Test
  void anArtifactIsFoundByMaven() throws InterruptedException {
    Path file = file("artifact.safetensors");
    WeightSource source = SourceText.parse("mvn:g:a:1:safetensors", null, folder);
    SourceResolver resolver =
        resolver(
            wanted -> {
              assertThat(wanted).isEqualTo(new MavenCoordinates("g", "a", "1", "safetensors", ""));
              return file;
            });

    assertThat(resolver.resolve(source, null, "resnet18").file()).isEqualTo(file);
    assertThat(resolver.resolve(source, null, "resnet18").source())
        .isEqualTo("mvn:g:a:1:safetensors");
  }

  @Test
  void aZooHereIsReadWithoutANetwork() throws InterruptedException, IOException {
    Path zoo = folder.resolve("zoo");
    SmallZoo.write(zoo, file("inside.safetensors"));

    LocalWeights weights =
        resolve(
            SourceText.parse("djl://ai.djl.pytorch/resnet18_embedding", null, folder),
            null,
            "resnet18");

    assertThat(weights.read("resnet18")).contains(state);
    assertThat(weights.source()).isEqualTo("djl://ai.djl.pytorch/resnet18_embedding");
    assertThat(weights.file()).hasFileName("inside.safetensors");
  }

  private Path file(String name) {
    Path file = folder.resolve(name);
    Safetensors.write(file, state);
    return file;
  }

  private SourceResolver resolver(ArtifactResolver artifacts) {
    Downloads downloads = new Downloads(cache, new Direct(true), new Silent(), () -> {});
    URI zoo = URI.create(folder.toUri() + "zoo/");
    return new SourceResolver(
        downloads, artifacts, new DjlZoo(zoo, downloads), cache.resolve("unpacked"));
  }

  private LocalWeights resolve(WeightSource source, @Nullable String sha256, String model)
      throws InterruptedException {
    return resolver(
            wanted -> {
              throw new AssertionError("Maven is not asked");
            })
        .resolve(source, sha256, model);
  }

  private Problem refusal(WeightSource source, @Nullable String sha256, String model) {
    return catchProblem(
        () -> {
          try {
            resolve(source, sha256, model);
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });
  }

  private record Silent() implements Listener {
    @Override
    public void info(String line) {}

    @Override
    public void step(String line, double fraction) {}
  }
}
