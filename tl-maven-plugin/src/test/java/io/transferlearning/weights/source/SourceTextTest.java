package io.transferlearning.weights.source;

import static io.transferlearning.problem.ProblemCatcher.catchProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.transferlearning.problem.Problem;
import io.transferlearning.weights.download.Checksum;
import io.transferlearning.weights.download.RemoteFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code transfer.weights} can say, and what it cannot. */
class SourceTextTest {
  private static final String DIGEST = "0123456789abcdef".repeat(4);
  private static final String LEGAL =
      "pretrained, none, a file, an http(s) address, mvn:group:artifact:version[:type[:classifier]],"
          + " or djl://group/artifact[/version[/name]]";

  private final Path base;

  SourceTextTest(@TempDir Path base) {
    this.base = base;
  }

  @Test
  void theWordsAreUnderstoodInAnyCase() {
    assertThat(parse(" Pretrained ")).isEqualTo(new WeightSource.Pretrained());
    assertThat(parse("none")).isEqualTo(new WeightSource.None());
  }

  @Test
  void aPathStartsFromTheBase() throws IOException {
    Path file = Files.createFile(base.resolve("own.pth"));
    assertThat(parse("own.pth")).isEqualTo(new WeightSource.LocalFile(file, "own.pth"));
    assertThat(parse(file.toString())).isEqualTo(new WeightSource.LocalFile(file, file.toString()));
  }

  @Test
  void anAddressMayCarryItsDigest() {
    assertThat(parse("https://host/m.pth")).isEqualTo(remote("https://host/m.pth", null));
    assertThat(parse("HTTPS://host/m.pth#sha256=" + DIGEST.toUpperCase(java.util.Locale.ROOT)))
        .isEqualTo(
            remote(
                "HTTPS://host/m.pth#sha256=" + DIGEST.toUpperCase(java.util.Locale.ROOT), DIGEST));
    assertThat(SourceText.parse("https://host/m.pth", DIGEST, base))
        .isEqualTo(remote("https://host/m.pth", DIGEST));
    assertThat(SourceText.parse("https://host/m.pth#sha256=" + DIGEST, DIGEST, base).text())
        .isEqualTo("https://host/m.pth");
  }

  @Test
  void passwordsInAnAddressAreNeverShown() {
    assertThat(parse("https://me:s3cret@host:8443/m.pth?token=t0p").text())
        .isEqualTo("https://host:8443/m.pth?...");
    Problem problem = refusal("https://me:s3cret@ho st/m.pth?token=t0p", null);
    assertThat(problem.getMessage()).doesNotContain("s3cret", "t0p").contains("//***@ho st/m.pth");
  }

  @ParameterizedTest
  @CsvSource({
    "mvn:g:a:1, mvn:g:a:1:zip:model",
    "mvn:com.example.x:scene-model:1.0-SNAPSHOT:jar, mvn:com.example.x:scene-model:1.0-SNAPSHOT:jar",
    "mvn:g:a:1:safetensors:fp16, mvn:g:a:1:safetensors:fp16"
  })
  void coordinatesAreThoseOfMaven(String text, String whole) {
    assertThat(parse(text)).isInstanceOf(WeightSource.Artifact.class);
    assertThat(parse(text).text()).isEqualTo(whole);
  }

  @ParameterizedTest
  @CsvSource({
    "mvn:, it has 1 part",
    "mvn:g:a, it has 2 parts",
    "mvn:g:a:1:zip:model:more, it has 6 parts",
    "mvn:g::1, '' is none of them",
    "mvn:g:../a:1, '../a' is none of them",
    "'mvn:g:a:[1,2)', '[1,2)' is none of them",
    "mvn:g:a: 1, ' 1' is none of them"
  })
  void otherCoordinatesAreRefused(String text, String why) {
    Problem problem = refusal(text, null);
    assertThat(problem.what())
        .isEqualTo(
            "The parameter transfer.weights is '"
                + text
                + "', and Maven coordinates are written"
                + " mvn:group:artifact:version[:type[:classifier]]: "
                + why
                + ".");
    assertThat(problem.next()).startsWith("Give one version, not a range.");
  }

