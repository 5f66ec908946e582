package io.transferlearning.report;

import io.transferlearning.report.ReportData.Fact;
import java.util.Base64;
import java.util.List;

/** Writes HTML. Every text that comes in is escaped here, and nowhere else. */
final class HtmlPage {
  private static final String STYLE =
      """
      :root { color-scheme: light; --ink: #222; --soft: #666; --line: #ddd; --panel: #f6f7f9; }
      body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: #fff;
             max-width: 68rem; margin: 2rem auto; padding: 0 1.25rem; }
      h1 { font-size: 1.7rem; margin: 0 0 1rem; }
      h2 { font-size: 1.2rem; margin: 2.5rem 0 .75rem; }
      .banner { padding: .9rem 1.1rem; border-left: .5rem solid; border-radius: .3rem;
                font-size: 1.15rem; font-weight: 600; }
      .banner.passed { background: #e6f4ef; border-color: #009e73; }
      .banner.failed { background: #fdeee3; border-color: #d55e00; }
      .banner.none { background: var(--panel); border-color: #999; }
      .cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr));
               gap: .75rem; margin-top: 1rem; }
      .card { background: var(--panel); border-radius: .3rem; padding: .7rem .9rem; }
      .card b { display: block; font-size: 1.45rem; font-variant-numeric: tabular-nums; }
      .card span { color: var(--soft); font-size: .85rem; }
      .wide { overflow-x: auto; }
      table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
      th, td { text-align: left; padding: .35rem .75rem .35rem 0; vertical-align: top;
               border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
      th { color: var(--soft); font-weight: 600; font-size: .85rem; }
      tr.failed td:first-child { color: #b34700; font-weight: 700; }
      tr.passed td:first-child { color: #00704f; }
      img { max-width: 100%; max-height: 48rem; height: auto; display: block; margin: 0 auto; }
      p.note { color: var(--soft); margin: 0 0 .5rem; }
      """;

  private final StringBuilder html = new StringBuilder();

  HtmlPage(String title) {
    html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    html.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    element("title", title);
    html.append("<style>\n").append(STYLE).append("</style>\n</head>\n<body>\n");
    element("h1", title);
  }

  /**
   * The verdict.
   *
   * @param kind {@code passed}, {@code failed} or {@code none}
   */
  void banner(String kind, String text) {
    html.append("<div class=\"banner ").append(kind).append("\">");
    html.append(Markup.escape(text)).append("</div>\n");
  }

  void cards(List<Fact> numbers) {
    html.append("<div class=\"cards\">\n");
    for (Fact number : numbers) {
      html.append("<div class=\"card\"><b>").append(Markup.escape(number.value()));
      html.append("</b><span>").append(Markup.escape(number.name())).append("</span></div>\n");
    }
    html.append("</div>\n");
  }

  void heading(String text) {
    element("h2", text);
  }

  void note(String text) {
    html.append("<p class=\"note\">").append(Markup.escape(text)).append("</p>\n");
  }

  void table(String... columns) {
    html.append("<div class=\"wide\"><table>\n<thead><tr>");
    for (String column : columns) {
      html.append("<th>").append(Markup.escape(column)).append("</th>");
    }
    html.append("</tr></thead>\n<tbody>\n");
  }

  void row(String... cells) {
    html.append("<tr>");
    cells(cells);
  }

  /** A row whose first cell has a colour: green when it passed, vermilion when it failed. */
  void verdictRow(boolean passed, String... cells) {
    html.append("<tr class=\"").append(passed ? "passed" : "failed").append("\">");
    cells(cells);
  }

  private void cells(String... cells) {
    for (String cell : cells) {
      html.append("<td>").append(Markup.escape(cell)).append("</td>");
    }
    html.append("</tr>\n");
  }

  void endTable() {
    html.append("</tbody>\n</table></div>\n");
  }

  /** A PNG, inside the page. */
  void picture(String description, byte[] png) {
    html.append("<img alt=\"").append(Markup.escape(description));
    html.append("\" src=\"data:image/png;base64,");
    html.append(Base64.getEncoder().encodeToString(png)).append("\">\n");
  }

  /** The whole page. */
  String finish() {
    return html + "</body>\n</html>\n";
  }

  private void element(String name, String text) {
    html.append('<').append(name).append('>').append(Markup.escape(text));
    html.append("</").append(name).append(">\n");
  }
}
