package io.transferlearning;

import io.transferlearning.data.image.Pixels;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Results of ours beside those of torchvision's operations on Pillow's images. */
public final class PixelComparison {
  private final StringBuilder cases = new StringBuilder();
  private final ByteArrayOutputStream input = new ByteArrayOutputStream();
  private final List<String> names = new ArrayList<>();
  private final List<byte[]> ours = new ArrayList<>();

  /** How far the results of a name are from each other, over all its cases. */
  public static final class Difference {
    private int cases;
    private long bytes;
    private long different;
    private int worst;

    /** The largest difference of two bytes, in levels. */
    public int worst() {
      return worst;
    }

    private void add(byte[] one, byte[] other) {
      cases++;
      bytes += one.length;
      for (int i = 0; i < one.length; i++) {
        int difference = Math.abs((one[i] & 0xFF) - (other[i] & 0xFF));
        different += difference == 0 ? 0 : 1;
        worst = Math.max(worst, difference);
      }
    }
  }

  /**
   * Adds a case.
   *
   * @param name under which its difference is counted
   * @param operation the script's name and numbers, parted by blanks
   * @param image what goes in
   * @param result what we make of it
   */
  public void add(String name, String operation, Pixels image, Pixels result) {
    String[] words = operation.split(" ", 2);
    cases.append(
        "%s %d %d%s\n"
            .formatted(
                words[0], image.width(), image.height(), words.length > 1 ? " " + words[1] : ""));
    input.writeBytes(image.rgb());
    names.add(name);
    ours.add(result.rgb());
  }

  /**
   * Adds a case that starts from a file.
   *
   * @param operation the script's name and numbers, parted by blanks
   */
  public void add(String name, String operation, Path file, Pixels result) {
    String[] words = operation.split(" ", 2);
    String path = file.toAbsolutePath().toString().replace("%", "%25").replace(" ", "%20");
    cases.append("%s 0 0 %s%s\n".formatted(words[0], path, words.length > 1 ? " " + words[1] : ""));
    names.add(name);
    ours.add(result.rgb());
  }

  /** Runs torchvision, prints a table, and returns its lines by name. */
  public Map<String, Difference> run(Path folder) throws IOException {
    Files.writeString(folder.resolve("cases.txt"), cases);
    Files.write(folder.resolve("input.rgb"), input.toByteArray());
    ReferencePython.script("torchvision_operations.py", folder.toString());
    byte[] theirs = Files.readAllBytes(folder.resolve("output.rgb"));
    Map<String, Difference> differences = new TreeMap<>();
    int at = 0;
    for (int i = 0; i < ours.size(); i++) {
      int length = ours.get(i).length;
      differences
          .computeIfAbsent(names.get(i), name -> new Difference())
          .add(ours.get(i), Arrays.copyOfRange(theirs, at, at + length));
      at += length;
    }
    if (at != theirs.length) {
      throw new IllegalStateException(theirs.length + " bytes of theirs, " + at + " of ours");
    }
    differences.forEach(
        (name, one) ->
            System.out.printf(
                Locale.ROOT,
                "%-28s %4d cases %10d bytes, %6d differ, worst by %d%n",
                name,
                one.cases,
                one.bytes,
                one.different,
                one.worst));
    return differences;
  }

  /** A copy, for operations that work in place. */
  public static Pixels copy(Pixels image) {
    return new Pixels(image.width(), image.height(), image.rgb().clone());
  }
}
