package io.transferlearning.artifact;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import io.transferlearning.problem.ArtifactProblems;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/** The zip of a model's folder: what is attached to the project, installed and deployed. */
public final class ModelArchive {
  /**
   * A fixed time. Not the first that a zip can hold: for that, the JDK adds one in the zone of the
   * machine.
   */
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

  /** A description is a page of JSON; anything larger is not one. */
  private static final int MOST_DESCRIPTION_BYTES = 1 << 20;

  private ModelArchive() {}

  /**
   * A model taken out of its zip.
   *
   * @param torchScript the network with its weights, extracted
   * @param description the content of {@code model.json}
   */
  public record Opened(Path torchScript, ModelDescription description) {}

  /**
   * Zips the files of a folder, in the order of their names, as they are: trained weights hardly
   * get smaller (7 % by deflate, at a second for each 30 MB), and what a compressor makes of them
   * differs among the JDKs' versions of zlib. Written under a temporary name first.
   *
   * @throws io.transferlearning.problem.Problem where it can not be written; an older zip stays
   */
  public static void write(Path folder, Path zip) {
    Path partial = zip.resolveSibling(zip.getFileName() + ".partial");
    try {
      Files.createDirectories(zip.toAbsolutePath().getParent());
      try {
        pack(folder, partial);
        Files.move(partial, zip, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        // A full disk wants its room back.
        Files.deleteIfExists(partial);
      }
    } catch (IOException e) {
      throw ArtifactProblems.unwritable(zip, e);
    }
  }

  private static void pack(Path folder, Path zip) throws IOException {
    try (Stream<Path> files = Files.list(folder);
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      List<Path> sorted = files.sorted().toList();
      for (Path file : sorted) {
        out.putNextEntry(stored(file));
        Files.copy(file, out);
        out.closeEntry();
      }
    }
  }

  private static ZipEntry stored(Path file) throws IOException {
    ZipEntry entry = new ZipEntry(file.getFileName().toString());
    entry.setTimeLocal(TIME);
    entry.setMethod(ZipEntry.STORED);
    CheckedInputStream content = new CheckedInputStream(Files.newInputStream(file), new CRC32());
    try (content) {
      entry.setSize(content.transferTo(OutputStream.nullOutputStream()));
    }
    entry.setCrc(content.getChecksum().getValue());
    return entry;
  }

  /**
   * Takes the model out of a zip: only the entries that a model has are looked at, by name.
   *
   * @param folder where to put it; exists
   * @throws io.transferlearning.problem.Problem if there is no such zip or it holds no model
   */
  public static Opened open(Path zip, Path folder) throws IOException {
    if (!Files.isRegularFile(zip)) {
      throw ArtifactProblems.noModel(zip);
    }
    try (ZipFile file = new ZipFile(zip.toFile())) {
      ModelDescription description = description(zip, file);
      Path torchScript = folder.resolve("model.pt");
      try (InputStream in = entry(zip, file, ModelFolder.torchScript(description.architecture()))) {
        Files.copy(in, torchScript, StandardCopyOption.REPLACE_EXISTING);
      }
      return new Opened(torchScript, description);
    } catch (ZipException e) {
      throw ArtifactProblems.notAModel(zip, "it is not a zip file: " + e.getMessage());
    }
  }

  private static ModelDescription description(Path zip, ZipFile file) throws IOException {
    try (InputStream in = entry(zip, file, ModelFolder.DESCRIPTION)) {
      String json = new String(in.readNBytes(MOST_DESCRIPTION_BYTES), StandardCharsets.UTF_8);
      requireWhole(zip, ModelFolder.JSON.fromJson(json, JsonObject.class));
      return ModelFolder.JSON.fromJson(json, ModelDescription.class);
    } catch (JsonParseException e) {
      throw ArtifactProblems.notAModel(zip, "its " + ModelFolder.DESCRIPTION + " is not readable");
    }
  }

  /** Before it becomes a record, whose constructor would fail with no word for the user. */
  private static void requireWhole(Path zip, @Nullable JsonObject json) {
    String schema = json == null ? "" : String.valueOf(json.get("schema"));
    if (json == null || !schema.equals(Integer.toString(ModelDescription.SCHEMA))) {
      throw ArtifactProblems.notAModel(
          zip, "its " + ModelFolder.DESCRIPTION + " has another schema");
    }
    for (RecordComponent part : ModelDescription.class.getRecordComponents()) {
      if (!json.has(part.getName()) || json.get(part.getName()).isJsonNull()) {
        throw ArtifactProblems.notAModel(
            zip, "its " + ModelFolder.DESCRIPTION + " lacks " + part.getName());
      }
    }
  }

  private static InputStream entry(Path zip, ZipFile file, String name) throws IOException {
    ZipEntry entry = file.getEntry(name);
    if (entry == null) {
      throw ArtifactProblems.notAModel(zip, "it lacks " + name);
    }
    return file.getInputStream(entry);
  }
}
