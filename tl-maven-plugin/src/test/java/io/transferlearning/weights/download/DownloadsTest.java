package io.transferlearning.weights.download;

import static io.transferlearning.problem.ProblemCatcher.catchProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.transferlearning.problem.Problem;
import io.transferlearning.weights.download.Checksum.Algorithm;
import io.transferlearning.weights.download.Downloads.Fetched;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a server in this JVM, with every fault that a network has. */
class DownloadsTest {
  private static final Limits QUICK =
      new Limits(Duration.ofSeconds(5), Duration.ofMillis(400), 2_000_000, 3, Duration.ofMillis(1));

  private final Path cache;
  private final FileServer server = new FileServer();
  private final Heard heard = new Heard();
  private final String sha256;

  DownloadsTest(@TempDir Path folder) throws IOException {
    this.cache = folder.resolve("cache");
    server.file = new byte[1_000_000];
    new Random(1).nextBytes(server.file);
    Path copy = Files.write(folder.resolve("copy"), server.file);
    this.sha256 = Algorithm.SHA_256.of(copy);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aFileIsDownloadedOnceAndFoundAfterwards() throws InterruptedException, IOException {
    RemoteFile wanted = pinned("/models/m.pth");

    Fetched first = downloads(false).fetch(wanted);
    Fetched second = downloads(false).fetch(wanted);
    Fetched third = downloads(true).fetch(wanted);

    assertThat(first.file()).hasBinaryContent(server.file);
    assertThat(first.sha256()).isEqualTo(sha256);
    assertThat(second).isEqualTo(first);
    assertThat(third).isEqualTo(first);
    assertThat(server.requests()).hasSize(1);
    assertThat(first.file())
        .hasFileName("m.pth")
        .matches(file -> file.startsWith(cache.resolve("127.0.0.1")));
    assertThat(heard.lines.get(0)).isEqualTo("downloading " + server.url("/models/m.pth"));
    assertThat(filesBeside(first.file()))
        .containsExactlyInAnyOrder("m.pth", "m.pth.sha256", "m.pth.lock");
    assertThat(server.requests().get(0).getFirst("User-Agent")).startsWith("tl-maven-plugin");
  }

  @Test
  void withoutAChecksumTheDigestOfTheFirstTimeIsRemembered()
      throws InterruptedException, IOException {
    RemoteFile wanted = new RemoteFile(server.url("/m.pth"), Optional.empty());
    Fetched first = downloads(false).fetch(wanted);
    assertThat(first.sha256()).isEqualTo(sha256);
    assertThat(first.file().resolveSibling("m.pth.sha256")).hasContent(sha256 + "  m.pth\n");

    Files.write(first.file(), new byte[] {1});
    assertThat(downloads(false).fetch(wanted).file()).hasBinaryContent(server.file);
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void aFileWithAnotherDigestIsRefusedAndNotKept() throws IOException {
    RemoteFile wanted = wanted("/m.pth", "0123abcd");

    Problem problem = refusal(wanted);

    assertThat(problem.what())
        .isEqualTo(
            "The file at "
                + server.url("/m.pth")
                + " is not the one that was meant: expected SHA-256 0123abcd..., found "
                + sha256
                + " (1000000 bytes). It was not used, and is not kept.");
    assertThat(problem.next()).contains("-Dtransfer.weightsSha256=HEX", "#sha256=HEX");
    assertThat(filesBeside(wanted.place(cache))).containsExactly("m.pth.lock");
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void aSha1OfAZooIsVerifiedAsWell() throws InterruptedException, IOException {
    Path copy = Files.write(Files.createDirectories(cache).resolve("copy"), server.file);
    String sha1 = Algorithm.SHA_1.of(copy);
    Checksum right = new Checksum(Algorithm.SHA_1, sha1);
    Checksum wrong = new Checksum(Algorithm.SHA_1, "00" + sha1.substring(2));

    assertThat(
            downloads(false).fetch(new RemoteFile(server.url("/a"), Optional.of(right))).sha256())
        .isEqualTo(sha256);
    assertThat(refusal(new RemoteFile(server.url("/b"), Optional.of(wrong))).what())
        .contains("expected SHA-1 00", "found " + sha1);
  }

  @Test
  void whatWouldFailAnywayFailsBeforeAByteIsAskedFor() throws InterruptedException {
    Problem before = new Problem("no images", "add some");
    Runnable check =
        () -> {
          throw before;
        };
    Downloads downloads = new Downloads(cache, new Direct(false), heard, check, QUICK, null);

    assertThat(catchProblem(() -> fetch(downloads, pinned("/m.pth")))).isSameAs(before);
    assertThat(server.requests()).isEmpty();

    // What is here already is taken without it.
    Fetched here = downloads(false).fetch(pinned("/m.pth"));
    assertThat(downloads.fetch(pinned("/m.pth"))).isEqualTo(here);
  }

  @Test
  void aCutConnectionIsGoneOnWith() throws InterruptedException, IOException {
    server.etag = "\"v1\"";
    server.cutAfter = 300_000;
    server.cuts = 2;

    assertThat(downloads(false).fetch(pinned("/m.pth")).file()).hasBinaryContent(server.file);

    assertThat(server.requests()).hasSize(3);
    assertThat(server.requests().get(0).getFirst("Range")).isNull();
    assertThat(server.requests().get(2).getFirst("Range")).matches("bytes=[1-9]\\d*-");
    assertThat(server.requests().get(2).getFirst("If-Range")).isEqualTo("\"v1\"");
    assertThat(heard.lines).anyMatch(line -> line.matches("m.pth broke off at 0.\\d MB .*"));
  }

  @Test
  void theNextBuildGoesOnWhereThisOneWasCut() throws InterruptedException, IOException {
    server.etag = "\"v1\"";
    server.cutAfter = 250_000;
    server.cuts = 1;
    RemoteFile wanted = pinned("/m.pth");
    Limits once = new Limits(QUICK.connect(), QUICK.silence(), 2_000_000, 1, QUICK.pause());

    Problem problem =
        catchProblem(
            () ->
                fetch(
                    new Downloads(cache, new Direct(false), heard, () -> {}, once, null), wanted));

    assertThat(problem.what())
        .startsWith("The weights " + server.url("/m.pth") + " could not be downloaded: ")
        .endsWith(" (after 1 attempt).");
    assertThat(problem.next())
        .startsWith("Build again: it goes on after the 0.")
        .contains("put it at " + wanted.place(cache));
    assertThat(filesBeside(wanted.place(cache)))
        .containsExactlyInAnyOrder("m.pth.lock", "m.pth.part", "m.pth.part.txt");
    long part = Files.size(wanted.place(cache).resolveSibling("m.pth.part"));

    assertThat(downloads(false).fetch(wanted).file()).hasBinaryContent(server.file);
    assertThat(server.requests().get(1).getFirst("Range")).isEqualTo("bytes=" + part + "-");
    assertThat(filesBeside(wanted.place(cache)))
        .containsExactlyInAnyOrder("m.pth.lock", "m.pth", "m.pth.sha256");
  }

  @Test
  void aFileThatChangedMeanwhileIsStartedAgain() throws InterruptedException {
    server.etag = "\"v1\"";
    partOfAnEarlierBuild("/m.pth", "\"v0\"", 1_000_000);

    assertThat(downloads(false).fetch(unpinned("/m.pth")).file()).hasBinaryContent(server.file);
    assertThat(server.requests().get(0).getFirst("If-Range")).isEqualTo("\"v0\"");
  }

  @Test
  void piecesThatDoNotBelongTogetherAreThrownAway() throws InterruptedException {
    // Without a validator only the checksum can tell.
    partOfAnEarlierBuild("/m.pth", "", 1_000_000);

    assertThat(downloads(false).fetch(pinned("/m.pth")).file()).hasBinaryContent(server.file);
    assertThat(server.requests()).hasSize(2);
    assertThat(heard.lines)
        .contains("its pieces do not belong together: downloading all of it again");
  }

  @Test
  void withNeitherValidatorNorChecksumItIsNotGoneOnWith() throws InterruptedException {
    partOfAnEarlierBuild("/m.pth", "", 1_000_000);

    assertThat(downloads(false).fetch(unpinned("/m.pth")).file()).hasBinaryContent(server.file);
    assertThat(server.requests().get(0).getFirst("Range")).isNull();
  }

  @Test
  void aServerThatKnowsNoRangesStartsAgain() throws InterruptedException {
    server.etag = "\"v1\"";
    server.ranges = false;
    server.cutAfter = 300_000;
    server.cuts = 1;

    assertThat(downloads(false).fetch(pinned("/m.pth")).file()).hasBinaryContent(server.file);
  }

  @Test
  void aWholeFileThatWasNotYetMovedNeedsNoNetwork() throws InterruptedException, IOException {
    RemoteFile wanted = pinned("/m.pth");
    partOfAnEarlierBuild("/m.pth", "\"v1\"", 1_000_000);
    Files.write(wanted.place(cache).resolveSibling("m.pth.part"), server.file);

    assertThat(downloads(false).fetch(wanted).file()).hasBinaryContent(server.file);
    assertThat(server.requests()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          404 | There are no weights at URL (status 404).
          410 | There are no weights at URL (status 410).
          403 | The server does not give the weights URL to this build (status 403).
          401 | The server does not give the weights URL to this build (status 401).
          407 | The proxy does not let this build through to URL (status 407).
          418 | The server does not give the weights URL: it answers with status 418.
          """)
  void whatTheServerRefusesIsNotAskedForAgain(int status, String message) {
    server.at("/refused", status, "text/plain", "no");

    assertThat(refusal(pinned("/refused")).what())
        .isEqualTo(message.replace("URL", server.url("/refused").toString()));
    assertThat(server.requests()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 429})
  void aServerInTroubleIsAskedAgain(int status) {
    server.at("/trouble", status, "text/plain", "later");

    Problem problem = refusal(pinned("/trouble"));

    assertThat(problem.what())
        .isEqualTo(
            "The weights "
                + server.url("/trouble")
                + " could not be downloaded: the server answers with status "
                + status
                + " (after 3 attempts in a row).");
    assertThat(problem.next()).startsWith("Build again later; or download it by other means");
    assertThat(server.requests()).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          text/html; charset=utf-8 | <!DOCTYPE html><html>Please log in</html>
          application/octet-stream | <html><body>404</body></html>
          application/octet-stream | <?xml version='1.0'?><Error>NoSuchKey</Error>
          """)
  void aWebPageIsNotWeights(String type, String text) {
    server.at("/page", 200, type, text);

    assertThat(refusal(unpinned("/page")).what())
        .isEqualTo(
            "At " + server.url("/page") + " there is a web page (HTML), not a file of weights.");
    assertThat(refusal(pinned("/page")).what()).contains("there is a web page");
  }

  @Test
  void aPointerOfGitLfsIsNotWeights() {
    server.at(
        "/m.pth", 200, "text/plain", "version https://git-lfs.github.com/spec/v1\noid sha256:00");

    Problem problem = refusal(unpinned("/m.pth"));
    assertThat(problem.what()).contains("there is a pointer of Git LFS");
    assertThat(problem.next()).contains("https://media.githubusercontent.com/media/");
  }

  @Test
  void aFileAboveTheLimitIsRefusedBeforeItComes() {
    server.file = new byte[2_000_001];
    assertThat(refusal(unpinned("/m.pth")).what())
        .isEqualTo(
            "The file "
                + server.url("/m.pth")
                + " is larger than 0.0 GB, the limit of a download.");
  }

  @Test
  void aFileAboveTheLimitWhoseSizeIsNotToldIsRefusedWhileItComes() {
    server.at(
        "/endless",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] chunk = new byte[100_000];
          while (true) {
            exchange.getResponseBody().write(chunk);
          }
        });
    assertThat(refusal(unpinned("/endless")).what()).contains("is larger than");
  }

  @Test
  void aSilentServerIsNotWaitedForForEver() {
    server.at(
        "/silent",
        exchange -> {
          exchange.sendResponseHeaders(200, 1000);
          exchange.getResponseBody().write(new byte[10]);
          exchange.getResponseBody().flush();
          sleep();
        });
    assertThat(refusal(unpinned("/silent")).what())
        .contains("nothing came for 0 seconds (after 3 attempts in a row)");

    server.at("/mute", exchange -> sleep());
    assertThat(refusal(unpinned("/mute")).what()).contains("request timed out (after 3 attempts");
  }

  @Test
  void aHostThatThereIsNotIsNamed() {
    RemoteFile wanted =
        new RemoteFile(URI.create("http://no-such-host.invalid/m.pth"), Optional.empty());

    Problem problem = refusal(wanted);

    assertThat(problem.what())
        .isEqualTo(
            "The weights http://no-such-host.invalid/m.pth can not be downloaded: no machine is"
                + " called no-such-host.invalid here.");
    assertThat(problem.next()).contains("<proxies> in settings.xml");
  }

  @Test
  void aRefusedConnectionIsTriedAgainAndTold() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    URI url = URI.create("http://127.0.0.1:" + port + "/m.pth");
    assertThat(refusal(new RemoteFile(url, Optional.empty())).what())
        .startsWith("The weights " + url + " could not be downloaded: ")
        .endsWith("(after 3 attempts in a row).");
  }

  @Test
  void redirectsAreFollowed() throws InterruptedException {
    server.redirect("/first", "/second");
    server.redirect("/second", server.url("/m.pth").toString());

    Fetched fetched = downloads(false).fetch(pinned("/first"));
    assertThat(fetched.file()).hasFileName("first").hasBinaryContent(server.file);
  }

  @ParameterizedTest
  @CsvSource({
    "/circle, /circle, more than 10 times",
    "/file, file:///etc/passwd, which is no http or https address",
    "/odd, http://, which is no http or https address"
  })
  void redirectsThatLeadNowhereAreRefused(String path, String to, String message) {
    server.redirect(path, to);
    assertThat(refusal(unpinned(path)).what()).contains(message);
  }

  @Test
  void offlineSaysWhichFileToPutWhere() throws InterruptedException, IOException {
    RemoteFile wanted = pinned("/m.pth");
    Path place = wanted.place(cache);

    Problem problem = catchProblem(() -> fetch(downloads(true), wanted));
    assertThat(problem.what())
        .isEqualTo(
            "Maven works offline, and the weights "
                + server.url("/m.pth")
                + " can not be downloaded: they are not on this machine yet.");
    assertThat(problem.next())
        .isEqualTo(
            "Build once without --offline, or put the file (SHA-256 "
                + sha256
                + ") at "
                + place
                + ".");

    Files.createDirectories(place.getParent());
    Files.writeString(place, "another");
    assertThat(catchProblem(() -> fetch(downloads(true), wanted)).what())
        .endsWith("what is at " + place + " is another file.");

    Files.write(place, server.file);
    assertThat(downloads(true).fetch(wanted)).isEqualTo(new Fetched(place, sha256));
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void aFolderThatCanNotBeMadeIsNamed() throws IOException {
    Files.createFile(cache);
    Problem problem = refusal(pinned("/m.pth"));
    assertThat(problem.what())
        .startsWith("The weights can not be kept at " + pinned("/m.pth").place(cache) + ": ");
    assertThat(problem.next()).contains("-Dtransfer.cacheDirectory=FOLDER");
  }

  @Test
  void aFullDiskIsNamed() throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "no /dev/full here");
    RemoteFile wanted = pinned("/m.pth");
    Path part = wanted.place(cache).resolveSibling("m.pth.part");
    Files.createDirectories(part.getParent());
    Files.createSymbolicLink(part, full);

    assertThat(refusal(wanted).what())
        .isEqualTo("The weights can not be kept at " + part + ": No space left on device.");
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void passwordsAreSentButNeverShown() throws InterruptedException {
    URI url = URI.create("http://me:s3cret@127.0.0.1:" + server.port() + "/m.pth?token=t0p");
    downloads(false).fetch(new RemoteFile(url, Optional.empty()));

    assertThat(server.requests().get(0).getFirst("Authorization"))
        .isEqualTo(new Credentials("me", "s3cret").basic());
    assertThat(heard.lines).isNotEmpty().noneMatch(line -> line.matches(".*(s3cret|t0p|me:).*"));
    assertThat(new Credentials("me", "s3cret")).hasToString("Credentials[***]");
  }

  @Test
  void passwordsForOneHostAreNotSentToTheNext() throws InterruptedException, IOException {
    try (FileServer other = new FileServer()) {
      other.file = server.file;
      server.redirect("/away", other.url("/m.pth").toString());
      URI url = URI.create("http://me:s3cret@127.0.0.1:" + server.port() + "/away");

      downloads(false).fetch(new RemoteFile(url, Optional.empty()));

      assertThat(server.requests().get(0).getFirst("Authorization")).isNotNull();
      assertThat(other.requests().get(0).getFirst("Authorization")).isNull();
    }
  }

  @Test
  void severalBuildsAtOnceDownloadOnce() throws Exception {
    RemoteFile wanted = pinned("/m.pth");
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try {
      Callable<Fetched> build = () -> downloads(false).fetch(wanted);
      List<Future<Fetched>> all =
          threads.invokeAll(List.of(build, build, build, build, build, build));
      for (Future<Fetched> one : all) {
        assertThat(one.get().file()).hasBinaryContent(server.file);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void severalProcessesAtOnceDownloadOnce() throws IOException, InterruptedException {
    List<Process> builds = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Path output = cache.resolveSibling("output" + i);
      builds.add(BuildOfItsOwn.start(output, List.of(), cache, server.url("/m.pth")));
    }
    for (int i = 0; i < 3; i++) {
      Path output = cache.resolveSibling("output" + i);
      assertThat(builds.get(i).waitFor()).isZero();
      assertThat(output).hasContent(sha256);
    }
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void anInterruptEndsIt() throws InterruptedException {
    server.at("/mute", exchange -> sleep());
    Thread thread =
        new Thread(
            () -> {
              try {
                new Downloads(cache, new Direct(false), heard, () -> {}).fetch(unpinned("/mute"));
              } catch (InterruptedException e) {
                heard.info("interrupted");
              }
            });
    thread.start();
    while (server.requests().isEmpty() && heard.lines.isEmpty()) {
      Thread.sleep(5);
    }
    thread.interrupt();
    thread.join(5_000);
    assertThat(heard.lines).contains("interrupted");
  }

  @Test
  void namesThatLeaveTheFolderStayInIt() {
    for (String path :
        List.of("/a/%2e%2e%2f%2e%2e%2fetc", "/..%5C..%5Cx", "/.hidden", "/", "/a b")) {
      Path place =
          new RemoteFile(server.url(path.replace(" ", "%20")), Optional.empty()).place(cache);
      assertThat(place.normalize().startsWith(cache)).isTrue();
      assertThat(cache.relativize(place.normalize()).getNameCount()).isEqualTo(3);
      assertThat(place.getFileName().toString()).matches("[A-Za-z0-9_-][A-Za-z0-9._-]*");
    }
  }

  private void partOfAnEarlierBuild(String path, String validator, long total) {
    try {
      Path place = unpinned(path).place(cache);
      Files.createDirectories(place.getParent());
      Files.write(place.resolveSibling("m.pth.part"), new byte[1000]);
      Files.write(place.resolveSibling("m.pth.part.txt"), List.of(validator, Long.toString(total)));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private Downloads downloads(boolean offline) {
    return new Downloads(cache, new Direct(offline), heard, () -> {}, QUICK, null);
  }

  private RemoteFile pinned(String path) {
    return wanted(path, sha256);
  }

  private RemoteFile unpinned(String path) {
    return new RemoteFile(server.url(path), Optional.empty());
  }

  private RemoteFile wanted(String path, String prefix) {
    return new RemoteFile(server.url(path), Optional.of(Checksum.sha256(prefix)));
  }

  private Problem refusal(RemoteFile wanted) {
    return catchProblem(() -> fetch(downloads(false), wanted));
  }

  private static void fetch(Downloads downloads, RemoteFile wanted) {
    try {
      downloads.fetch(wanted);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> filesBeside(Path file) throws IOException {
    try (Stream<Path> files = Files.list(file.resolveSibling("."))) {
      return files.map(one -> String.valueOf(one.getFileName())).toList();
    }
  }

  private static void sleep() {
    try {
      Thread.sleep(60_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
