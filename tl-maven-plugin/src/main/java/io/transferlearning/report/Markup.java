package io.transferlearning.report;

/** Text inside HTML and XML. */
final class Markup {
  private Markup() {}

  /**
   * The text with the five characters that mean something replaced, for elements and for attributes
   * in either quotes; characters that XML 1.0 forbids become U+FFFD.
   */
  static String escape(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints().forEach(c -> append(out, c));
    return out.toString();
  }

  private static void append(StringBuilder out, int c) {
    switch (c) {
      case '&' -> out.append("&amp;");
      case '<' -> out.append("&lt;");
      case '>' -> out.append("&gt;");
      case '"' -> out.append("&quot;");
      case '\'' -> out.append("&#39;");
      default -> out.appendCodePoint(legal(c) ? c : 0xFFFD);
    }
  }

  /** The production Char of XML 1.0. */
  private static boolean legal(int c) {
    return c == '\t'
        || c == '\n'
        || c == '\r'
        || (c >= 0x20 && c <= 0xD7FF)
        || (c >= 0xE000 && c <= 0xFFFD)
        || c >= 0x10000;
  }
}
