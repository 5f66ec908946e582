package io.transferlearning.weights;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A network's tensors by name, as a file of weights holds them.
 *
 * @param tensors the tensors by their names, in the order of the file or of the network;
 *     unmodifiable
 * @param metadata free text about the weights (origin, architecture, ...), in the file's order;
 *     unmodifiable, empty where there is none
 * @param wiring how the layers feed each other, where the file says so
 */
public record StateDict(
    Map<String, Tensor> tensors, Map<String, String> metadata, Optional<Wiring> wiring) {
  /** The member of a safetensors header for free text; no tensor can have this name. */
  public static final String METADATA = "__metadata__";

  /**
   * @throws IllegalArgumentException when a tensor is called {@code __metadata__}: the name is
   *     taken by safetensors
   */
  public StateDict {
    if (tensors.containsKey(METADATA)) {
      throw new IllegalArgumentException(
          "a tensor can not be called " + METADATA + ": the format uses the name");
    }
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  /** Tensors of a file that says nothing of layers. */
  public StateDict(Map<String, Tensor> tensors, Map<String, String> metadata) {
    this(tensors, metadata, Optional.empty());
  }

  /** Tensors without metadata. */
  public static StateDict of(Map<String, Tensor> tensors) {
    return new StateDict(tensors, Map.of());
  }

  /**
   * The tensor of that name.
   *
   * @throws IllegalArgumentException when there is none: ask {@link #tensors()} where that can be
   */
  public Tensor tensor(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("no tensor is called '" + name + "'");
    }
    return tensor;
  }

  /**
   * The network that the metadata names under {@code architecture}. Some networks differ in no
   * shape (ResNet-50 and its original form differ in a stride), so that only this tells them apart.
   */
  public Optional<String> architecture() {
    return Optional.ofNullable(metadata.get("architecture"));
  }
}
