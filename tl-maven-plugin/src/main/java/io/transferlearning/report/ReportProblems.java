package io.transferlearning.report;

import io.transferlearning.problem.Problem;

/** What can hinder a report. */
final class ReportProblems {
  private ReportProblems() {}

  static Problem noFonts(String reason, Throwable cause) {
    return new Problem(
        "Plots can not be drawn: this Java finds no fonts (" + reason + ").",
        "install some, such as 'apt-get install fontconfig fonts-dejavu-core', 'apk add fontconfig"
            + " ttf-dejavu' or 'dnf install fontconfig dejavu-sans-fonts'.",
        cause);
  }
}
