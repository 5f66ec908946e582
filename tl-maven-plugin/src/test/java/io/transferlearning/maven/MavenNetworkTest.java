package io.transferlearning.maven;

import static org.assertj.core.api.Assertions.assertThat;

import io.transferlearning.weights.download.Credentials;
import io.transferlearning.weights.download.ProxyServer;
import java.net.URI;
import java.util.Optional;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.repository.Authentication;
import org.eclipse.aether.repository.Proxy;
import org.eclipse.aether.util.repository.AuthenticationBuilder;
import org.eclipse.aether.util.repository.DefaultAuthenticationSelector;
import org.eclipse.aether.util.repository.DefaultProxySelector;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Maven made of settings.xml decides, as for any artifact. */
class MavenNetworkTest {
  private static final URI PUBLISHED = URI.create("https://download.pytorch.org/models/m.pth");

  private final DefaultRepositorySystemSession session = new DefaultRepositorySystemSession();

  @BeforeEach
  void settings() {
    Authentication known =
        new AuthenticationBuilder().addUsername("me").addPassword("s3cret").build();
    session.setProxySelector(
        new DefaultProxySelector()
            .add(new Proxy("http", "proxy.example", 3128, known), "localhost|*.intern.example"));
    session.setAuthenticationSelector(
        new DefaultAuthenticationSelector().add("models.intern.example", known));
  }

  @Test
  void theActiveProxyIsUsedWithItsPassword() {
    assertThat(new MavenNetwork(session).proxy(PUBLISHED))
        .contains(
            new ProxyServer("proxy.example", 3128, Optional.of(new Credentials("me", "s3cret"))));
  }

  @Test
  void itsExceptionsAreReachedDirectly() {
    MavenNetwork network = new MavenNetwork(session);
    assertThat(network.proxy(URI.create("http://localhost:8080/m.pth"))).isEmpty();
    assertThat(network.proxy(URI.create("https://models.intern.example/m.pth"))).isEmpty();
  }

  @Test
  void withoutAProxyTheWayIsDirect() {
    assertThat(new MavenNetwork(new DefaultRepositorySystemSession()).proxy(PUBLISHED)).isEmpty();
  }

  @Test
  void aServerWhoseIdIsTheHostGivesUserAndPassword() {
    MavenNetwork network = new MavenNetwork(session);
    assertThat(network.credentials(URI.create("https://models.intern.example:8443/m.pth")))
        .contains(new Credentials("me", "s3cret"));
    assertThat(network.credentials(PUBLISHED)).isEmpty();
  }

  @Test
  void offlineIsMavensWord() {
    assertThat(new MavenNetwork(session).offline()).isFalse();
    session.setOffline(true);
    assertThat(new MavenNetwork(session).offline()).isTrue();
  }
}
