package io.transferlearning.maven;

import io.transferlearning.weights.download.Credentials;
import io.transferlearning.weights.download.NetworkAccess;
import io.transferlearning.weights.download.ProxyServer;
import java.net.URI;
import java.util.Optional;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.repository.Authentication;
import org.eclipse.aether.repository.AuthenticationContext;
import org.eclipse.aether.repository.Proxy;
import org.eclipse.aether.repository.RemoteRepository;
import org.jspecify.annotations.Nullable;

/**
 * The network as Maven's settings have it: the active proxy with its exceptions, passwords
 * decrypted as Maven does it, and for a host the {@code <server>} whose id is that host.
 */
final class MavenNetwork implements NetworkAccess {
  private final RepositorySystemSession session;

  MavenNetwork(RepositorySystemSession session) {
    this.session = session;
  }

  @Override
  public boolean offline() {
    return session.isOffline();
  }

  @Override
  public Optional<ProxyServer> proxy(URI url) {
    RemoteRepository repository = repository(url, null);
    Proxy proxy = session.getProxySelector().getProxy(repository);
    if (proxy == null) {
      return Optional.empty();
    }
    RemoteRepository through = new RemoteRepository.Builder(repository).setProxy(proxy).build();
    return Optional.of(
        new ProxyServer(
            proxy.getHost(),
            proxy.getPort(),
            credentials(AuthenticationContext.forProxy(session, through))));
  }

  @Override
  public Optional<Credentials> credentials(URI url) {
    Authentication known =
        session.getAuthenticationSelector().getAuthentication(repository(url, null));
    return credentials(AuthenticationContext.forRepository(session, repository(url, known)));
  }

  /** Maven looks proxies and passwords up by repositories: an address is made to look like one. */
  private static RemoteRepository repository(URI url, @Nullable Authentication authentication) {
    String port = url.getPort() < 0 ? "" : ":" + url.getPort();
    String root = url.getScheme() + "://" + url.getHost() + port + "/";
    return new RemoteRepository.Builder(url.getHost(), "default", root)
        .setAuthentication(authentication)
        .build();
  }

  private static Optional<Credentials> credentials(@Nullable AuthenticationContext context) {
    if (context == null) {
      return Optional.empty();
    }
    try (context) {
      String user = context.get(AuthenticationContext.USERNAME);
      String password = context.get(AuthenticationContext.PASSWORD);
      return user == null
          ? Optional.empty()
          : Optional.of(new Credentials(user, password == null ? "" : password));
    }
  }
}
