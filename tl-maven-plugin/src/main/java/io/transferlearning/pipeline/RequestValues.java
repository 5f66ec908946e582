package io.transferlearning.pipeline;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonSerializer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All settings of a request as dotted names and values, so that none can be forgotten where
 * requests are compared. Left out is what does not change the model: where files lie (their content
 * counts, and is looked at elsewhere), and the number of threads.
 */
final class RequestValues {
  private static final Gson JSON =
      new GsonBuilder()
          .registerTypeHierarchyAdapter(
              Path.class, (JsonSerializer<Path>) (path, type, context) -> JsonNull.INSTANCE)
          .disableHtmlEscaping()
          .create();

  /**
   * Decoding on more threads gives the same model; computing on more gives it but for rounding,
   * which no build trains again for. So do features that were kept. The dataset's seed is the seed.
   */
  private static final List<String> LEFT_OUT =
      List.of("processor.threads", "dataset.seed", "cacheSize");

  /** What begins so means nothing where nothing is fine-tuned. */
  private static final List<String> OF_FINE_TUNING = List.of("training.tuning.", "augmentation.");

  private final Map<String, String> values = new LinkedHashMap<>();

  private RequestValues() {}

  /** The values in the order of the request's components; what nobody set is absent. */
  static Map<String, String> of(TrainRequest request) {
    RequestValues all = new RequestValues();
    all.add("", JSON.toJsonTree(request));
    LEFT_OUT.forEach(all.values::remove);
    if (!request.modes().contains(Mode.FINETUNE)) {
      all.values.keySet().removeIf(name -> OF_FINE_TUNING.stream().anyMatch(name::startsWith));
    }
    return all.values;
  }

  private void add(String name, JsonElement element) {
    if (element instanceof JsonObject object) {
      String prefix = name.isEmpty() ? "" : name + ".";
      object.entrySet().forEach(member -> add(prefix + member.getKey(), member.getValue()));
    } else if (element.isJsonPrimitive()) {
      values.put(name, element.getAsString());
    } else if (!element.isJsonNull()) {
      values.put(name, element.toString());
    }
  }
}
