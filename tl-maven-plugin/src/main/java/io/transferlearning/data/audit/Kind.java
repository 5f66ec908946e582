package io.transferlearning.data.audit;

import static io.transferlearning.data.audit.Action.FAIL;
import static io.transferlearning.data.audit.Action.WARN;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What an audit looks for, in the order in which it is told. "The same image" means the same pixels
 * after decoding, whatever the file's bytes, format and metadata, and of damaged files the same
 * bytes; photos that only look alike, such as one saved twice as JPEG, are not looked for.
 */
public enum Kind {
  /** A file that is empty, of no known format, damaged, or ends early. */
  UNREADABLE("unreadable", FAIL),
  /** The same image for testing and for training or validation. */
  TEST_LEAKAGE("testLeakage", FAIL),
  /** The same image for training and for validation. */
  VALIDATION_LEAKAGE("validationLeakage", WARN),
  /** The same image in two classes. */
  TWO_CLASSES("twoClasses", WARN),
  /** The same image twice in a class, for the same use. */
  DUPLICATES("duplicates", WARN),
  /** A class with fewer than {@link #FEW} training images. */
  FEW_IMAGES("fewImages", WARN),
  /** The largest class has at least {@link #UNEVEN} times the smallest's training images. */
  IMBALANCE("imbalance", WARN),
  /** An image whose shorter side is below half of the network's input. */
  SMALL_IMAGES("smallImages", WARN),
  /** A file or folder that is no image of a class. */
  OTHER_FILES("otherFiles", WARN);

  /** Training images below which a class has few. */
  public static final int FEW = 10;

  /** How many times a class's images another may have before that is an imbalance. */
  public static final int UNEVEN = 10;

  private final String text;
  private final Action usual;

  Kind(String text, Action usual) {
    this.text = text;
    this.usual = usual;
  }

  /** As users write it. */
  public String text() {
    return text;
  }

  /** What happens where nothing is said. */
  public Action usual() {
    return usual;
  }

  /** The kind that users write so. */
  public static Optional<Kind> of(String text) {
    return Arrays.stream(values()).filter(kind -> kind.text.equals(text)).findFirst();
  }

  /** What users write for each. */
  public static List<String> texts() {
    return Arrays.stream(values()).map(Kind::text).toList();
  }
}
