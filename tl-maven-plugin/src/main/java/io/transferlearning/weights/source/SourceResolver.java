package io.transferlearning.weights.source;

import io.transferlearning.problem.Problem;
import io.transferlearning.problem.SourceProblems;
import io.transferlearning.problem.WeightProblems;
import io.transferlearning.weights.download.Checksum;
import io.transferlearning.weights.download.Checksum.Algorithm;
import io.transferlearning.weights.download.Downloads;
import io.transferlearning.weights.download.Downloads.Fetched;
import io.transferlearning.weights.download.RemoteFile;
import io.transferlearning.weights.source.LocalWeights.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Brings weights onto this machine, before anything else is begun. */
public final class SourceResolver {
  private final Downloads downloads;
  private final ArtifactResolver artifacts;
  private final DjlZoo zoo;
  private final Unpacking unpacking;

  /**
   * @param downloads for what is on other machines
   * @param artifacts for what is in Maven's repositories
   * @param zoo for what is in DJL's zoo
   * @param unpacked the folder where what is inside zips is kept
   */
  public SourceResolver(
      Downloads downloads, ArtifactResolver artifacts, DjlZoo zoo, Path unpacked) {
    this.downloads = downloads;
    this.artifacts = artifacts;
    this.zoo = zoo;
    this.unpacking = new Unpacking(unpacked);
  }

  /**
   * The weights, here and verified.
   *
   * @param sha256 the digest they must have; null where nobody says
   * @param model torchvision's name of the network
   * @throws Problem if they can not be had, or are not the ones that were meant
   */
  public LocalWeights resolve(WeightSource source, @Nullable String sha256, String model)
      throws InterruptedException {
    if (source instanceof WeightSource.None) {
      return LocalWeights.none();
    } else if (source instanceof WeightSource.Pretrained && isEmbedded(model)) {
      require("the plugin", sha256, EmbeddedWeights.SHA256);
      return LocalWeights.embedded();
    }
    Fetched found = fetch(source, sha256, model);
    require(source.text(), sha256, found.sha256());
    Path file = unpacking.weightsIn(found.file(), found.sha256());
    return new LocalWeights(Kind.FILE, source.text(), file, found.sha256());
  }

  private static boolean isEmbedded(String model) {
    return model.equals(EmbeddedWeights.MODEL);
  }

  private Fetched fetch(WeightSource source, @Nullable String sha256, String model)
      throws InterruptedException {
    if (source instanceof WeightSource.Remote remote) {
      return downloads.fetch(remote.file());
    } else if (source instanceof WeightSource.Pretrained) {
      return downloads.fetch(published(model, sha256));
    } else if (source instanceof WeightSource.Artifact artifact) {
      return digested(artifacts.resolve(artifact.coordinates()));
    } else if (source instanceof WeightSource.Zoo one) {
      return zoo.fetch(one.model());
    }
    return digested(((WeightSource.LocalFile) source).file());
  }

  private static RemoteFile published(String model, @Nullable String sha256) {
    PublishedWeights weights =
        Catalogue.find(model)
            .orElseThrow(() -> WeightProblems.notPublished(model, Catalogue.models()));
    String digest = sha256 == null ? weights.sha256() : sha256;
    return new RemoteFile(weights.url(), Optional.of(Checksum.sha256(digest)));
  }

  private static Fetched digested(Path file) {
    try {
      return new Fetched(file, Algorithm.SHA_256.of(file));
    } catch (IOException e) {
      throw WeightProblems.unreadable(file.toString(), e);
    }
  }

  private static void require(String what, @Nullable String wanted, String found) {
    if (wanted != null && !wanted.equalsIgnoreCase(found)) {
      throw SourceProblems.otherDigest(what, wanted, found);
    }
  }
}
