package io.transferlearning.weights.download;

import java.net.URI;
import java.util.Optional;

/** How this build may reach other machines: what Maven's settings say. */
public interface NetworkAccess {
  /** Whether the build was told to use no network at all. */
  boolean offline();

  /** The proxy on the way to an address; empty where the way is direct. */
  Optional<ProxyServer> proxy(URI url);

  /** What the settings give for an address's host; empty for nothing. */
  Optional<Credentials> credentials(URI url);
}
