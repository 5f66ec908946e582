package io.transferlearning.weights.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The catalogue beside what an installed torchvision says of its own weights. */
class CatalogueLiveTest {
  private static final Path PYTHON = Path.of("/usr/bin/python3");

  @Test
  void theCatalogueIsTorchvisions(@TempDir Path folder) throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(PYTHON), "no " + PYTHON);
    Path output = folder.resolve("out.jsonl");
    Process process =
        new ProcessBuilder(PYTHON.toString(), "src/test/python/catalogue.py")
            .redirectOutput(output.toFile())
            .redirectError(folder.resolve("err.txt").toFile())
            .start();
    int status = process.waitFor();
    if (status != 0) {
      System.out.println(
          "LEFT OUT: CatalogueLiveTest, because "
              + PYTHON
              + " cannot import torchvision (Debian: python3-torchvision)");
    }
    assumeTrue(status == 0, "no torchvision in " + PYTHON);

    Map<String, JsonObject> theirs = new LinkedHashMap<>();
    for (String line : Files.readAllLines(output, StandardCharsets.UTF_8)) {
      JsonObject one = new Gson().fromJson(line, JsonObject.class);
      theirs.put(one.get("model").getAsString(), one);
    }
    assertThat(Catalogue.models()).isEqualTo(theirs.keySet());
    for (String model : Catalogue.models()) {
      JsonObject ours =
          new Gson().toJsonTree(Catalogue.find(model).orElseThrow()).getAsJsonObject();
      ours.remove("licence");
      ours.remove("sha256");
      assertThat(ours).hasToString(String.valueOf(theirs.get(model)));
    }
  }
}
