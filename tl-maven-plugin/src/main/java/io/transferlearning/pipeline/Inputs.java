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
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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

  /** Shown for a setting that nobody gave. */
  private static final String DEFAULT = "default";

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
   * The inputs of a request, images by their content; it has the weights' digest itself.
   *
   * @throws io.transferlearning.problem.Problem if the dataset's folders are not as they should be
   */
  public static Inputs of(TrainRequest request) throws IOException {
    Map<String, String> values = RequestValues.of(request);
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
    Optional<String> changed = difference(before.get());
    if (changed.isPresent()) {
      return changed;
    }
    Optional<Path> missing = results().stream().filter(one -> !Files.exists(one)).findFirst();
    if (missing.isPresent()) {
      return Optional.of(missing.get() + " is missing");
    }
    boolean same = hex(digest(request.archive())).equals(before.get().get(ARCHIVE));
    return same ? Optional.empty() : Optional.of(request.archive() + " is of another training");
  }

  /** The first value that is not what it was; one that nobody gave, then or now, is the default. */
  private Optional<String> difference(Map<String, String> before) {
    Set<String> names = new LinkedHashSet<>(values.keySet());
    names.addAll(before.keySet());
    names.remove(ARCHIVE);
    for (String name : names) {
      String old = before.getOrDefault(name, DEFAULT);
      String now = values.getOrDefault(name, DEFAULT);
      if (!old.equals(now)) {
        return Optional.of(name + " changed from " + old + " to " + now);
      }
    }
    return Optional.empty();
  }

  /**
   * One word for all values: the same where training again would give the same model. Of what an
   * interrupted training left, only that with the same word is gone on with.
   */
  public String fingerprint() {
    MessageDigest all = sha256();
    values.forEach(
        (name, value) -> all.update((name + "=" + value + "\n").getBytes(StandardCharsets.UTF_8)));
    return hex(all.digest());
  }

  /**
   * Forgets what was trained before, when its results begin to be replaced: half of the old and
   * half of the new must not look up to date. Until then they are as they were, whatever becomes of
   * the new training.
   *
   * @param output the folder of all results
   */
  static void forget(Path output) throws IOException {
    Files.deleteIfExists(output.resolve(FILE));
  }

  /** Remembers that the results belong to these inputs. */
  public void remember() throws IOException {
    Map<String, String> all = new LinkedHashMap<>(values);
    all.put(ARCHIVE, hex(digest(request.archive())));
    WholeFile.write(request.output().resolve(FILE), JSON.toJson(all) + "\n");
  }

  /** Every file that training has promised: who deletes one wants it again. */
  List<Path> results() {
    List<Path> all = new ArrayList<>(List.of(request.archive()));
    request.modes().forEach(mode -> all.addAll(Run.files(request, mode)));
    if (RateStep.wanted(request)) {
      all.add(request.output().resolve(RateStep.plot(request)));
    }
    all.addAll(ReportPages.files(request.output()));
    return all;
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

  private static String dataset(Dataset dataset) throws IOException {
    MessageDigest all = sha256();
    int images = 0;
    for (List<LabeledImage> split :
        List.of(dataset.train(), dataset.validation(), dataset.test())) {
      // A large set is as slow as its files are read: several at once, and no more than digests
      // kept.
      List<byte[]> digests =
          split.parallelStream().map(image -> digestOrNone(image.file())).toList();
      for (int i = 0; i < split.size(); i++) {
        all.update(split.get(i).name().getBytes(StandardCharsets.UTF_8));
        all.update(digests.get(i));
      }
      images += split.size();
      all.update((byte) 0);
    }
    return images + " images (" + hex(all.digest()) + ")";
  }

  /** Of an image; one that can not be read is for the audit to name, with all others. */
  private static byte[] digestOrNone(Path image) {
    try {
      return digest(image);
    } catch (IOException e) {
      return new byte[0];
    }
  }

  private static byte[] digest(Path file) throws IOException {
    MessageDigest sha256 = sha256();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), sha256)) {
      in.transferTo(java.io.OutputStream.nullOutputStream());
    }
    return sha256.digest();
  }

  /** As much of a digest as is shown. */
  static String hex(byte[] digest) {
    return HexFormat.of().formatHex(digest).substring(0, SHOWN_DIGITS);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
