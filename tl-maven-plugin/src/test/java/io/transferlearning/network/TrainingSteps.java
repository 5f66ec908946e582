package io.transferlearning.network;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;

/**
 * What the script trained on, and the loss before each of its steps.
 *
 * @param height of the images
 * @param width of the images
 * @param losses one a step
 */
record TrainingSteps(int height, int width, List<Double> losses) {
  /** As the script writes it. */
  static TrainingSteps of(JsonObject written) {
    return new TrainingSteps(
        written.get("height").getAsInt(),
        written.get("width").getAsInt(),
        written.getAsJsonArray("losses").asList().stream().map(JsonElement::getAsDouble).toList());
  }
}
