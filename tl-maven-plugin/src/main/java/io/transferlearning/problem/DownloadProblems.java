package io.transferlearning.problem;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.util.Locale;
import java.util.Optional;

/** What can be wrong on the way to weights that are not on this machine. */
public final class DownloadProblems {
  private static final String PROXY =
      "the proxy of Maven's settings (<proxies> in settings.xml) is used where there is one";

  private static final String PUBLISHER =
      "Open the address in a browser and give the one that the file itself comes from.";

  private DownloadProblems() {}

  /** The build is offline, and the file is not here, or not the right one. */
  public static Problem offline(
      String url, Optional<String> checksum, String place, boolean another) {
    String here =
        another ? "what is at " + place + " is another file" : "they are not on this machine yet";
    return new Problem(
        "Maven works offline, and the weights " + url + " can not be downloaded: " + here + ".",
        "Build once without --offline, or put the file"
            + checksum.map(text -> " (" + text + ")").orElse("")
            + " at "
            + place
            + ".");
  }

  /** There is no such file. */
  public static Problem notFound(String url, int status) {
    return new Problem("There are no weights at " + url + " (status " + status + ").", PUBLISHER);
  }

  /** The server wants to know who asks, or does not like it. */
  public static Problem forbidden(String url, int status, String host) {
    return new Problem(
        "The server does not give the weights " + url + " to this build (status " + status + ").",
        "If it needs a user and a password, add a <server> with <id>"
            + host
            + "</id> to Maven's settings.xml; else check the address.");
  }

  /** The proxy wants to know who asks. */
  public static Problem proxyRefused(String url) {
    return new Problem(
        "The proxy does not let this build through to " + url + " (status 407).",
        "Check <username> and <password> of the <proxy> in Maven's settings.xml. If another plugin"
            + " used Java's HTTP client before, start Maven with"
            + " MAVEN_OPTS=-Djdk.http.auth.tunneling.disabledSchemes=");
  }

  /** Another answer that is not the file. */
  public static Problem refused(String url, int status) {
    return new Problem(
        "The server does not give the weights " + url + ": it answers with status " + status + ".",
        PUBLISHER);
  }

  /** A page for people. */
  public static Problem webPage(String url) {
    return new Problem(
        "At " + url + " there is a web page (HTML), not a file of weights.",
        PUBLISHER
            + " For a file on GitHub or Hugging Face the address has /raw/ or /resolve/ in it.");
  }

  /** What a repository holds in place of a large file. */
  public static Problem lfsPointer(String url) {
    return new Problem(
        "At " + url + " there is a pointer of Git LFS, not the file of weights that it points to.",
        "Give the address of the file itself: on GitHub that begins with"
            + " https://media.githubusercontent.com/media/.");
  }

  /** More than a file of weights can be. */
  public static Problem tooLarge(String url, long most) {
    return new Problem(
        String.format(
            Locale.ROOT,
            "The file %s is larger than %.1f GB, the limit of a download.",
            url,
            most / 1e9),
        "Download it by other means, and set -Dtransfer.weights=FILE.");
  }

  /** It is another file. */
  public static Problem wrongChecksum(String url, String wanted, String found, long bytes) {
    return new Problem(
        "The file at "
            + url
            + " is not the one that was meant: expected "
            + wanted
            + ", found "
            + found
            + " ("
            + bytes
            + " bytes). It was not used, and is not kept.",
        "Find out why before you trust it: ask whoever publishes the file for its checksum, and give"
            + " that with -Dtransfer.weightsSha256=HEX or at the end of the address, as #sha256=HEX."
            + " Something between here and there may have changed it, too.");
  }

  /** The name of the server means nothing here. */
  public static Problem unknownHost(String url, String host, Exception cause) {
    return new Problem(
        "The weights " + url + " can not be downloaded: no machine is called " + host + " here.",
        "Check the address and this machine's network; " + PROXY + ".",
        cause);
  }

  /** The server is not who it should be, or speaks another TLS. */
  public static Problem tls(String url, String host, Exception cause) {
    return new Problem(
        "The weights "
            + url
            + " can not be downloaded: no secure connection to "
            + host
            + " ("
            + cause.getMessage()
            + ").",
        "If your company's proxy signs certificates itself, start Maven with a trust store that knows"
            + " it: MAVEN_OPTS=-Djavax.net.ssl.trustStore=FILE.",
        cause);
  }

  /** The connection failed again and again. */
  public static Problem brokenOff(
      String url, String why, int attempts, long bytes, String place, Exception cause) {
    return new Problem(
        "The weights "
            + url
            + " could not be downloaded: "
            + why
            + " (after "
            + attempts
            + (attempts == 1 ? " attempt" : " attempts in a row")
            + ").",
        (bytes > 0
                ? String.format(
                    Locale.ROOT,
                    "Build again: it goes on after the %.1f MB that came; or",
                    bytes / 1e6)
                : "Build again later; or")
            + " download it by other means and put it at "
            + place
            + ". Check this machine's network; "
            + PROXY
            + ".",
        cause);
  }

  /** From a secure address to an open one. */
  public static Problem insecureRedirect(String url, String to) {
    return new Problem(
        "The server sends "
            + url
            + " on from https to "
            + to
            + ", which anybody could change on the way.",
        "Look for an https address; if there is none, give that one and its checksum, as"
            + " -Dtransfer.weights="
            + to
            + "#sha256=HEX.");
  }

  /** In a circle. */
  public static Problem tooManyRedirects(String url, int most) {
    return new Problem(
        "The server sends " + url + " on to other addresses more than " + most + " times.",
        PUBLISHER);
  }

  /** To nowhere. */
  public static Problem badRedirect(String url, String to) {
    return new Problem(
        "The server sends " + url + " on to '" + to + "', which is no http or https address.",
        PUBLISHER);
  }

  /** The folder or the disk does not take it. */
  public static Problem cannotStore(String file, Exception cause) {
    return new Problem(
        "The weights can not be kept at " + file + ": " + reason(cause) + ".",
        "Check that the disk has room and that this user may write there, or choose another folder"
            + " with -Dtransfer.cacheDirectory=FOLDER.",
        cause);
  }

  /** Java's exceptions of files often say no more than the file's name. */
  private static String reason(Exception cause) {
    if (cause instanceof AccessDeniedException e) {
      return "no right to write " + e.getFile();
    } else if (cause instanceof FileAlreadyExistsException e) {
      return e.getFile() + " is there and is no folder";
    } else if (cause instanceof FileSystemException e && e.getReason() != null) {
      return e.getFile() + ": " + e.getReason();
    }
    return String.valueOf(cause.getMessage());
  }
}
