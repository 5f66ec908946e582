package io.transferlearning.problem;

import static io.transferlearning.problem.FormatProblems.damaged;
import static io.transferlearning.problem.FormatProblems.notUsable;
import static io.transferlearning.problem.WeightProblems.quoted;

/** What can be wrong with a zip archive of weights. */
public final class ZipProblems {
  private ZipProblems() {}

  /** The end of the file, where a zip archive has its directory, is missing. */
  public static Problem noDirectory(String file) {
    return damaged(file, "it is a zip archive whose end is missing");
  }

  /** The directory of the archive is broken. */
  public static Problem directory(String file, String what) {
    return damaged(file, "the directory of its zip archive is broken: " + what);
  }

  /** Two entries bear one name, so that readers could disagree. */
  public static Problem entryTwice(String file, String entry) {
    return damaged(file, inEntry(entry) + "the name stands twice");
  }

  /** Two entries share bytes. */
  public static Problem overlap(String file, String first, String second) {
    return damaged(file, inEntry(second) + "it shares bytes with " + quoted(first));
  }

  /** A name that would lead out of a folder. */
  public static Problem entryName(String file, String entry) {
    return damaged(file, inEntry(entry) + "the name is no path inside a folder");
  }

  /** An entry that the file is too short for. */
  public static Problem beyondFile(String file, String entry) {
    return damaged(file, inEntry(entry) + "its bytes do not lie inside the file");
  }

  /** The name before the entry's bytes is not that of the directory. */
  public static Problem localHeader(String file, String entry) {
    return damaged(file, inEntry(entry) + "its header does not agree with the directory");
  }

  /** The claimed size is wrong. */
  public static Problem size(String file, String entry, long size) {
    return damaged(file, inEntry(entry) + "it does not have the " + size + " bytes it claims");
  }

  /** The compressed bytes make no sense. */
  public static Problem data(String file, String entry) {
    return damaged(file, inEntry(entry) + "its compressed bytes are broken");
  }

  /** The content is not what was written. */
  public static Problem checksum(String file, String entry) {
    return damaged(file, inEntry(entry) + "its content does not have the CRC-32 it claims");
  }

  /** An entry under a password. */
  public static Problem encrypted(String file, String entry) {
    return notUsable(
        file, inEntry(entry) + "it is encrypted", "Unpack the archive, and give the file inside.");
  }

  /** A kind of compression that PyTorch never uses. */
  public static Problem method(String file, String entry, int method) {
    return notUsable(
        file,
        inEntry(entry)
            + "it is compressed by method "
            + method
            + "; legal are 0 (stored) and 8 (deflated)",
        "Save the weights again with torch.save, or with safetensors.");
  }

  /** An archive that unpacks to far more than itself. */
  public static Problem bomb(String file, String entry, long unpacked, long bytes, int most) {
    return notUsable(
        file,
        inEntry(entry)
            + "with it the archive unpacks to "
            + unpacked
            + " bytes, and the limit is "
            + most
            + " times its own "
            + bytes,
        "Take weights from a source you trust: no honest ones shrink so much. torch.save does not"
            + " compress at all.");
  }

  /** An entry that no Java buffer can hold. */
  public static Problem tooLarge(String file, String entry, long bytes) {
    return notUsable(
        file,
        inEntry(entry) + bytes + " bytes are above the limit of 2 GiB",
        "Use the weights of one of the supported models: none has so large a tensor.");
  }

  private static String inEntry(String entry) {
    return "entry " + quoted(entry) + ": ";
  }
}
