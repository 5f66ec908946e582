package io.transferlearning.weights.download;

import io.transferlearning.problem.DownloadProblems;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Asks for files over HTTP, through the proxies of the settings. Redirects are followed here rather
 * than by Java's client: it would hand the credentials for one host to the next.
 */
final class HttpGet {
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final int MOST_REDIRECTS = 10;
  private static final String AGENT = "tl-maven-plugin (Java " + Runtime.version().feature() + ")";

  /** Without it Java answers no proxy that asks for a password on the way to an https address. */
  private static final String TUNNEL_PROPERTY = "jdk.http.auth.tunneling.disabledSchemes";

  private final NetworkAccess network;
  private final Limits limits;
  private final @Nullable SSLContext tls;
  private @Nullable HttpClient client;

  /**
   * @param tls the certificates to trust; null for Java's own
   */
  HttpGet(NetworkAccess network, Limits limits, @Nullable SSLContext tls) {
    this.network = network;
    this.limits = limits;
    this.tls = tls;
  }

  /**
   * The answer that is no redirect.
   *
   * @throws io.transferlearning.problem.Problem for what asking again would not mend
   * @throws IOException for what it might
   */
  HttpResponse<InputStream> send(RemoteFile file, Map<String, String> headers)
      throws IOException, InterruptedException {
    URI at = file.url();
    for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
      HttpResponse<InputStream> response = ask(file, at, headers);
      Optional<String> location = response.headers().firstValue("Location");
      if (!REDIRECTS.contains(response.statusCode()) || location.isEmpty()) {
        return response;
      }
      response.body().close();
      at = next(file, at, location.get());
    }
    throw DownloadProblems.tooManyRedirects(file.shown(), MOST_REDIRECTS);
  }

  private HttpResponse<InputStream> ask(RemoteFile file, URI at, Map<String, String> headers)
      throws IOException, InterruptedException {
    // First of all: Java looks at the property below as soon as a request is built.
    HttpClient known = client(at);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(at)
            .timeout(limits.silence())
            .header("User-Agent", AGENT)
            .header("Accept-Encoding", "identity");
    headers.forEach(request::header);
    credentials(file.url(), at).ifPresent(login -> request.header("Authorization", login.basic()));
    // With an Authenticator in its place Java's client would drop the header above.
    network
        .proxy(at)
        .flatMap(ProxyServer::credentials)
        .ifPresent(login -> request.header("Proxy-Authorization", login.basic()));
    try {
      return known.send(request.build(), BodyHandlers.ofInputStream());
    } catch (SSLException e) {
      throw DownloadProblems.tls(file.shown(), at.getHost(), e);
    } catch (ConnectException e) {
      if (isUnresolved(e)) {
        String host = network.proxy(at).map(ProxyServer::host).orElse(at.getHost());
        throw DownloadProblems.unknownHost(file.shown(), host, e);
      }
      throw e;
    }
  }

  private static boolean isUnresolved(Throwable e) {
    Throwable cause = e.getCause();
    return e instanceof UnresolvedAddressException || (cause != null && isUnresolved(cause));
  }

  private static URI next(RemoteFile file, URI from, String location) {
    URI to;
    try {
      to = from.resolve(location.replace(" ", "%20"));
    } catch (IllegalArgumentException e) {
      throw DownloadProblems.badRedirect(file.shown(), location);
    }
    boolean secure = "https".equalsIgnoreCase(to.getScheme());
    boolean plain = "http".equalsIgnoreCase(to.getScheme());
    if (to.getHost() == null || !(secure || plain)) {
      throw DownloadProblems.badRedirect(file.shown(), location);
    }
    if (plain && "https".equalsIgnoreCase(from.getScheme())) {
      throw DownloadProblems.insecureRedirect(
          file.shown(), new RemoteFile(to, Optional.empty()).shown());
    }
    return to;
  }

  /** Those in the address go to that address's host alone. */
  private Optional<Credentials> credentials(URI asked, URI at) {
    boolean same =
        asked.getHost().equalsIgnoreCase(at.getHost()) && asked.getPort() == at.getPort();
    String user = same ? asked.getUserInfo() : null;
    if (user == null) {
      return network.credentials(at);
    }
    int colon = user.indexOf(':');
    return Optional.of(
        colon < 0
            ? new Credentials(user, "")
            : new Credentials(user.substring(0, colon), user.substring(colon + 1)));
  }

  private HttpClient client(URI at) {
    if (client == null) {
      if (network.proxy(at).flatMap(ProxyServer::credentials).isPresent()
          && System.getProperty(TUNNEL_PROPERTY) == null) {
        // Read once, when Java's HTTP client is first used. Maven's own transport never refuses it.
        System.setProperty(TUNNEL_PROPERTY, "");
      }
      HttpClient.Builder builder =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .followRedirects(HttpClient.Redirect.NEVER)
              .connectTimeout(limits.connect())
              .proxy(new SettingsProxies());
      client = (tls == null ? builder : builder.sslContext(tls)).build();
    }
    return client;
  }

  /** The settings' proxies, as Java's client asks for them. */
  private final class SettingsProxies extends ProxySelector {
    @Override
    public List<Proxy> select(URI url) {
      return network
          .proxy(url)
          .map(one -> new InetSocketAddress(one.host(), one.port()))
          .map(address -> List.of(new Proxy(Proxy.Type.HTTP, address)))
          .orElse(List.of(Proxy.NO_PROXY));
    }

    @Override
    public void connectFailed(URI url, SocketAddress proxy, IOException why) {
      // The exception says it as well.
    }
  }
}
