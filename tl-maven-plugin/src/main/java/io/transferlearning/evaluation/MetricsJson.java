package io.transferlearning.evaluation;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;

/** The keys of {@code metrics.json}, in their order, in both directions. */
final class MetricsJson {
  private MetricsJson() {}

  static String text(Metrics metrics) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonWriter out = new JsonWriter(text)) {
      out.setIndent("  ");
      out.beginObject();
      out.name("schema").value(MetricsFile.SCHEMA);
      out.name("images").value(metrics.images());
      number(out, "accuracy", metrics.accuracy());
      interval(out, "accuracyInterval", metrics.accuracyInterval());
      number(out, "top5Accuracy", metrics.top5Accuracy());
      number(out, "logLoss", metrics.logLoss());
      number(out, "balancedAccuracy", metrics.balancedAccuracy());
      number(out, "macroF1", metrics.macroF1());
      number(out, "kappa", metrics.kappa());
      number(out, "calibrationError", metrics.calibrationError());
      out.name("classes").beginArray();
      for (ClassMetrics one : metrics.perClass()) {
        oneClass(out, one);
      }
      out.endArray();
      confusion(out, metrics.confusion());
      out.endObject();
    }
    return text.append('\n').toString();
  }

  private static void oneClass(JsonWriter out, ClassMetrics one) throws IOException {
    out.beginObject();
    out.name("name").value(one.name());
    out.name("support").value(one.support());
    out.name("predicted").value(one.predicted());
    number(out, "precision", one.precision());
    number(out, "recall", one.recall());
    number(out, "f1", one.f1());
    interval(out, "recallInterval", one.recallInterval());
    out.endObject();
  }

  /** Rows are true classes, columns predicted ones; a row stands in one line. */
  private static void confusion(JsonWriter out, ConfusionMatrix confusion) throws IOException {
    out.name("confusion").beginArray();
    for (List<Integer> row : confusion.counts()) {
      out.jsonValue(row.toString());
    }
    out.endArray();
  }

  private static void interval(JsonWriter out, String name, Interval value) throws IOException {
    out.name(name).beginObject();
    number(out, "low", value.low());
    number(out, "high", value.high());
    out.endObject();
  }

  private static void number(JsonWriter out, String name, double value) throws IOException {
    out.name(name);
    if (Double.isFinite(value)) {
      out.jsonValue(MetricsFile.decimal(value).toPlainString());
    } else {
      out.nullValue();
    }
  }

  /**
   * @throws IllegalArgumentException when a key is missing or a list has another length; Gson's own
   *     exceptions when a value has another type
   */
  static Metrics metrics(JsonObject root) {
    List<ClassMetrics> perClass = new ArrayList<>();
    for (JsonElement one : required(root, "classes").getAsJsonArray()) {
      perClass.add(oneClass(one.getAsJsonObject()));
    }
    List<List<Integer>> counts = new ArrayList<>();
    for (JsonElement row : required(root, "confusion").getAsJsonArray()) {
      counts.add(integers(row.getAsJsonArray()));
    }
    return new Metrics(
        required(root, "images").getAsInt(),
        number(root, "accuracy"),
        interval(root, "accuracyInterval"),
        number(root, "top5Accuracy"),
        number(root, "logLoss"),
        number(root, "balancedAccuracy"),
        number(root, "macroF1"),
        number(root, "kappa"),
        number(root, "calibrationError"),
        perClass,
        new ConfusionMatrix(perClass.stream().map(ClassMetrics::name).toList(), counts));
  }

  private static ClassMetrics oneClass(JsonObject one) {
    return new ClassMetrics(
        required(one, "name").getAsString(),
        required(one, "support").getAsInt(),
        required(one, "predicted").getAsInt(),
        number(one, "precision"),
        number(one, "recall"),
        number(one, "f1"),
        interval(one, "recallInterval"));
  }

  private static List<Integer> integers(JsonArray row) {
    List<Integer> numbers = new ArrayList<>();
    row.forEach(number -> numbers.add(number.getAsInt()));
    return numbers;
  }

  private static Interval interval(JsonObject parent, String name) {
    JsonObject value = required(parent, name).getAsJsonObject();
    return new Interval(number(value, "low"), number(value, "high"));
  }

  private static double number(JsonObject parent, String name) {
    JsonElement value = required(parent, name);
    return value.isJsonNull() ? Double.NaN : value.getAsDouble();
  }

  private static JsonElement required(JsonObject parent, String name) {
    JsonElement value = parent.get(name);
    if (value == null) {
      throw new IllegalArgumentException("key \"" + name + "\" is missing");
    }
    return value;
  }
}
