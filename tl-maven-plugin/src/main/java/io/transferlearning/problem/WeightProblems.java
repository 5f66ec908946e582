package io.transferlearning.problem;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What can be wrong with a file of weights. */
public final class WeightProblems {
  private static final String AGAIN =
      "Download or export the file again, with a current safetensors library: this one is damaged,"
          + " or was not meant to be read.";

  /** Longer names are cut in messages: a file's names are a stranger's text. */
  private static final int LONGEST_NAME = 120;

  /** How many tensors of each kind a message names. */
  private static final int SHOWN = 5;

  private WeightProblems() {}

  /** There is no such file, or it is a folder. */
  public static Problem noFile(String file) {
    return new Problem(
        "The weights " + file + " are not a file.",
        "Check the path: -Dtransfer.weights=FILE names a file of weights, relative to the"
            + " project's folder or absolute.");
  }

  /** The operating system refused to read. */
  public static Problem unreadable(String file, Exception cause) {
    return new Problem(
        "The weights " + file + " can not be read: " + cause.getMessage() + ".",
        "Check that this user may read the file and that no other program is writing it.",
        cause);
  }

  /** The operating system refused to write. */
  public static Problem unwritable(String file, Exception cause) {
    return new Problem(
        "The weights can not be written to " + file + ": " + cause.getMessage() + ".",
        "Check that the folder exists, that this user may write to it, and that the disk has room.",
        cause);
  }

  /** Not even the header's length is there. */
  public static Problem tooShort(String file, long bytes) {
    return damaged(file, "it has " + bytes + " bytes, and the length of its header alone takes 8");
  }

  /** The header's length is above the format's limit. */
  public static Problem headerTooLarge(String file, long header, long most) {
    return damaged(
        file,
        "its header claims "
            + Long.toUnsignedString(header)
            + " bytes, and the format allows "
            + most);
  }

  /** The header's length is above the file's. */
  public static Problem headerBeyondFile(String file, long header, long bytes) {
    return damaged(
        file, "its header claims " + header + " bytes, and the file has only " + bytes + " in all");
  }

  /** The header does not begin with a brace. */
  public static Problem headerIsNoObject(String file) {
    return damaged(file, "its header does not begin with '{'");
  }

  /** The header holds bytes or escapes that are no Unicode. */
  public static Problem headerIsNotUtf8(String file, String last) {
    return damaged(file, "its header is not UTF-8" + after(last));
  }

  /** The header breaks off, or JSON's grammar. */
  public static Problem headerIsNotJson(String file, String last) {
    return damaged(file, "its header is not one strict JSON object" + after(last));
  }

  /** A name stands twice. */
  public static Problem nameTwice(String file, String name) {
    return damaged(file, "its header names " + quoted(name) + " twice");
  }

  /** A value is of another kind than the format says. */
  public static Problem wrongKind(String file, String name, String wanted) {
    return damaged(file, quoted(name) + " must have " + wanted);
  }

  /** A tensor is described by something that the format does not know. */
  public static Problem unknownMember(String file, String name, String member) {
    return damaged(
        file,
        inTensor(name) + quoted(member) + " is unknown; legal are dtype, shape and data_offsets");
  }

  /** A tensor's description says something twice. */
  public static Problem memberTwice(String file, String name, String member) {
    return damaged(file, inTensor(name) + member + " stands twice");
  }

  /** A tensor's description lacks something. */
  public static Problem missingMember(String file, String name, String member) {
    return damaged(file, inTensor(name) + member + " is missing");
  }

  /** An element type that this reader does not take. */
  public static Problem unknownType(String file, String name, String type, String legal) {
    return new Problem(
        notUsable(file)
            + inTensor(name)
            + "the dtype "
            + quoted(type)
            + " is not among "
            + legal
            + ".",
        "Export the weights again in one of those types, for example with"
            + " tensor.to(torch.float32).");
  }

  /** A size or an offset that is not a whole number of 63 bits. */
  public static Problem illegalNumber(String file, String name, String member, String value) {
    return damaged(
        file,
        inTensor(name)
            + member
            + " holds "
            + cut(value)
            + "; legal are whole numbers from 0 to "
            + Long.MAX_VALUE);
  }

  /** More dimensions, or more offsets, than there can be. */
  public static Problem tooManyNumbers(String file, String name, String member, int most) {
    return damaged(file, inTensor(name) + member + " holds more than " + most + " numbers");
  }

  /** Offsets that are not begin and end. */
  public static Problem offsetsAreNoPair(String file, String name, List<Long> offsets) {
    return damaged(file, inTensor(name) + "data_offsets is " + offsets + ", not [begin, end]");
  }

  /** Offsets that leave the file, or end before they begin. */
  public static Problem offsetsOutOfRange(
      String file, String name, long begin, long end, long dataBytes) {
    return damaged(
        file,
        inTensor(name)
            + "data_offsets is ["
            + begin
            + ", "
            + end
            + "]; legal is 0 <= begin <= end <= "
            + dataBytes);
  }

  /** A shape whose product leaves 63 bits. */
  public static Problem shapeOverflows(String file, String name, String type, List<Long> shape) {
    return damaged(
        file, inTensor(name) + type + " of shape " + shape + " takes more than 2^63 - 1 bytes");
  }

  /** Shape and offsets contradict each other. */
  public static Problem sizeMismatch(
      String file, String name, String type, List<Long> shape, long expected, long found) {
    return damaged(
        file,
        inTensor(name)
            + type
            + " of shape "
            + shape
            + " takes "
            + expected
            + " bytes, and data_offsets gives it "
            + found);
  }

