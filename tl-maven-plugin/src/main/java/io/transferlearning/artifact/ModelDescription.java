package io.transferlearning.artifact;

import io.transferlearning.data.Preprocessing;
import java.util.List;
import java.util.Map;

/**
 * What {@code model.json} says: everything needed to use the model, and where it came from. It
 * holds no time and no path of this machine, so that the same training gives the same bytes.
 *
 * @param schema version of this format
 * @param architecture torchvision's name of the network
 * @param classes names of the outputs, in order
 * @param preprocessing what happens to an image first
 * @param provenance how the weights came to be, as names and values
 */
public record ModelDescription(
    int schema,
    String architecture,
    List<String> classes,
    Preprocessing preprocessing,
    Map<String, String> provenance) {

  /** The only version there is. */
  public static final int SCHEMA = 1;

  public ModelDescription {
    classes = List.copyOf(classes);
  }
}
