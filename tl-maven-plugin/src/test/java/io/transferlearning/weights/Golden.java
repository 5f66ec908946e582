package io.transferlearning.weights;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code torchvision_golden.py} wrote. */
public final class Golden {
  private static final String RESOURCE = "/io/transferlearning/network/torchvision_golden.json";

  private Golden() {}

  /** The whole document. */
  public static JsonObject document() {
    try (InputStream in = Golden.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + RESOURCE);
      }
      return new Gson()
          .fromJson(new InputStreamReader(in, StandardCharsets.UTF_8), JsonObject.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A network's entry. */
  public static JsonObject model(String name) {
    for (JsonElement model : document().getAsJsonArray("models")) {
      if (model.getAsJsonObject().get("name").getAsString().equals(name)) {
        return model.getAsJsonObject();
      }
    }
    throw new IllegalArgumentException("no golden values for " + name);
  }

  /** The shapes of a network's parameters and buffers, in the order of its state_dict. */
  public static Map<String, List<Long>> shapes(String name) {
    Map<String, List<Long>> shapes = new LinkedHashMap<>();
    for (JsonElement element : model(name).getAsJsonArray("tensors")) {
      JsonObject tensor = element.getAsJsonObject();
      shapes.put(tensor.get("name").getAsString(), longs(tensor.get("shape")));
    }
    return shapes;
  }

  /** A JSON array of whole numbers. */
  public static List<Long> longs(JsonElement array) {
    List<Long> numbers = new ArrayList<>();
    array.getAsJsonArray().forEach(number -> numbers.add(number.getAsLong()));
    return numbers;
  }
}
