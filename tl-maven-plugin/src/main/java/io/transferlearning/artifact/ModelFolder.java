package io.transferlearning.artifact;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import io.transferlearning.data.Preprocessing;
import io.transferlearning.network.Network;
import io.transferlearning.network.torchscript.TorchScript;
import io.transferlearning.problem.ArtifactProblems;
import io.transferlearning.training.ImageCode;
import io.transferlearning.weights.StateDict;
import io.transferlearning.weights.Tensor;
import io.transferlearning.weights.format.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes a trained model as a folder that DJL opens by itself: the network as TorchScript with its
 * weights, the weights again under torchvision's names, the labels, and how to use them. The same
 * model gives the same bytes.
 */
public final class ModelFolder {
  static final String DESCRIPTION = "model.json";
  static final String LABELS = "synset.txt";
  static final String SERVING = "serving.properties";
  static final Gson JSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  private ModelFolder() {}

  /**
   * Writes the files of a model.
   *
   * @param folder where to; created
   * @param tensors every parameter and buffer of the network
   * @throws io.transferlearning.problem.Problem where they can not be written
   */
  public static void write(
      Path folder, Network network, Map<String, Tensor> tensors, ModelDescription description) {
    try {
      writeAll(folder, network, tensors, description);
    } catch (IOException e) {
      throw ArtifactProblems.unwritable(folder, e);
    }
  }

  private static void writeAll(
      Path folder, Network network, Map<String, Tensor> tensors, ModelDescription description)
      throws IOException {
    Files.createDirectories(folder);
    String methods = ImageCode.methods(network, description.preprocessing());
    TorchScript.write(
        folder.resolve(torchScript(network.name())),
        network,
        tensors,
        new TorchScript.Methods(List.of(), methods));
    // Sorted: the order of Map.of changes from one JVM to the next, and the file's bytes with it.
    Map<String, String> metadata =
        new TreeMap<>(Map.of("architecture", network.name(), "format", "pt"));
    Safetensors.write(
        folder.resolve(safetensors(network.name())), new StateDict(tensors, metadata));
    Files.writeString(folder.resolve(LABELS), String.join("\n", description.classes()) + "\n");
    Files.writeString(
        folder.resolve(SERVING), serving(network.name(), description.preprocessing()));
    Files.writeString(folder.resolve(DESCRIPTION), JSON.toJson(description) + "\n");
  }

  /** Names of the files of a model. */
  public static List<String> files(String architecture) {
    return List.of(
        torchScript(architecture), safetensors(architecture), LABELS, SERVING, DESCRIPTION);
  }

  static String torchScript(String architecture) {
    return architecture + ".pt";
  }

  private static String safetensors(String architecture) {
    return architecture + ".safetensors";
  }

  /** What DJL's own image translator needs; understood by DJL Serving too. */
  private static String serving(String architecture, Preprocessing p) {
    return String.format(
        Locale.ROOT,
        """
        engine=PyTorch
        option.modelName=%s
        translatorFactory=ai.djl.modality.cv.translator.ImageClassificationTranslatorFactory
        width=%d
        height=%d
        resizeShort=%d,-1,%s
        centerCrop=true
        toTensor=true
        normalize=%s,%s,%s,%s,%s,%s
        applySoftmax=true
        """,
        architecture,
        p.crop(),
        p.crop(),
        p.resize(),
        p.interpolation(),
        p.mean().red(),
        p.mean().green(),
        p.mean().blue(),
        p.deviation().red(),
        p.deviation().green(),
        p.deviation().blue());
  }
}
