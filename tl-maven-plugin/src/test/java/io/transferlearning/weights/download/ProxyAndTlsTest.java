package io.transferlearning.weights.download;

import static io.transferlearning.problem.ProblemCatcher.catchProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.transferlearning.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ways that are not direct, or not open. */
class ProxyAndTlsTest {
  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final Limits QUICK =
      new Limits(Duration.ofSeconds(5), Duration.ofSeconds(5), 1_000, 1, Duration.ofMillis(1));

  private static SSLContext known;
  private static Path store;

  private final Path cache;
  private final Heard heard = new Heard();

  ProxyAndTlsTest(@TempDir Path cache) {
    this.cache = cache;
  }

  /** A certificate for 127.0.0.1 that nobody but the test trusts. */
  @BeforeAll
  static void makeACertificate(@TempDir Path keys)
      throws IOException, InterruptedException, GeneralSecurityException {
    store = keys.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=127.0.0.1",
                "-ext",
                "san=ip:127.0.0.1",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                new String(PASSWORD))
            .redirectErrorStream(true)
            .redirectOutput(keys.resolve("keytool.txt").toFile())
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore loaded = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      loaded.load(in, PASSWORD);
    }
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(loaded, PASSWORD);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(loaded);
    known = SSLContext.getInstance("TLS");
    known.init(own.getKeyManagers(), trust.getTrustManagers(), null);
  }

  @Test
  void aServerWithAKnownCertificateIsTrusted() throws IOException, InterruptedException {
    try (FileServer server = secure()) {
      server.file = new byte[] {1, 2, 3};
      assertThat(
              new Downloads(cache, new Direct(false), heard, () -> {}, QUICK, known)
                  .fetch(file(secureUrl(server, "/m.pth")))
                  .file())
          .hasBinaryContent(server.file);
    }
  }

  @Test
  void aServerWithAnUnknownCertificateIsNot() throws IOException {
    try (FileServer server = secure()) {
      Problem problem = refusal(new Direct(false), secureUrl(server, "/m.pth"), null);

      assertThat(problem.what())
          .startsWith(
              "The weights "
                  + secureUrl(server, "/m.pth")
                  + " can not be downloaded: no secure connection to 127.0.0.1 (")
          .contains("unable to find valid certification path");
      assertThat(problem.next()).contains("javax.net.ssl.trustStore");
    }
  }

  @Test
  void aRedirectFromHttpsToHttpIsRefused() throws IOException {
    try (FileServer server = secure();
        FileServer open = new FileServer()) {
      server.redirect("/m.pth", open.url("/m.pth").toString());

      Problem problem = refusal(new Direct(false), secureUrl(server, "/m.pth"), known);

      assertThat(problem.what()).contains("on from https to " + open.url("/m.pth"));
      assertThat(problem.next())
          .contains("-Dtransfer.weights=" + open.url("/m.pth") + "#sha256=HEX");
      assertThat(open.requests()).isEmpty();
    }
  }

  @Test
  void theProxyOfTheSettingsIsUsedWithItsPassword() throws IOException, InterruptedException {
    try (FileServer proxy = new FileServer()) {
      proxy.file = new byte[] {1, 2, 3};
      NetworkAccess settings = through(proxy, Optional.of(new Credentials("me", "s3cret")));

      // Only the proxy knows that host.
      Path found =
          new Downloads(cache, settings, heard, () -> {}, QUICK, null)
              .fetch(file(URI.create("http://weights.invalid/m.pth")))
              .file();

      assertThat(found).hasBinaryContent(proxy.file);
      assertThat(proxy.requests().get(0).getFirst("Host")).isEqualTo("weights.invalid");
      assertThat(proxy.requests().get(0).getFirst("Proxy-Authorization"))
          .isEqualTo(new Credentials("me", "s3cret").basic());
      assertThat(proxy.requests().get(0).getFirst("Authorization")).isNull();
    }
  }

  /** In a process of its own: Java reads once in its life which schemes it may use in tunnels. */
  @Test
  void aProxyOfAnHttpsAddressGetsItsPasswordAndTheServerDoesNot()
      throws IOException, InterruptedException {
    Path output = cache.resolve("output.txt");
    try (FileServer server = secure();
        TunnelProxy proxy = new TunnelProxy(new Credentials("me", "s3cret"))) {
      server.file = new byte[] {1, 2, 3};
      Process build =
          BuildOfItsOwn.start(
              output,
              List.of(
                  "-Djavax.net.ssl.trustStore=" + store,
                  "-Djavax.net.ssl.trustStorePassword=" + new String(PASSWORD)),
              cache,
              secureUrl(server, "/m.pth"),
              Integer.toString(proxy.port()),
              "me",
              "s3cret");

      assertThat(build.waitFor()).as(() -> text(output)).isZero();
      // The SHA-256 of the bytes 1, 2, 3, by sha256sum.
      assertThat(text(output).strip())
          .isEqualTo("039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81");
      assertThat(proxy.requests).hasSize(1);
      assertThat(proxy.requests.get(0)).startsWith("CONNECT 127.0.0.1:");
      assertThat(server.requests().get(0).getFirst("Proxy-Authorization")).isNull();
    }
  }

  @Test
  void aProxyThatWantsAnotherPasswordIsNamed() throws IOException {
    try (FileServer proxy = new FileServer()) {
      proxy.at("/refused", 407, "text/plain", "who are you?");
      assertThat(
              refusal(
                      through(proxy, Optional.empty()),
                      URI.create("http://weights.invalid/refused"),
                      null)
                  .what())
          .isEqualTo(
              "The proxy does not let this build through to http://weights.invalid/refused"
                  + " (status 407).");
    }
  }

  @Test
  void aProxyThatThereIsNotIsNamed() {
    NetworkAccess nowhere =
        new Through(new ProxyServer("no-proxy.invalid", 8080, Optional.empty()));
    assertThat(refusal(nowhere, URI.create("http://127.0.0.1/m.pth"), null).what())
        .endsWith("no machine is called no-proxy.invalid here.");
  }

  private static NetworkAccess through(FileServer proxy, Optional<Credentials> credentials) {
    return new Through(new ProxyServer("127.0.0.1", proxy.port(), credentials));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static FileServer secure() throws IOException {
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(known));
    return new FileServer(server);
  }

  private static URI secureUrl(FileServer server, String path) {
    return URI.create("https://127.0.0.1:" + server.port() + path);
  }

  private static RemoteFile file(URI url) {
    return new RemoteFile(url, Optional.empty());
  }

  private Problem refusal(NetworkAccess network, URI url, @Nullable SSLContext tls) {
    return catchProblem(
        () -> {
          try {
            new Downloads(cache, network, heard, () -> {}, QUICK, tls).fetch(file(url));
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });
  }
}
