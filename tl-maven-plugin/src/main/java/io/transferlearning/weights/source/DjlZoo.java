package io.transferlearning.weights.source;

import ai.djl.Application;
import ai.djl.pytorch.zoo.PtZooProvider;
import ai.djl.repository.Artifact;
import ai.djl.repository.MRL;
import ai.djl.repository.Metadata;
import ai.djl.repository.zoo.ModelLoader;
import ai.djl.repository.zoo.ModelZoo;
import ai.djl.util.JsonUtils;
import com.google.gson.JsonParseException;
import io.transferlearning.problem.SourceProblems;
import io.transferlearning.weights.download.Checksum;
import io.transferlearning.weights.download.Checksum.Algorithm;
import io.transferlearning.weights.download.Downloads;
import io.transferlearning.weights.download.Downloads.Fetched;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The image classifiers of DJL's PyTorch zoo. DJL says which there are and where; the files come by
 * our own way, since DJL's own downloads know nothing of Maven's proxies and offline mode, and
 * nothing in them is run.
 */
public final class DjlZoo {
  /** Where DJL looks unless told otherwise, by its own variable {@code DJL_REPO_URL}. */
  public static final String LOCATION = ModelZoo.DJL_REPO_URL.toString();

  private final ZooFiles files;

  /**
   * @param location an http or https address, or a folder's {@code file:} address; ends with a
   *     slash
   * @param downloads for a zoo on another machine
   */
  public DjlZoo(URI location, Downloads downloads) {
    this.files = new ZooFiles(location, downloads);
  }

  /**
   * The file of a model, as the zoo packs it.
   *
   * @throws io.transferlearning.problem.Problem for a model that there is not, or that can not be
   *     had
   */
  Fetched fetch(ZooModel model) throws InterruptedException {
    MRL place = place(model);
    URI folder = place.toURI();
    Metadata metadata = metadata(folder, files.get(folder.resolve("metadata.json"), null).file());
    Artifact.Item item = item(model, metadata);
    Checksum checksum =
        item.getSha1Hash() == null ? null : new Checksum(Algorithm.SHA_1, item.getSha1Hash());
    return files.get(folder.resolve(item.getUri()), checksum);
  }

  private static MRL place(ZooModel model) {
    List<MRL> known =
        new PtZooProvider()
            .getModelZoo().getModelLoaders().stream()
                .map(ModelLoader::getMrl)
                .filter(one -> one.getApplication().equals(Application.CV.IMAGE_CLASSIFICATION))
                .toList();
    return known.stream()
        .filter(one -> one.getGroupId().equals(model.group()))
        .filter(one -> one.getArtifactId().equals(model.artifact()))
        .findFirst()
        .orElseThrow(
            () ->
                SourceProblems.unknownZooModel(
                    model.text(), known.stream().map(DjlZoo::text).sorted().toList()));
  }

  private static String text(MRL place) {
    return new ZooModel(place.getGroupId(), place.getArtifactId(), "", "").text();
  }

  private static Metadata metadata(URI folder, Path file) {
    try {
      Metadata metadata = JsonUtils.GSON.fromJson(Files.readString(file), Metadata.class);
      if (metadata == null || metadata.getArtifacts() == null) {
        throw SourceProblems.badZoo(file.toString(), "it lists no artifacts");
      }
      metadata.init(Map.of());
      metadata.setRepositoryUri(folder);
      return metadata;
    } catch (IOException | JsonParseException e) {
      throw SourceProblems.badZoo(file.toString(), String.valueOf(e.getMessage()));
    }
  }

  /** The newest version of what is asked for, if that is one file. */
  private static Artifact.Item item(ZooModel model, Metadata metadata) {
    List<Artifact> all = metadata.getArtifacts();
    List<Artifact> found =
        all.stream()
            .filter(one -> model.version().isEmpty() || model.version().equals(one.getVersion()))
            .filter(one -> model.name().isEmpty() || model.name().equals(one.getName()))
            .toList();
    Optional<String> newest =
        found.stream()
            .max(Comparator.comparing(Artifact::getParsedVersion))
            .map(Artifact::getVersion);
    List<Artifact> last =
        found.stream().filter(one -> one.getVersion().equals(newest.orElse(""))).toList();
    Artifact.Item item = last.size() == 1 ? last.get(0).getFiles().get("model") : null;
    if (item == null) {
      throw SourceProblems.unknownZooFile(
          model.text(), all.stream().map(one -> text(model, one)).toList());
    }
    return item;
  }

  private static String text(ZooModel model, Artifact one) {
    return new ZooModel(model.group(), model.artifact(), one.getVersion(), one.getName()).text();
  }
}
