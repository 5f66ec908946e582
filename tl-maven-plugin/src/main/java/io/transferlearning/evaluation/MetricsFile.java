package io.transferlearning.evaluation;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * {@code metrics.json}: metrics for other programs, and for the next build. Keys have a fixed order
 * and numbers a fixed spelling, so the same metrics are the same bytes; what is undefined is {@code
 * null}. {@code "schema"} is raised when a key changes its meaning or goes.
 */
public final class MetricsFile {
  /** The schema that is written and read. */
  public static final int SCHEMA = 1;

  private MetricsFile() {}

  /** Writes the metrics, replacing the file in one step. */
  public static void write(Path file, Metrics metrics) throws IOException {
    WholeFile.write(file, MetricsJson.text(metrics));
  }

  /**
   * Reads what {@link #write} wrote; every number comes back bit for bit.
   *
   * @throws io.transferlearning.problem.Problem when the file has another schema or shape
   */
  public static Metrics read(Path file) throws IOException {
    String text = Files.readString(file);
    try {
      JsonObject root = JsonParser.parseString(text).getAsJsonObject();
      requireSchema(file, root);
      return MetricsJson.metrics(root);
    } catch (JsonParseException
        | IllegalStateException
        | UnsupportedOperationException
        | IllegalArgumentException e) {
      throw EvaluationProblems.notMetrics(file, String.valueOf(e.getMessage()), e);
    }
  }

  private static void requireSchema(Path file, JsonObject root) {
    JsonElement schema = root.has("schema") ? root.get("schema") : JsonNull.INSTANCE;
    if (!schema.toString().equals(Integer.toString(SCHEMA))) {
      throw EvaluationProblems.unknownSchema(file, schema.toString(), SCHEMA);
    }
  }

  /**
   * The shortest decimal number of 15 to 17 digits that is read back as this one. Java's own {@code
   * Double.toString} is not the same in every version.
   *
   * @param value a finite number
   */
  static BigDecimal decimal(double value) {
    BigDecimal exact = new BigDecimal(value);
    for (int digits = 15; digits < 17; digits++) {
      BigDecimal rounded = exact.round(new MathContext(digits));
      if (rounded.doubleValue() == value) {
        return plain(rounded);
      }
    }
    return plain(exact.round(new MathContext(17)));
  }

  /** Without trailing zeros, and without an exponent when printed. */
  private static BigDecimal plain(BigDecimal number) {
    return new BigDecimal(number.stripTrailingZeros().toPlainString());
  }
}
