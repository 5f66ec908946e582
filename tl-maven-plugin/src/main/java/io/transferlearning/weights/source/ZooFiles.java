package io.transferlearning.weights.source;

import io.transferlearning.problem.DownloadProblems;
import io.transferlearning.problem.SourceProblems;
import io.transferlearning.weights.download.Checksum;
import io.transferlearning.weights.download.Checksum.Algorithm;
import io.transferlearning.weights.download.Downloads;
import io.transferlearning.weights.download.Downloads.Fetched;
import io.transferlearning.weights.download.RemoteFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The files of a zoo, in a folder here or on another machine. */
final class ZooFiles {
  private final URI location;
  private final Downloads downloads;

  /**
   * @param location a folder's address, which ends with a slash
   */
  ZooFiles(URI location, Downloads downloads) {
    this.location = location;
    this.downloads = downloads;
  }

  /**
   * A file.
   *
   * @param uri relative to the zoo, or absolute
   * @param checksum what its digest must be; null where nobody knows
   * @throws io.transferlearning.problem.Problem if it can not be had
   */
  Fetched get(URI uri, @Nullable Checksum checksum) throws InterruptedException {
    URI url = location.resolve(uri);
    if ("file".equals(url.getScheme())) {
      return here(url, checksum);
    }
    return downloads.fetch(new RemoteFile(url, Optional.ofNullable(checksum)));
  }

  private Fetched here(URI url, @Nullable Checksum checksum) {
    Path file = Path.of(url).normalize();
    if (!"file".equals(location.getScheme()) || !file.startsWith(Path.of(location).normalize())) {
      throw SourceProblems.badZoo("file " + url, "it lies outside of the zoo");
    }
    if (!Files.isRegularFile(file)) {
      throw SourceProblems.badZoo("file " + file, "it is not there");
    }
    try {
      String found = checksum == null ? "" : checksum.algorithm().of(file);
      if (checksum != null && !checksum.matches(found)) {
        throw DownloadProblems.wrongChecksum(
            file.toString(), checksum.text(), found, Files.size(file));
      }
      return new Fetched(file, Algorithm.SHA_256.of(file));
    } catch (IOException e) {
      throw SourceProblems.badZoo("file " + file, String.valueOf(e.getMessage()));
    }
  }
}
