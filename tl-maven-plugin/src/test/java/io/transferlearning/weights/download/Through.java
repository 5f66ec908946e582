package io.transferlearning.weights.download;

import java.net.URI;
import java.util.Optional;

/** One proxy for all addresses. */
record Through(ProxyServer proxy) implements NetworkAccess {
  @Override
  public boolean offline() {
    return false;
  }

  @Override
  public Optional<ProxyServer> proxy(URI url) {
    return Optional.of(proxy);
  }

  @Override
  public Optional<Credentials> credentials(URI url) {
    return Optional.empty();
  }
}
