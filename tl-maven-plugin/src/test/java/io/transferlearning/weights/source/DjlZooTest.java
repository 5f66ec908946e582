package io.transferlearning.weights.source;

import static io.transferlearning.problem.ProblemCatcher.catchProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.transferlearning.problem.Problem;
import io.transferlearning.weights.download.Direct;
import io.transferlearning.weights.download.Downloads;
import io.transferlearning.weights.download.Downloads.Fetched;
import io.transferlearning.weights.download.Listener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** DJL's zoo, from a folder and from a server, by the lists that DJL itself has. */
class DjlZooTest {
  private static final ZooModel RESNET = new ZooModel("ai.djl.pytorch", "resnet", "", "");

  private final Path zoo;
  private final Path weights;
  private final List<String> heard = new ArrayList<>();

  DjlZooTest(@TempDir Path folder) throws IOException {
    this.zoo = folder.resolve("zoo");
    this.weights = Files.writeString(folder.resolve("weights.pt"), "weights");
    Files.createDirectories(zoo);
  }

  @Test
  void aModelIsFoundInAFolder() throws IOException, InterruptedException {
    SmallZoo.write(zoo, weights);
    Fetched found = zoo().fetch(new ZooModel("ai.djl.pytorch", "resnet18_embedding", "", ""));
    assertThat(found.file())
        .isEqualTo(zoo.resolve(SmallZoo.PLACE + "resnet18_embedding/0.0.1/resnet18_embedding.zip"));
  }

  @Test
  void aModelIsDownloadedFromAServer() throws IOException, InterruptedException {
    SmallZoo.write(zoo, weights);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] bytes =
              Files.readAllBytes(zoo.resolve(exchange.getRequestURI().getPath().substring(1)));
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    try {
      URI there = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
      Fetched found =
          new DjlZoo(there, downloads())
              .fetch(new ZooModel("ai.djl.pytorch", "resnet18_embedding", "0.0.1", ""));
      assertThat(found.file())
          .hasFileName("resnet18_embedding.zip")
          .hasSameBinaryContentAs(
              zoo.resolve(SmallZoo.PLACE + "resnet18_embedding/0.0.1/resnet18_embedding.zip"));
      assertThat(heard).anyMatch(line -> line.endsWith("/resnet18_embedding/metadata.json"));
    } finally {
      server.stop(0);
    }
  }

  @Test
  void anUnknownModelListsTheKnownOnes() {
    Problem problem = refusal(new ZooModel("ai.djl.pytorch", "resnet18_embeding", "", ""));
    assertThat(problem.what())
        .startsWith("DJL's PyTorch zoo has no image classifier")
        .contains("djl://ai.djl.pytorch/resnet18_embeding; it has ")
        .contains("djl://ai.djl.pytorch/resnet, djl://ai.djl.pytorch/resnet18_embedding");
    assertThat(problem.next())
        .isEqualTo("Set -Dtransfer.weights=djl://ai.djl.pytorch/resnet18_embedding.");
    assertThat(refusal(new ZooModel("ai.djl.mxnet", "resnet", "", "")).what())
        .contains("djl://ai.djl.mxnet/resnet; it has ");
  }

  @Test
  void ofSeveralFilesOneMustBeNamed() throws IOException, InterruptedException {
    Path folder = Files.createDirectories(zoo.resolve(SmallZoo.PLACE + "resnet"));
    Files.copy(weights, folder.resolve("18.pt"));
    SmallZoo.metadata(
        zoo,
        "resnet",
        SmallZoo.artifact("0.0.1", "traced_resnet18", "18.pt", weights),
        SmallZoo.artifact("0.0.1", "traced_resnet50", "50.pt", weights));

    Problem problem = refusal(RESNET);
    assertThat(problem.what())
        .isEqualTo(
            "DJL's PyTorch zoo has no file, or several, for djl://ai.djl.pytorch/resnet; it has"
                + " djl://ai.djl.pytorch/resnet/0.0.1/traced_resnet18,"
                + " djl://ai.djl.pytorch/resnet/0.0.1/traced_resnet50.");
    assertThat(refusal(new ZooModel("ai.djl.pytorch", "resnet", "9.9", "")).what())
        .contains("djl://ai.djl.pytorch/resnet/9.9; it has");
    assertThat(
            zoo()
                .fetch(new ZooModel("ai.djl.pytorch", "resnet", "0.0.1", "traced_resnet18"))
                .file())
        .hasFileName("18.pt");
  }

  @Test
  void theNewestVersionIsTaken() throws IOException, InterruptedException {
    Path folder = Files.createDirectories(zoo.resolve(SmallZoo.PLACE + "resnet"));
    Files.copy(weights, folder.resolve("new.pt"));
    SmallZoo.metadata(
        zoo,
        "resnet",
        SmallZoo.artifact("0.0.9", "one", "old.pt", weights),
        SmallZoo.artifact("0.0.10", "one", "new.pt", weights));
    assertThat(zoo().fetch(RESNET).file()).hasFileName("new.pt");
  }

  @Test
  void aFileWithAnotherDigestIsRefused() throws IOException {
    Path folder = Files.createDirectories(zoo.resolve(SmallZoo.PLACE + "resnet"));
    Files.writeString(folder.resolve("18.pt"), "other");
    SmallZoo.metadata(zoo, "resnet", SmallZoo.artifact("0.0.1", "one", "18.pt", weights));
    assertThat(refusal(RESNET).what())
        .startsWith("The file at " + folder.resolve("18.pt") + " is not the one that was meant: ")
        .contains("expected SHA-1 ");
  }

  @Test
  void filesOutsideOfTheZooAreRefused() throws IOException {
    Files.createDirectories(zoo.resolve(SmallZoo.PLACE + "resnet"));
    for (String uri : List.of("../../../../../../../../weights.pt", weights.toUri().toString())) {
      SmallZoo.metadata(zoo, "resnet", SmallZoo.artifact("0.0.1", "one", uri, weights));
      assertThat(refusal(RESNET).what()).contains("it lies outside of the zoo");
    }
  }

  @Test
  void aFolderThatIsNoZooIsRefused() throws IOException {
    Problem problem = refusal(RESNET);
    assertThat(problem.what())
        .isEqualTo(
            "The zoo's file "
                + zoo.resolve(SmallZoo.PLACE + "resnet/metadata.json")
                + " can not be used: it is not there.");
    assertThat(problem.next()).contains("transfer.zoo");

    Path folder = Files.createDirectories(zoo.resolve(SmallZoo.PLACE + "resnet"));
    Files.writeString(folder.resolve("metadata.json"), "{\"artifacts\": 3");
    assertThat(refusal(RESNET).what()).contains("metadata.json can not be used: ");
    Files.writeString(folder.resolve("metadata.json"), "{}");
    assertThat(refusal(RESNET).what()).endsWith("it lists no artifacts.");
  }

  private DjlZoo zoo() {
    return new DjlZoo(zoo.toUri(), downloads());
  }

  private Downloads downloads() {
    return new Downloads(
        zoo.resolveSibling("cache"), new Direct(false), new Lines(heard), () -> {});
  }

  private Problem refusal(ZooModel model) {
    return catchProblem(
        () -> {
          try {
            zoo().fetch(model);
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });
  }

  private record Lines(List<String> heard) implements Listener {
    @Override
    public void info(String line) {
      heard.add(line);
    }

    @Override
    public void step(String line, double fraction) {}
  }
}
