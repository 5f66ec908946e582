package io.transferlearning.weights.source;

import io.transferlearning.weights.download.Checksum.Algorithm;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A folder laid out as DJL's zoo, with one model in it. */
final class SmallZoo {
  static final String PLACE = "model/cv/image_classification/ai/djl/pytorch/";

  private SmallZoo() {}

  /** Writes a zoo whose {@code resnet18_embedding} is a zip of a file. */
  static void write(Path zoo, Path inside) throws IOException {
    Path version =
        Files.createDirectories(zoo.resolve(PLACE).resolve("resnet18_embedding").resolve("0.0.1"));
    Path zip = version.resolve("resnet18_embedding.zip");
    try (OutputStream out = Files.newOutputStream(zip);
        ZipOutputStream entries = new ZipOutputStream(out)) {
      entries.putNextEntry(new ZipEntry("resnet18_embedding/" + inside.getFileName()));
      Files.copy(inside, entries);
      entries.closeEntry();
    }
    metadata(
        zoo,
        "resnet18_embedding",
        artifact("0.0.1", "resnet18_embedding", "0.0.1/resnet18_embedding.zip", zip));
  }

  /** Writes the list of a model's files. */
  static void metadata(Path zoo, String model, String... artifacts) throws IOException {
    Path folder = Files.createDirectories(zoo.resolve(PLACE).resolve(model));
    Files.writeString(
        folder.resolve("metadata.json"),
        """
        {
          "metadataVersion": "0.1",
          "resourceType": "model",
          "application": "cv/image_classification",
          "groupId": "ai.djl.pytorch",
          "artifactId": "%s",
          "artifacts": [%s]
        }
        """
            .formatted(model, String.join(",", artifacts)));
  }

  static String artifact(String version, String name, String uri, Path file) throws IOException {
    return """
    {"version": "%s", "snapshot": false, "name": "%s",
     "files": {"synset": {"uri": "https://host.invalid/synset.txt"},
               "model": {"uri": "%s", "name": "", "sha1Hash": "%s", "size": 1}}}
    """
        .formatted(version, name, uri, Algorithm.SHA_1.of(file));
  }
}
