package io.transferlearning.weights.download;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * A file on another machine.
 *
 * @param url an absolute http or https address with a host; what follows {@code #} plays no part
 * @param checksum what its digest must be; empty where nobody knows
 */
public record RemoteFile(URI url, Optional<Checksum> checksum) {
  private static final int DIGITS = 12;
  private static final int LONGEST_NAME = 100;

  /** The address without user, password and query: all three can hold secrets. */
  public String shown() {
    String port = url.getPort() < 0 ? "" : ":" + url.getPort();
    String query = url.getRawQuery() == null ? "" : "?...";
    return url.getScheme() + "://" + url.getHost() + port + url.getRawPath() + query;
  }

  /** The file's own name, of letters, digits, dots, hyphens and underscores. */
  public String name() {
    String path = url.getPath();
    String last = path.substring(path.lastIndexOf('/') + 1).replaceAll("[^A-Za-z0-9._-]", "_");
    // Neither hidden nor a way up, and short enough for any file system.
    String name = last.replaceFirst("^\\.+", "");
    name = name.substring(Math.max(0, name.length() - LONGEST_NAME));
    return name.isEmpty() ? "weights" : name;
  }

  /** Where it is kept: below the host, apart from files of the same name at other addresses. */
  Path place(Path folder) {
    String host = url.getHost().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.-]", "_");
    return folder.resolve(host).resolve(digest()).resolve(name());
  }

  /** Of the address without user and fragment: who asks does not change what is there. */
  private String digest() {
    String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    String address =
        url.getScheme() + "://" + url.getHost() + ":" + url.getPort() + url.getRawPath() + query;
    try {
      byte[] all =
          MessageDigest.getInstance("SHA-256").digest(address.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(all).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
