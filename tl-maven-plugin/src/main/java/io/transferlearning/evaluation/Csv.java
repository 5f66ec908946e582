package io.transferlearning.evaluation;

import java.util.ArrayList;
import java.util.List;

/**
 * Comma-separated values as in RFC 4180: a cell with a comma, a quote or a line break is quoted,
 * and a quote in it is doubled. Lines end with {@code \n} alone, so that files are the same on
 * every system; the reader takes {@code \r\n} as well.
 */
final class Csv {
  private final String text;
  private int position;

  private Csv(String text) {
    this.text = text;
  }

  /** The text of a file with these rows. */
  static String format(List<List<String>> rows) {
    StringBuilder out = new StringBuilder();
    for (List<String> row : rows) {
      out.append(String.join(",", row.stream().map(Csv::quoted).toList())).append('\n');
    }
    return out.toString();
  }

  private static String quoted(String cell) {
    boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }

  /** The rows of a file; a line break at the end does not begin another row. */
  static List<List<String>> parse(String text) {
    Csv csv = new Csv(text);
    List<List<String>> rows = new ArrayList<>();
    while (csv.position < text.length()) {
      rows.add(csv.row());
    }
    return rows;
  }

  private List<String> row() {
    List<String> cells = new ArrayList<>();
    cells.add(cell());
    while (position < text.length() && text.charAt(position) == ',') {
      position++;
      cells.add(cell());
    }
    skip('\r');
    skip('\n');
    return cells;
  }

  private void skip(char expected) {
    if (position < text.length() && text.charAt(position) == expected) {
      position++;
    }
  }

  private String cell() {
    boolean opened = position < text.length() && text.charAt(position) == '"';
    return opened ? quotedCell() : plainCell();
  }

  private String plainCell() {
    int start = position;
    while (position < text.length() && ",\r\n".indexOf(text.charAt(position)) < 0) {
      position++;
    }
    return text.substring(start, position);
  }

  private String quotedCell() {
    StringBuilder cell = new StringBuilder();
    position++;
    while (position < text.length()) {
      char c = text.charAt(position++);
      if (c != '"') {
        cell.append(c);
      } else if (position < text.length() && text.charAt(position) == '"') {
        cell.append('"');
        position++;
      } else {
        break;
      }
    }
    return cell.append(plainCell()).toString();
  }
}
