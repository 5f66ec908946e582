package io.transferlearning.problem;

import static io.transferlearning.problem.FormatProblems.damaged;
import static io.transferlearning.problem.FormatProblems.notUsable;
import static io.transferlearning.problem.WeightProblems.quoted;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What can be wrong with a file of PyTorch's: its pickle and its tensors. */
public final class TorchProblems {
  private static final int SHOWN = 5;

  private static final String SAVE_STATE_DICT =
      "In Python, load it and save only its tensors: torch.save(model.state_dict(), 'FILE.pth').";

  private TorchProblems() {}

  /** A name that could run something, or that at least no weights need. */
  public static Problem forbiddenName(String file, String name) {
    return notUsable(
        file,
        "its pickle asks for "
            + quoted(name)
            + ", which is not among the few names that weights need; it is not run",
        "If you trust the file, it holds a whole model or more than tensors. "
            + SAVE_STATE_DICT
            + " If you do not, do not open it in Python either: unpickling runs code.");
  }

  /** The pickle's own grammar is broken. */
  public static Problem pickle(String file, int at, String what) {
    return damaged(file, "its pickle is broken at byte " + at + ": " + what);
  }

  /** An operation that no writer of weights uses. */
  public static Problem operation(String file, int at, int code) {
    return damaged(
        file,
        String.format(
            Locale.ROOT, "its pickle has the unknown operation 0x%02x at byte %d", code, at));
  }

  /** A value that contains itself. */
  public static Problem cyclic(String file) {
    return damaged(file, "its pickle holds a value that contains itself");
  }

  /** Values in values in values. */
  public static Problem deep(String file, int most) {
    return damaged(file, "its pickle is nested more than " + most + " deep");
  }

  /** A key stands twice in a dictionary. */
  public static Problem keyTwice(String file, String key) {
    return damaged(file, "the name " + quoted(key) + " stands twice");
  }

  /** A tensor has the one name that safetensors takes for itself. */
  public static Problem reservedName(String file, String name) {
    return damaged(file, "a tensor is called " + quoted(name) + ", a name that is reserved");
  }

  /** A reconstruction function was given something else than it takes. */
  public static Problem arguments(String file) {
    return damaged(file, "its pickle describes a tensor or a container in an unknown way");
  }

  /** A storage is described in an unknown or contradictory way. */
  public static Problem storageReference(String file) {
    return damaged(file, "its pickle describes a storage in an unknown or contradictory way");
  }

  /** A storage is mentioned and not there. */
  public static Problem noStorage(String file, String key) {
    return damaged(file, "the storage " + quoted(key) + " is missing");
  }

  /** A storage stands twice. */
  public static Problem storageTwice(String file, String key) {
    return damaged(file, "the storage " + quoted(key) + " stands twice");
  }

  /** A storage has another size than the pickle says. */
  public static Problem storageSize(
      String file, String key, long bytes, String type, long elements) {
    return damaged(
        file,
        "the storage "
            + quoted(key)
            + " has "
            + bytes
            + " bytes, and should be a "
            + type
            + " of "
            + elements
            + " elements");
  }

  /** A storage claims more elements than the file has. */
  public static Problem storageBeyondFile(String file, String key, long elements, String type) {
    return damaged(
        file,
        "the storage "
            + quoted(key)
            + " claims "
            + elements
            + " elements of a "
            + type
            + ", which do not lie inside the file");
  }

  /** An element type that weights do not have here. */
  public static Problem storageType(String file, String name, String type) {
    return notUsable(
        file,
        inTensor(name)
            + "it is stored as "
            + quoted(type)
            + "; legal are DoubleStorage, FloatStorage, HalfStorage and BFloat16Storage, and for"
            + " counters LongStorage and ByteStorage",
        "Save the weights in one of those types, for example after model.float(); quantised"
            + " networks can not be trained on.");
  }

  /** As many sizes as strides, and not too many of either. */
  public static Problem dimensions(String file, String name, int sizes, int strides) {
    return damaged(file, inTensor(name) + "it has " + sizes + " sizes and " + strides + " strides");
  }

  /** A number below zero where none can be. */
  public static Problem negative(String file, String name, String what, String value) {
    return damaged(file, inTensor(name) + "its " + what + " is " + value + ", below zero");
  }

  /** Elements outside of the storage. */
  public static Problem beyondStorage(
      String file, String name, List<Long> shape, List<Long> strides) {
    return damaged(
        file,
        inTensor(name)
            + "shape "
            + shape
            + " with strides "
            + strides
            + " does not lie inside its storage");
  }

  /** Elements that are the same element. */
  public static Problem sharedElements(
      String file, String name, List<Long> shape, List<Long> strides) {
    return notUsable(
        file,
        inTensor(name)
            + "shape "
            + shape
            + " with strides "
            + strides
            + " uses the same bytes for several elements",
        "Save it in full: tensor.contiguous() in Python.");
  }

  /** More copies than the file has bytes: one storage seen in many ways. */
  public static Problem tooManyCopies(String file, String name, long copied, long bytes) {
    return damaged(
        file,
        inTensor(name)
            + "with it "
            + copied
            + " bytes would be put into order, and the file has only "
            + bytes);
  }

  /** A file from a machine of the other byte order. */
  public static Problem bigEndian(String file) {
    return notUsable(
        file,
        "its numbers are big-endian",
        "Save the weights again on a little-endian machine, or with safetensors.");
  }

  /** A pickle that torch.save did not write. */
  public static Problem otherPickle(String file) {
    return notUsable(
        file,
        "it is a Python pickle, but not one that torch.save wrote",
        "Save the weights with torch.save or with safetensors.");
  }

  /** Another version of the older form. */
  public static Problem legacyVersion(String file) {
    return damaged(file, "it claims a version other than 1001 of PyTorch's older format");
  }

  /** A zip archive without PyTorch's parts. */
  public static Problem otherZip(String file, Collection<String> entries) {
    return notUsable(
        file,
        "it is a zip archive, but not PyTorch's: it has not exactly one FOLDER/data.pkl, but "
            + some(entries),
        "If weights are inside, unpack them and give their file.");
  }

  /** TorchScript of PyTorch's first versions. */
  public static Problem oldScript(String file) {
    return notUsable(
        file,
        "it is a TorchScript archive of PyTorch before 1.4",
        "Load and save it once with a newer PyTorch: torch.jit.load('OLD').save('NEW').");
  }

  /** Nothing that looks like a state_dict. */
  public static Problem noStateDict(String file, String what, Collection<String> keys) {
    return notUsable(
        file,
        "it holds "
            + what
            + " without tensors by name"
            + (keys.isEmpty() ? "" : "; its keys are " + some(keys)),
        SAVE_STATE_DICT);
  }

  /** A TorchScript archive whose modules have no tensors. */
  public static Problem noScriptTensors(String file) {
    return notUsable(
        file,
        "no module of the TorchScript archive has a tensor, as after torch.jit.freeze",
        "Give the archive that it was made from, or the state_dict.");
  }

  private static String inTensor(String name) {
    return "tensor " + quoted(name) + ": ";
  }

  private static String some(Collection<String> names) {
    String more = names.size() > SHOWN ? " and " + (names.size() - SHOWN) + " more" : "";
    return names.isEmpty()
        ? "nothing"
        : names.stream().limit(SHOWN).map(WeightProblems::quoted).collect(Collectors.joining(", "))
            + more;
  }
}
