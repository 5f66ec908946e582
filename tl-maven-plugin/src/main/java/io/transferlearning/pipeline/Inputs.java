package io.transferlearning.pipeline;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import com.google.gson.reflect.TypeToken;
import io.transferlearning.data.Dataset;
import io.transferlearning.data.LabeledImage;
import io.transferlearning.data.folder.ImageFolders;
import io.transferlearning.evaluation.WholeFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that a trained model depends on, as names and values: where none has changed since the last
 * training, there is nothing to do.
 */
public final class Inputs {
  /** The reason of a first training. */
  public static final String NOTHING_BEFORE = "nothing was trained before";

  private static final String FILE = "inputs.json";

  /** The digest of what came out, beside those of what went in. */
  private static final String ARCHIVE = "archive";

  private static final int SHOWN_DIGITS = 12;
  private static final Gson JSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  private final TrainRequest request;
  private final Map<String, String> values;

  private Inputs(TrainRequest request, Map<String, String> values) {
    this.request = request;
    this.values = values;
  }

  /**
   * The inputs of a request, images and weights by their content.
   *
   * @throws io.transferlearning.problem.Problem if the dataset's folders are not as they should be
   */
  public static Inputs of(TrainRequest request) throws IOException {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("plugin", request.version());
    values.put("model", request.model());
    values.put("mode", request.modes().stream().map(Mode::text).toList().toString());
    values.put("weights", weights(request));
    values.put("imageSize", Integer.toString(request.imageSize()));
    values.put("epochs", text(request.training().epochs()));
    values.put("batchSize", text(request.training().batchSize()));
    values.put("learningRate", text(request.training().learningRate()));
    values.put("patience", text(request.training().patience()));
    values.put("device", request.processor().device());
    values.put("seed", Integer.toString(request.seed()));
    values.put("dataset", dataset(ImageFolders.read(request.dataset())));
    return new Inputs(request, values);
  }

  /** Why training is needed; empty where the results are up to date. */
  public Optional<String> change() throws IOException {
    Path file = request.output().resolve(FILE);
    Optional<Map<String, String>> before = read(file);
    if (before.isEmpty()) {
      return Optional.of(NOTHING_BEFORE);
    }
    for (Map.Entry<String, String> input : values.entrySet()) {
      String old = text(before.get().get(input.getKey()));
      if (!old.equals(input.getValue())) {
        return Optional.of(input.getKey() + " changed from " + old + " to " + input.getValue());
      }
    }
    Optional<Path> missing = results().stream().filter(one -> !Files.exists(one)).findFirst();
    if (missing.isPresent()) {
      return Optional.of(missing.get() + " is missing");
    }
    boolean same = hex(digest(request.archive())).equals(before.get().get(ARCHIVE));
    return same ? Optional.empty() : Optional.of(request.archive() + " is of another training");
  }

  /** Forgets what was trained before: a training that fails must not look up to date. */
  public void forget() throws IOException {
    Files.deleteIfExists(request.output().resolve(FILE));
  }

  /** Remembers that the results belong to these inputs. */
  public void remember() throws IOException {
    Map<String, String> all = new LinkedHashMap<>(values);
    all.put(ARCHIVE, hex(digest(request.archive())));
    WholeFile.write(request.output().resolve(FILE), JSON.toJson(all) + "\n");
  }

  private List<Path> results() {
    return java.util.stream.Stream.concat(
            java.util.stream.Stream.of(request.archive()),
            request.modes().stream()
                .map(mode -> request.output().resolve(request.model() + "-" + mode.text())))
        .toList();
  }

  private static Optional<Map<String, String>> read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      Map<String, String> values =
          JSON.fromJson(Files.readString(file), new TypeToken<Map<String, String>>() {});
      return Optional.ofNullable(values);
    } catch (JsonParseException e) {
      return Optional.empty();
    }
  }

  private static String text(@Nullable Object value) {
    return Objects.toString(value, "default");
  }

  private static String weights(TrainRequest request) throws IOException {
    Path file = request.base().resolve(request.weights());
    return Files.isRegularFile(file)
        ? request.weights() + " (" + hex(digest(file)) + ")"
        : request.weights();
  }

  private static String dataset(Dataset dataset) throws IOException {
    MessageDigest all = sha256();
    int images = 0;
    for (List<LabeledImage> split :
        List.of(dataset.train(), dataset.validation(), dataset.test())) {
      for (LabeledImage image : split) {
        all.update(image.name().getBytes(StandardCharsets.UTF_8));
        all.update(digest(image.file()));
        images++;
      }
      all.update((byte) 0);
    }
    return images + " images (" + hex(all.digest()) + ")";
  }

  private static byte[] digest(Path file) throws IOException {
    MessageDigest sha256 = sha256();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), sha256)) {
      in.transferTo(java.io.OutputStream.nullOutputStream());
    }
    return sha256.digest();
  }

  private static String hex(byte[] digest) {
    return HexFormat.of().formatHex(digest).substring(0, SHOWN_DIGITS);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
