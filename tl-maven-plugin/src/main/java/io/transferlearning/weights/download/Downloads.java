package io.transferlearning.weights.download;

import io.transferlearning.problem.DownloadProblems;
import io.transferlearning.problem.Problem;
import io.transferlearning.weights.download.Checksum.Algorithm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Downloads files once and keeps them for all builds. A file appears under its name whole and
 * verified; one that is there is verified again each time, since disks fail and people help.
 */
public final class Downloads {
  private static final int HEAD_BYTES = 512;

  private final Path folder;
  private final NetworkAccess network;
  private final Listener listener;
  private final Runnable before;
  private final Limits limits;
  private final HttpGet get;

  /**
   * @param folder where files are kept
   * @param network how to reach other machines
   * @param listener hears how it goes
   * @param before called before each download: what would fail afterwards anyway, whatever comes,
   *     should fail there
   */
  public Downloads(Path folder, NetworkAccess network, Listener listener, Runnable before) {
    this(folder, network, listener, before, Limits.USUAL, null);
  }

  Downloads(
      Path folder,
      NetworkAccess network,
      Listener listener,
      Runnable before,
      Limits limits,
      @Nullable SSLContext tls) {
    this.folder = folder;
    this.network = network;
    this.listener = listener;
    this.before = before;
    this.limits = limits;
    this.get = new HttpGet(network, limits, tls);
  }

  /**
   * A file that is here and verified.
   *
   * @param file where it is
   * @param sha256 its digest, in hexadecimal digits
   */
  public record Fetched(Path file, String sha256) {}

  /**
   * The file: the one that is here, or else the one that is downloaded.
   *
   * @throws Problem if it can not be had, or is not the one that was meant
   */
  public Fetched fetch(RemoteFile wanted) throws InterruptedException {
    Path place = wanted.place(folder).toAbsolutePath();
    try {
      // Most often it is there, and then not even the right to write is needed.
      Optional<Fetched> here = verified(wanted, place);
      if (here.isPresent()) {
        return here.get();
      }
      if (network.offline()) {
        throw offline(wanted, place);
      }
      Files.createDirectories(place.getParent());
      return FileLocked.run(
          place.resolveSibling(place.getFileName() + ".lock"),
          () -> listener.info("waiting for another build that downloads " + wanted.name()),
          () -> verifiedOrDownloaded(wanted, place));
    } catch (IOException e) {
      throw DownloadProblems.cannotStore(place.toString(), e);
    }
  }

  /** Another build may have brought it while this one waited. */
  private Fetched verifiedOrDownloaded(RemoteFile wanted, Path place)
      throws IOException, InterruptedException {
    Optional<Fetched> here = verified(wanted, place);
    return here.isPresent() ? here.get() : download(wanted, place);
  }

  private static Problem offline(RemoteFile wanted, Path place) {
    return DownloadProblems.offline(
        wanted.shown(),
        wanted.checksum().map(Checksum::text),
        place.toString(),
        Files.exists(place));
  }

  /** What is at the place, if it is the right file. */
  private static Optional<Fetched> verified(RemoteFile wanted, Path place) throws IOException {
    if (!Files.isRegularFile(place)) {
      return Optional.empty();
    }
    String sha256 = Algorithm.SHA_256.of(place);
    boolean right = isRight(wanted, place, sha256) && sha256.equals(noted(place).orElse(sha256));
    return right ? Optional.of(new Fetched(place, sha256)) : Optional.empty();
  }

  private static boolean isRight(RemoteFile wanted, Path file, String sha256) throws IOException {
    if (wanted.checksum().isEmpty()) {
      return true;
    }
    Checksum checksum = wanted.checksum().get();
    return checksum.matches(
        checksum.algorithm() == Algorithm.SHA_256 ? sha256 : checksum.algorithm().of(file));
  }

  private Fetched download(RemoteFile wanted, Path place) throws IOException, InterruptedException {
    before.run();
    if (Files.exists(place)) {
      listener.info(place + " is not what it was, or not the one wanted: downloading it again");
    }
    listener.info("downloading " + wanted.shown());
    PartialFile part = new PartialFile(place);
    boolean again = false;
    while (true) {
      boolean inPieces = new Transfer(wanted, place, part, get, limits, listener).run();
      String sha256 = Algorithm.SHA_256.of(part.data());
      if (isRight(wanted, part.data(), sha256)) {
        return keep(wanted, place, part, sha256);
      }
      Problem problem = wrong(wanted, part.data());
      part.discard();
      if (again || !inPieces) {
        throw problem;
      }
      listener.info("its pieces do not belong together: downloading all of it again");
      again = true;
    }
  }

  private Fetched keep(RemoteFile wanted, Path place, PartialFile part, String sha256)
      throws IOException {
    if (isText(part.data())) {
      Problem problem = textual(wanted, part.data());
      part.discard();
      throw problem;
    }
    Files.deleteIfExists(place);
    Files.writeString(note(place), sha256 + "  " + place.getFileName() + "\n");
    Files.move(part.data(), place, StandardCopyOption.ATOMIC_MOVE);
    part.forgetFacts();
    listener.info(
        String.format(
            Locale.ROOT,
            "downloaded %s, SHA-256 %s, to %s",
            TransferLine.megabytes(Files.size(place)),
            sha256,
            place));
    return new Fetched(place, sha256);
  }

  private static Problem wrong(RemoteFile wanted, Path file) throws IOException {
    if (isText(file)) {
      return textual(wanted, file);
    }
    Checksum checksum = wanted.checksum().orElseThrow();
    return DownloadProblems.wrongChecksum(
        wanted.shown(), checksum.text(), checksum.algorithm().of(file), Files.size(file));
  }

  /** What servers send with status 200 where they mean that there is no such file. */
  private static boolean isText(Path file) throws IOException {
    String head = head(file);
    return isPage(head) || isPointer(head);
  }

  private static Problem textual(RemoteFile wanted, Path file) throws IOException {
    return isPointer(head(file))
        ? DownloadProblems.lfsPointer(wanted.shown())
        : DownloadProblems.webPage(wanted.shown());
  }

  private static boolean isPage(String head) {
    return head.startsWith("<!doctype") || head.startsWith("<html") || head.startsWith("<?xml");
  }

  private static boolean isPointer(String head) {
    return head.startsWith("version https://git-lfs");
  }

  private static String head(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(HEAD_BYTES);
      return new String(bytes, StandardCharsets.ISO_8859_1).strip().toLowerCase(Locale.ROOT);
    }
  }

  private static Path note(Path place) {
    return place.resolveSibling(place.getFileName() + ".sha256");
  }

  /** The digest the file had when it came; empty where somebody put it there. */
  private static Optional<String> noted(Path place) throws IOException {
    Path note = note(place);
    return Files.exists(note)
        ? Optional.of(Files.readString(note).strip().split("\\s", 2)[0])
        : Optional.empty();
  }
}
