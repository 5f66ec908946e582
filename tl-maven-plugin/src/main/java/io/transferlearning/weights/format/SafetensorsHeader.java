package io.transferlearning.weights.format;

import io.transferlearning.problem.WeightProblems;
import io.transferlearning.weights.DType;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What the header of a safetensors file says, every claim checked against the size of the file: see
 * {@link #requireWholeBuffer}.
 *
 * @param spans the tensors by their names, in the header's order
 * @param metadata the free text under {@code __metadata__}, empty where there is none
 */
public record SafetensorsHeader(Map<String, Span> spans, Map<String, String> metadata) {
  /**
   * Where a tensor lies.
   *
   * @param begin its first byte, counted from the end of the header
   * @param end the byte after its last
   */
  record Span(String name, DType type, List<Long> shape, long begin, long end) {
    /** How many bytes the tensor takes. */
    long size() {
      return end - begin;
    }
  }

  private static final Comparator<Span> BY_OFFSET =
      Comparator.comparingLong(Span::begin).thenComparingLong(Span::end);

  /** The tensors in the order of their bytes. */
  List<Span> byOffset() {
    return spans.values().stream().sorted(BY_OFFSET).toList();
  }

  /**
   * Refuses tensors that share bytes, bytes between tensors, and bytes behind the last one. The
   * format forbids all three, so that a file can not hide something else.
   */
  void requireWholeBuffer(String file, long dataBytes) {
    long position = 0;
    String previous = "";
    for (Span span : byOffset()) {
      if (span.begin() < position) {
        throw WeightProblems.overlap(file, previous, span.name(), span.begin(), position);
      }
      if (span.begin() > position) {
        throw WeightProblems.hole(file, span.name(), position, span.begin());
      }
      position = span.end();
      previous = span.name();
    }
    if (position != dataBytes) {
      throw WeightProblems.trailingBytes(file, position, dataBytes);
    }
  }
}
