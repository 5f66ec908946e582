package io.transferlearning.problem;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** What can be wrong with what users write for {@code transfer.weights}, and what it leads to. */
public final class SourceProblems {
  /** All forms, for messages. */
  static final String LEGAL =
      "pretrained, none, a file, an http(s) address, mvn:group:artifact:version[:type[:classifier]],"
          + " or djl://group/artifact[/version[/name]]";

  private SourceProblems() {}

  /** An address that is none. */
  public static Problem badAddress(String address, String why) {
    return new Problem(
        "The parameter transfer.weights is '" + address + "', which is no address: " + why + ".",
        "Give it as https://HOST/PATH/FILE; blanks and other unusual characters are percent-encoded.");
  }

  /** A protocol that is not spoken. */
  public static Problem otherScheme(String source) {
    return new Problem(
        "The parameter transfer.weights is '"
            + source
            + "', which is no source of weights; legal are "
            + LEGAL
            + ".",
        "Download the file by other means and give its path.");
  }

  /** A digest that is none. */
  public static Problem badDigest(String where, String digest) {
    return new Problem(
        "The SHA-256 in " + where + " cannot be '" + digest + "'. Legal: 64 hexadecimal digits.",
        "Take it from whoever publishes the file, or from sha256sum FILE where you trust the file;"
            + " an address ends with #sha256=HEX.");
  }

  /** Two digests that contradict each other. */
  public static Problem twoDigests(String inAddress, String parameter) {
    return new Problem(
        "The address in transfer.weights says that the SHA-256 is "
            + inAddress
            + ", and transfer.weightsSha256 says "
            + parameter
            + ".",
        "Leave one of them out.");
  }

  /** A digest where there is no file. */
  public static Problem digestOfNothing() {
    return new Problem(
        "The parameter transfer.weights is 'none', and transfer.weightsSha256 gives a checksum:"
            + " random weights have none.",
        "Leave transfer.weightsSha256 out, or set transfer.weights to a file.");
  }

  /** It is another file. */
  public static Problem otherDigest(String what, String wanted, String found) {
    return new Problem(
        "The weights of "
            + what
            + " are not the ones that were meant: expected SHA-256 "
            + wanted
            + ", found "
            + found
            + ".",
        "Find out why before you trust them, and then set -Dtransfer.weightsSha256="
            + found
            + ", or give the right file.");
  }

  /** Coordinates that are none. */
  public static Problem badCoordinates(String text, String why) {
    return new Problem(
        "The parameter transfer.weights is '"
            + text
            + "', and Maven coordinates are written mvn:group:artifact:version[:type[:classifier]]: "
            + why
            + ".",
        "Give one version, not a range. Without type and classifier it is zip and model: what"
            + " transfer:train attaches to a project.");
  }

  /** Maven does not find it. */
  public static Problem unresolved(String text, String why, boolean offline) {
    return new Problem(
        "Maven cannot resolve the weights " + text + ": " + why,
        offline
            ? "Build once without --offline, or install the artifact with mvn install or"
                + " install:install-file."
            : "Check the coordinates, and that one of the project's <repositories> or of the mirrors"
                + " in settings.xml has the artifact.");
  }

  /** A zoo's model that is none. */
  public static Problem badZooModel(String text) {
    return new Problem(
        "The parameter transfer.weights is '"
            + text
            + "', and models of DJL's zoo are written djl://group/artifact[/version[/name]].",
        "Such as -Dtransfer.weights=djl://ai.djl.pytorch/resnet18_embedding.");
  }

  /** A model that the zoo does not have. */
  public static Problem unknownZooModel(String text, Collection<String> known) {
    return new Problem(
        "DJL's PyTorch zoo has no image classifier "
            + text
            + "; it has "
            + String.join(", ", known)
            + ".",
        Suggestion.nearest(text, known)
            .map(name -> "Set -Dtransfer.weights=" + name + ".")
            .orElse("Set -Dtransfer.weights to one of them."));
  }

  /** A model of which the zoo has other files. */
  public static Problem unknownZooFile(String text, Collection<String> known) {
    return new Problem(
        "DJL's PyTorch zoo has no file, or several, for "
            + text
            + "; it has "
            + String.join(", ", known)
            + ".",
        "Set -Dtransfer.weights to one of them.");
  }

  /** A zoo that is not built as one. */
  public static Problem badZoo(String what, String why) {
    return new Problem(
        "The zoo's " + what + " can not be used: " + why + ".",
        "The parameter transfer.zoo names an http(s) address or a folder that is laid out as"
            + " https://mlrepo.djl.ai: model/cv/image_classification/GROUP/ARTIFACT/metadata.json.");
  }

  /** A package that can not be opened. */
  public static Problem damagedPackage(String file, Exception cause) {
    return new Problem(
        "The file " + file + " can not be unpacked: " + cause.getMessage() + ".",
        "Make or download it again: it is damaged, or not whole.",
        cause);
  }

  /** A package without weights. */
  public static Problem nothingInPackage(String file, List<String> names, List<String> kinds) {
    return new Problem(
        "There are no weights in "
            + file
            + ": of its "
            + names.size()
            + " files none is named "
            + kinds.stream().map(kind -> "*" + kind).collect(Collectors.joining(", "))
            + ".",
        "Give a file of weights, a model's zip as transfer:train makes it, or a zip that holds one of"
            + " these.");
  }

  /** A package with more than one file of weights. */
  public static Problem severalInPackage(String file, List<String> names) {
    return new Problem(
        "There is more than one file of weights in " + file + ": " + String.join(", ", names) + ".",
        "Unpack it, and give the path of the one that is meant.");
  }

  /** A package that holds more than weights can be. */
  public static Problem packageTooLarge(String file, long most) {
    return new Problem(
        "The weights in " + file + " take more than " + most + " bytes when they are unpacked.",
        "Such a file is not meant to be unpacked; give the weights themselves.");
  }
}
