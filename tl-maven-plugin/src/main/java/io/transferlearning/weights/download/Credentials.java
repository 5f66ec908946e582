package io.transferlearning.weights.download;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A user and a password; never shown. */
public record Credentials(String user, String password) {
  /** The value of the header that carries them (RFC 7617). */
  String basic() {
    String both = user + ":" + password;
    return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "Credentials[***]";
  }
}
