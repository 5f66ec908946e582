package io.transferlearning.weights.source;

import io.transferlearning.problem.SourceProblems;
import io.transferlearning.problem.WeightProblems;
import io.transferlearning.weights.download.Checksum;
import io.transferlearning.weights.download.RemoteFile;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Understands what users write for {@code transfer.weights}. */
public final class SourceText {
  private static final List<String> WORDS =
      List.of(WeightSource.Pretrained.WORD, WeightSource.None.WORD);

  /** A scheme of two letters or more: a single one is a Windows drive. */
  private static final Pattern OTHER_SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");

  /** The usual ends of such names, or a folder in it; what a file is, its content decides. */
  private static final Pattern FILE_NAME =
      Pattern.compile("(?i).*(?:[/\\\\].*|\\.(?:safetensors|pth|pt|onnx|bin|zip))");

  private static final Pattern HTTP = Pattern.compile("(?i)https?://.*");
  private static final String FRAGMENT = "sha256=";

  private SourceText() {}

  /**
   * The source.
   *
   * @param text {@code pretrained}, {@code none}, a file, an http or https address, which may end
   *     with {@code #sha256=HEX}, {@code mvn:group:artifact:version[:type[:classifier]]}, or {@code
   *     djl://group/artifact[/version[/name]]}
   * @param sha256 the digest that the file must have; null where the user does not say
   * @param base the folder that a relative path starts from
   * @throws io.transferlearning.problem.Problem when it is something else, or the file is missing
   */
  public static WeightSource parse(String text, @Nullable String sha256, Path base) {
    String source = text.strip();
    requireDigest(sha256);
    if (source.isEmpty()) {
      throw WeightProblems.emptySource();
    } else if (source.equalsIgnoreCase(WeightSource.Pretrained.WORD)) {
      return new WeightSource.Pretrained();
    } else if (source.equalsIgnoreCase(WeightSource.None.WORD)) {
      return none(sha256);
    } else if (HTTP.matcher(source).matches()) {
      return new WeightSource.Remote(remote(source, sha256));
    } else if (startsWith(source, MavenCoordinates.SCHEME)) {
      return new WeightSource.Artifact(MavenCoordinates.parse(source));
    } else if (startsWith(source, ZooModel.SCHEME)) {
      return new WeightSource.Zoo(ZooModel.parse(source));
    }
    return new WeightSource.LocalFile(file(source, base), source);
  }

  private static boolean startsWith(String source, String scheme) {
    return source.regionMatches(true, 0, scheme, 0, scheme.length());
  }

  private static void requireDigest(@Nullable String sha256) {
    if (sha256 != null && !Checksum.isSha256(sha256)) {
      throw SourceProblems.badDigest("transfer.weightsSha256", sha256);
    }
  }

  private static WeightSource none(@Nullable String sha256) {
    if (sha256 != null) {
      throw SourceProblems.digestOfNothing();
    }
    return new WeightSource.None();
  }

  private static RemoteFile remote(String source, @Nullable String sha256) {
    URI url;
    try {
      url = new URI(source);
    } catch (URISyntaxException e) {
      // Java's own message repeats the address, and with it a password.
      throw SourceProblems.badAddress(masked(source), e.getReason());
    }
    if (url.getHost() == null) {
      throw SourceProblems.badAddress(masked(source), "it names no host");
    }
    String digest = digest(url.getRawFragment());
    if (digest != null && sha256 != null && !digest.equalsIgnoreCase(sha256)) {
      throw SourceProblems.twoDigests(digest, sha256);
    }
    String wanted = digest == null ? sha256 : digest;
    return new RemoteFile(url, Optional.ofNullable(wanted).map(Checksum::sha256));
  }

  private static @Nullable String digest(@Nullable String fragment) {
    if (fragment == null) {
      return null;
    }
    boolean known = fragment.toLowerCase(Locale.ROOT).startsWith(FRAGMENT);
    String digest = known ? fragment.substring(FRAGMENT.length()) : fragment;
    if (!known || !Checksum.isSha256(digest)) {
      throw SourceProblems.badDigest("what follows # in transfer.weights", fragment);
    }
    return digest;
  }

  private static String masked(String source) {
    return source.replaceFirst("//[^/]*@", "//***@").replaceFirst("\\?.*", "?...");
  }

  private static Path file(String source, Path base) {
    Path file;
    try {
      file = base.resolve(source);
    } catch (InvalidPathException e) {
      throw WeightProblems.unknownSource(source, WORDS);
    }
    if (Files.isRegularFile(file)) {
      return file;
    }
    if (OTHER_SCHEME.matcher(source).matches()) {
      throw SourceProblems.otherScheme(masked(source));
    }
    throw FILE_NAME.matcher(source).matches()
        ? WeightProblems.noFile(file.toString())
        : WeightProblems.unknownSource(source, WORDS);
  }
}