  @Test
  void modelsOfTheZooAreWrittenAsDjlWritesThem() {
    assertThat(parse("djl://ai.djl.pytorch/resnet18_embedding"))
        .isEqualTo(
            new WeightSource.Zoo(new ZooModel("ai.djl.pytorch", "resnet18_embedding", "", "")));
    assertThat(parse("djl://ai.djl.pytorch/resnet/0.0.1/traced_resnet18").text())
        .isEqualTo("djl://ai.djl.pytorch/resnet/0.0.1/traced_resnet18");
  }

  @ParameterizedTest
  @ValueSource(strings = {"djl://", "djl://g", "djl://g/", "djl://g/../x", "djl://a/b/c/d/e"})
  void otherModelsAreRefused(String text) {
    assertThat(refusal(text, null).what())
        .isEqualTo(
            "The parameter transfer.weights is '"
                + text
                + "', and models of DJL's zoo are written djl://group/artifact[/version[/name]].");
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "0123456789abcdefg", ""})
  void aDigestThatIsNoneIsRefused(String digest) {
    assertThat(refusal("https://host/m#sha256=" + digest, null).what())
        .isEqualTo(
            "The SHA-256 in what follows # in transfer.weights cannot be 'sha256="
                + digest
                + "'. Legal: 64 hexadecimal digits.");
    assertThat(refusal("pretrained", digest).what())
        .startsWith("The SHA-256 in transfer.weightsSha256 cannot be '" + digest + "'.");
  }

  @Test
  void digestsThatContradictEachOtherAreRefused() {
    String other = "f".repeat(64);
    assertThat(refusal("https://host/m#sha256=" + DIGEST, other).what())
        .contains(DIGEST, "and transfer.weightsSha256 says " + other);
    assertThat(refusal("none", DIGEST).what()).contains("random weights have none");
  }

  @ParameterizedTest
  @CsvSource({
    "http:///m.pth, it names no host",
    "'http://host/a b', Illegal character in path",
    "http://[host/m, Expected closing bracket for IPv6 address"
  })
  void anAddressThatIsNoneIsRefused(String text, String why) {
    assertThat(refusal(text, null).what())
        .isEqualTo(
            "The parameter transfer.weights is '" + text + "', which is no address: " + why + ".");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://host/m.pth", "s3://bucket/m.pth", "hf:org/model"})
  void otherProtocolsAreRefused(String text) {
    assertThat(refusal(text, null).what())
        .isEqualTo(
            "The parameter transfer.weights is '"
                + text
                + "', which is no source of weights; legal are "
                + LEGAL
                + ".");
  }

  @Test
  void aMistypedWordIsSuggested() {
    Problem problem = refusal("pretraned", null);
    assertThat(problem.what())
        .isEqualTo(
            "The parameter transfer.weights is 'pretraned', and no file is called that; legal are "
                + LEGAL
                + ".");
    assertThat(problem.next())
        .isEqualTo(
            "Did you mean 'pretrained'? Check the path: it is relative to the project's folder, or"
                + " absolute.");
  }

  @Test
  void anEmptySourceIsRefused() {
    assertThat(refusal(" ", null).what())
        .isEqualTo("The parameter transfer.weights is empty; legal are " + LEGAL + ".");
  }

  @ParameterizedTest
  @ValueSource(strings = {"no.safetensors", "weights/no.pth"})
  void aMissingFileIsNamedWhole(String text) {
    assertThat(refusal(text, null).what())
        .isEqualTo("The weights " + base.resolve(text) + " are not a file.");
  }

  private WeightSource parse(String text) {
    return SourceText.parse(text, null, base);
  }

  private Problem refusal(String text, @Nullable String sha256) {
    return catchProblem(() -> SourceText.parse(text, sha256, base));
  }

  private static WeightSource remote(String url, @Nullable String sha256) {
    return new WeightSource.Remote(
        new RemoteFile(URI.create(url), Optional.ofNullable(sha256).map(Checksum::sha256)));
  }
}
