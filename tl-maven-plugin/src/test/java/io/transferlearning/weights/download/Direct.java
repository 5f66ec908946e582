package io.transferlearning.weights.download;

import java.net.URI;
import java.util.Optional;

/** No proxy and no passwords. */
public record Direct(boolean offline) implements NetworkAccess {
  @Override
  public Optional<ProxyServer> proxy(URI url) {
    return Optional.empty();
  }

  @Override
  public Optional<Credentials> credentials(URI url) {
    return Optional.empty();
  }
}