  /** Two tensors share bytes. */
  public static Problem overlap(
      String file, String first, String second, long begin, long firstEnd) {
    return damaged(
        file,
        inTensor(second)
            + "it begins at byte "
            + begin
            + ", within "
            + quoted(first)
            + ", which ends at byte "
            + firstEnd);
  }

  /** Bytes that belong to no tensor, before one. */
  public static Problem hole(String file, String name, long from, long to) {
    return damaged(
        file,
        "the bytes from "
            + from
            + " to "
            + to
            + " before "
            + quoted(name)
            + " belong to no tensor");
  }

  /** Bytes that belong to no tensor, at the end. */
  public static Problem trailingBytes(String file, long used, long dataBytes) {
    return damaged(file, "its tensors end at byte " + used + ", and its data at byte " + dataBytes);
  }

  /** A tensor that no Java buffer can hold. */
  public static Problem tensorTooLarge(String file, String name, long bytes) {
    return new Problem(
        notUsable(file)
            + inTensor(name)
            + String.format(
                Locale.ROOT, "%d bytes are above the limit of 2 GiB for a tensor.", bytes),
        "Use the weights of one of the supported models: none has so large a tensor.");
  }

  /** Tensors that do not fit the network; of each kind of difference the first few are named. */
  public static Problem doNotFit(
      String origin,
      List<String> missing,
      List<String> unexpected,
      List<Difference> shapes,
      List<Difference> types,
      Optional<String> looksLike) {
    String what =
        "The weights "
            + origin
            + " do not fit the network:"
            + line(missing.size(), "missing", missing.stream().map(WeightProblems::quoted))
            + line(unexpected.size(), "unexpected", unexpected.stream().map(WeightProblems::quoted))
            + line(shapes.size(), "of another shape", shapes.stream().map(Difference::text))
            + line(types.size(), "of another type", types.stream().map(Difference::text));
    String other =
        "Give the weights of the configured model, with torchvision's names (a state_dict of the"
            + " whole network).";
    return new Problem(what, looksLike.map(name -> looksLike(name) + other).orElse(other));
  }

  /** Weights that are another network's by their own word, though their tensors may fit. */
  public static Problem ofAnotherNetwork(String origin, String named, String model) {
    return new Problem(
        "The weights "
            + origin
            + " do not fit the network: their metadata says that they are those of "
            + named
            + ", and the model is "
            + model
            + ".",
        "Set -Dmodel=" + named + ", or give the weights of " + model + ".");
  }

  /** The beginning of an advice for weights that seem to be those of another network. */
  static String looksLike(String name) {
    return "They look like those of " + name + ": set -Dmodel=" + name + ", or else: ";
  }

  /**
   * A tensor that is not as the network wants it.
   *
   * @param expected the network's shape or type
   * @param found the file's
   */
  public record Difference(String name, String expected, String found) {
    private String text() {
      return quoted(name) + " (expected " + expected + ", found " + found + ")";
    }
  }

  /** A network without published weights. */
  public static Problem notPublished(String model, Collection<String> known) {
    return new Problem(
        "No pre-trained weights of "
            + model
            + " are known; those of "
            + String.join(", ", known)
            + " are.",
        "Give a file with -Dtransfer.weights=FILE, or start from random weights with"
            + " -Dtransfer.weights=none.");
  }

  /** {@code transfer.weights} without a value. */
  public static Problem emptySource() {
    return new Problem(
        "The parameter transfer.weights is empty; legal are " + SourceProblems.LEGAL + ".",
        "Leave it out for the pre-trained weights, or set -Dtransfer.weights=FILE.");
  }

  /** Neither a word we know nor a file. */
  public static Problem unknownSource(String source, Collection<String> words) {
    return new Problem(
        "The parameter transfer.weights is "
            + quoted(source)
            + ", and no file is called that; legal are "
            + SourceProblems.LEGAL
            + ".",
        capitalised(Suggestion.didYouMean(source, words))
            + "Check the path: it is relative to the project's folder, or absolute.");
  }

  private static String line(int count, String kind, Stream<String> names) {
    if (count == 0) {
      return "";
    }
    String more = count > SHOWN ? " and " + (count - SHOWN) + " more" : "";
    return System.lineSeparator()
        + "  "
        + count
        + " "
        + kind
        + ": "
        + names.limit(SHOWN).collect(Collectors.joining(", "))
        + more;
  }

  private static String capitalised(String sentence) {
    return sentence.isEmpty()
        ? ""
        : sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1);
  }

  private static Problem damaged(String file, String what) {
    return new Problem(notUsable(file) + what + ".", AGAIN);
  }

  private static String notUsable(String file) {
    return "The weights " + file + " can not be used: ";
  }

  private static String inTensor(String name) {
    return "tensor " + quoted(name) + ": ";
  }

  private static String after(String last) {
    return last.isEmpty() ? "" : " (the last name read is " + quoted(last) + ")";
  }

  static String quoted(String name) {
    return "'" + cut(name) + "'";
  }

  /** At most {@value #LONGEST_NAME} characters, none of which can steer a terminal. */
  private static String cut(String text) {
    String start = text.length() <= LONGEST_NAME ? text : text.substring(0, LONGEST_NAME) + "...";
    return start.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Cs}\\u2028\\u2029]", "?");
  }
}
