/** Plots by JFreeChart, the HTML page, Markdown. Knows neither DJL nor Maven. */
@NullMarked
package io.transferlearning.report;

import org.jspecify.annotations.NullMarked;
