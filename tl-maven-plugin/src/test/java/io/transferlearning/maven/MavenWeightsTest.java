package io.transferlearning.maven;

import static io.transferlearning.problem.ProblemCatcher.catchProblem;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where DJL's zoo is. */
class MavenWeightsTest {
  private final Path base;

  MavenWeightsTest(@TempDir Path base) {
    this.base = base;
  }

  @Test
  void withoutAWordItIsDjlsOwn() {
    assertThat(MavenWeights.location(null, base)).hasToString("https://mlrepo.djl.ai/");
  }

  @Test
  void anAddressIsThatOfAFolder() {
    assertThat(MavenWeights.location("https://zoo.example/mirror", base))
        .hasToString("https://zoo.example/mirror/");
    assertThat(MavenWeights.location("file:///zoo/", base)).hasToString("file:///zoo/");
  }

  @Test
  void aFolderStartsFromTheProjects() throws IOException {
    assertThat(Path.of(MavenWeights.location("zoo", base))).isEqualTo(base.resolve("zoo"));
    Files.createDirectory(base.resolve("zoo"));
    assertThat(MavenWeights.location("zoo", base).toString()).endsWith("/zoo/");
    assertThat(MavenWeights.location("not there yet", base).toString())
        .endsWith("/not%20there%20yet/");
  }

  @Test
  void anAddressThatIsNoneIsRefused() {
    assertThat(catchProblem(() -> MavenWeights.location("https://zoo example/", base)).what())
        .startsWith("The zoo's address 'https://zoo example/' can not be used: ");
  }
}
