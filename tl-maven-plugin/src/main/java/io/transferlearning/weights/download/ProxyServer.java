package io.transferlearning.weights.download;

import java.util.Optional;

/**
 * A proxy.
 *
 * @param host its name or address
 * @param port its port, 1..65535
 * @param credentials what it asks for; empty for nothing
 */
public record ProxyServer(String host, int port, Optional<Credentials> credentials) {}
