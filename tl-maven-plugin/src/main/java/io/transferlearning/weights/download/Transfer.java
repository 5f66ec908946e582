package io.transferlearning.weights.download;

import io.transferlearning.problem.DownloadProblems;
import io.transferlearning.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Brings one file here, in as many attempts as it takes; each goes on where the last one ended. */
final class Transfer {
  private static final int BUFFER_BYTES = 1 << 16;

  private final RemoteFile file;
  private final Path place;
  private final PartialFile part;
  private final HttpGet get;
  private final Limits limits;
  private final Listener listener;
  private boolean inPieces;

  /**
   * @param place where the file will be, for messages
   */
  Transfer(
      RemoteFile file,
      Path place,
      PartialFile part,
      HttpGet get,
      Limits limits,
      Listener listener) {
    this.file = file;
    this.place = place;
    this.part = part;
    this.get = get;
    this.limits = limits;
    this.listener = listener;
  }

  /**
   * Fills the partial file.
   *
   * @return whether it came in pieces, which may be those of two files
   * @throws Problem if it can not be had; what has come of it stays
   */
  boolean run() throws InterruptedException {
    int failures = 0;
    long most = 0;
    while (true) {
      try {
        attempt();
        return inPieces;
      } catch (IOException e) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        long size = size();
        failures = size > most ? 1 : failures + 1;
        most = Math.max(size, most);
        if (failures >= limits.attempts()) {
          throw DownloadProblems.brokenOff(
              file.shown(), reason(e), failures, size, place.toString(), e);
        }
        Duration pause = limits.pause().multipliedBy(1L << (failures - 1));
        listener.info(
            String.format(
                Locale.ROOT,
                "%s broke off at %s (%s); trying again",
                file.name(),
                TransferLine.megabytes(size),
                reason(e)));
        Thread.sleep(pause.toMillis());
      }
    }
  }

  private long size() {
    try {
      return part.size();
    } catch (IOException e) {
      throw DownloadProblems.cannotStore(part.data().toString(), e);
    }
  }

  private static String reason(IOException e) {
    String message = e.getMessage();
    if (message == null) {
      return e.getClass().getSimpleName();
    }
    // Java's whole word for a body that ends too early.
    return message.equals("closed") ? "the connection was closed" : message;
  }

  private void attempt() throws IOException, InterruptedException {
    Optional<PartialFile.Facts> before = resumable();
    long from = before.isPresent() ? part.size() : 0;
    inPieces = inPieces || before.isPresent();
    if (before.isPresent() && from == before.get().total()) {
      return;
    }
    HttpResponse<InputStream> response = get.send(file, headers(before, from));
    try (InputStream body = response.body()) {
      int status = response.statusCode();
      if (status == 416) {
        part.discard();
        throw new IOException("the server has another file now");
      } else if (status == 206) {
        long total = total(response.headers(), from);
        copy(body, from, total);
      } else if (status == 200) {
        long total =
            response.headers().firstValueAsLong("Content-Length").orElse(PartialFile.UNKNOWN);
        require(response.headers(), total);
        begin(new PartialFile.Facts(validator(response.headers()), total));
        copy(body, 0, total);
      } else {
        throw refused(status);
      }
    }
  }

  /** A later answer can be of another file: the server or the checksum must be able to tell. */
  private Optional<PartialFile.Facts> resumable() throws IOException {
    return part.size() == 0
        ? Optional.empty()
        : part.facts().filter(said -> !said.validator().isEmpty() || file.checksum().isPresent());
  }

  private static Map<String, String> headers(Optional<PartialFile.Facts> before, long from) {
    if (before.isEmpty()) {
      return Map.of();
    }
    String range = "bytes=" + from + "-";
    String validator = before.get().validator();
    return validator.isEmpty()
        ? Map.of("Range", range)
        : Map.of("Range", range, "If-Range", validator);
  }

  /** A weak ETag is none for parts of a file (RFC 9110, 13.1.5). */
  private static String validator(HttpHeaders headers) {
    return headers
        .firstValue("ETag")
        .filter(tag -> !tag.startsWith("W/"))
        .or(() -> headers.firstValue("Last-Modified"))
        .orElse("");
  }

  /** Of {@code bytes 100-199/200}, which must begin where we are. */
  private long total(HttpHeaders headers, long from) throws IOException {
    String range = headers.firstValue("Content-Range").orElse("");
    if (!range.startsWith("bytes " + from + "-")) {
      part.discard();
      throw new IOException("the server sent another part than asked for");
    }
    try {
      return Long.parseLong(range.substring(range.indexOf('/') + 1));
    } catch (NumberFormatException e) {
      return PartialFile.UNKNOWN;
    }
  }

  /** What can be told before a byte of the file has come. */
  private void require(HttpHeaders headers, long total) {
    if (total > limits.mostBytes()) {
      throw DownloadProblems.tooLarge(file.shown(), limits.mostBytes());
    }
    String type = headers.firstValue("Content-Type").orElse("");
    if (type.toLowerCase(Locale.ROOT).startsWith("text/html")) {
      throw DownloadProblems.webPage(file.shown());
    }
  }

  private void begin(PartialFile.Facts said) {
    try {
      part.begin(said);
    } catch (IOException e) {
      throw DownloadProblems.cannotStore(part.data().toString(), e);
    }
  }

  private void copy(InputStream body, long from, long total) throws IOException {
    TransferLine line = new TransferLine(file.name(), from, total, listener, System::nanoTime);
    byte[] buffer = new byte[BUFFER_BYTES];
    long at = from;
    try (SilenceGuard guard = new SilenceGuard(body, limits.silence());
        FileChannel out = open()) {
      for (int count = read(body, buffer, guard); count >= 0; count = read(body, buffer, guard)) {
        at += count;
        if (at > limits.mostBytes()) {
          throw DownloadProblems.tooLarge(file.shown(), limits.mostBytes());
        }
        store(out, ByteBuffer.wrap(buffer, 0, count));
        line.at(at);
      }
    }
    if (total != PartialFile.UNKNOWN && at != total) {
      throw new IOException("it ended after " + at + " of " + total + " bytes");
    }
  }

  private FileChannel open() {
    try {
      return part.append();
    } catch (IOException e) {
      throw DownloadProblems.cannotStore(part.data().toString(), e);
    }
  }

  private int read(InputStream body, byte[] buffer, SilenceGuard guard) throws IOException {
    try {
      int count = body.read(buffer);
      guard.heard();
      return count;
    } catch (IOException e) {
      if (guard.hasEnded()) {
        throw new HttpTimeoutException(
            "nothing came for " + limits.silence().toSeconds() + " seconds");
      }
      throw e;
    }
  }

  private void store(FileChannel out, ByteBuffer bytes) {
    try {
      PartialFile.write(out, bytes);
    } catch (IOException e) {
      throw DownloadProblems.cannotStore(part.data().toString(), e);
    }
  }

  /** A server in trouble may be well again at once; what it refuses it will refuse again. */
  private IOException refused(int status) {
    if (status >= 500 || status == 429 || status == 408) {
      return new IOException("the server answers with status " + status);
    }
    throw switch (status) {
      case 404, 410 -> DownloadProblems.notFound(file.shown(), status);
      case 401, 403 -> DownloadProblems.forbidden(file.shown(), status, file.url().getHost());
      case 407 -> DownloadProblems.proxyRefused(file.shown());
      default -> DownloadProblems.refused(file.shown(), status);
    };
  }
}
