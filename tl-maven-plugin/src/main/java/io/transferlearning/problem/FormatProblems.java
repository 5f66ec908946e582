package io.transferlearning.problem;

/** Files that are taken for weights and are something else. */
public final class FormatProblems {
  /** What can be read, for messages. */
  static final String READABLE = "safetensors, PyTorch's .pth and TorchScript, and ONNX";

  private static final String CHECK =
      "Check that this is the file you mean, and that its download or copy was complete. These are"
          + " read: "
          + READABLE
          + ".";

  private FormatProblems() {}

  /** The file has no bytes. */
  public static Problem empty(String file) {
    return notUsable(file, "it is empty", CHECK);
  }

  /** Nothing that is known begins so. */
  public static Problem unknown(String file) {
    return notUsable(file, "its content is of no known format", CHECK);
  }

  /** A file of a known format that no reader takes. */
  public static Problem other(String file, String what) {
    String next =
        what.startsWith("compressed")
            ? "Unpack it first, and give the file inside."
            : "Convert it to one of the formats that are read: " + READABLE + ".";
    return notUsable(file, "it is " + what, next);
  }

  /** HTML or XML: mostly a server's excuse under the name of the file. */
  public static Problem webPage(String file) {
    return notUsable(
        file,
        "it is a web page (HTML or XML), mostly what a server sends instead of a file that needs a"
            + " login or is gone",
        "Open it in a browser or an editor to see what the server says, and download the file"
            + " again.");
  }

  /** JSON: a server's excuse, or what describes weights beside them. */
  public static Problem json(String file) {
    return notUsable(
        file,
        "it is JSON, such as a server's message, or a description that lies beside weights",
        "Open it in an editor to see what it says, and give the file that it speaks of.");
  }

  /** Git's stand-in for a large file. */
  public static Problem lfsPointer(String file) {
    return notUsable(
        file,
        "it is a Git LFS pointer, not the file itself",
        "Fetch the file with: git lfs install, then git lfs pull.");
  }

  /** A tar archive, PyTorch's own first format among them. */
  public static Problem tar(String file) {
    return notUsable(
        file,
        "it is a tar archive, which PyTorch itself wrote before version 0.1.10 only",
        "If weights are inside, unpack them and give their file; if PyTorch wrote it, load it with"
            + " torch.load in Python and save its state_dict again.");
  }

  static Problem notUsable(String file, String what, String next) {
    return new Problem("The weights " + file + " can not be used: " + what + ".", next);
  }

  static Problem damaged(String file, String what) {
    return notUsable(
        file,
        what,
        "Download or save the file again: this one is damaged, or was not meant to be read.");
  }
}
