package io.transferlearning.weights.source;

import com.google.gson.Gson;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where the published ImageNet weights of the five families are: torchvision's, as {@code
 * catalogue.json} lists them.
 *
 * <p>Of two sets for one network it names the first, {@code IMAGENET1K_V1}. The second ones score
 * higher on ImageNet by longer training with label smoothing, mixup and cutmix, and such training
 * gives features that transfer worse (Kornblith, Shlens and Le: "Do Better ImageNet Models Transfer
 * Better?", CVPR 2019; Kornblith et al.: "Why Do Better Loss Functions Lead to Less Transferable
 * Features?", NeurIPS 2021); and the first ones are those of the usual tutorials, which results are
 * compared with. A URL takes the second ones.
 */
public final class Catalogue {
  private static final Map<String, PublishedWeights> ENTRIES = read();

  /** The file's form. */
  private record Entries(Map<String, String> licences, List<PublishedWeights> networks) {}

  private Catalogue() {}

  /** The published weights of a network, by torchvision's name. */
  public static Optional<PublishedWeights> find(String model) {
    return Optional.ofNullable(ENTRIES.get(model));
  }

  /** The networks with published weights, family by family; unmodifiable. */
  public static Set<String> models() {
    return Collections.unmodifiableSet(ENTRIES.keySet());
  }

  private static Map<String, PublishedWeights> read() {
    try (InputStream in = Catalogue.class.getResourceAsStream("catalogue.json")) {
      if (in == null) {
        throw new IllegalStateException("the plugin's jar lacks catalogue.json");
      }
      Entries all =
          new Gson().fromJson(new InputStreamReader(in, StandardCharsets.UTF_8), Entries.class);
      Map<String, PublishedWeights> entries = new LinkedHashMap<>();
      all.networks().forEach(one -> entries.put(one.model(), withLicence(one, all.licences())));
      return entries;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The file names the licence's text by a word. */
  private static PublishedWeights withLicence(PublishedWeights one, Map<String, String> licences) {
    return new PublishedWeights(
        one.model(),
        one.weights(),
        one.url(),
        one.sha256(),
        licences.getOrDefault(one.licence(), one.licence()),
        one.inputSize(),
        one.resize(),
        one.interpolation(),
        List.copyOf(one.mean()),
        List.copyOf(one.deviation()),
        one.classes());
  }
}
