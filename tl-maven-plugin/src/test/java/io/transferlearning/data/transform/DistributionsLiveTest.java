package io.transferlearning.data.transform;

import static org.assertj.core.api.Assertions.assertThat;

import io.transferlearning.ReferencePython;
import io.transferlearning.data.RandomStream;
import io.transferlearning.data.image.Box;
import io.transferlearning.data.transform.Mixture.Pasted;
import io.transferlearning.data.transform.TrivialAugment.Choice;
import io.transferlearning.data.transform.TrivialAugment.Operation;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What is drawn is distributed as torchvision's: two-sample Kolmogorov-Smirnov tests, with fixed
 * seeds on both sides.
 */
class DistributionsLiveTest {
  private static final int DRAWS = 8000;

  /** c(alpha) of the test at the level 0.001: sqrt(-ln(alpha / 2) / 2). */
  private static final double CRITICAL = 1.95;

  private final Map<String, double[]> ours = new LinkedHashMap<>();

  @Test
  void everyParameterIsDistributedAsTorchvisions() {
    ReferencePython.requireModules("DistributionsLiveTest", "PIL, torch, torchvision");
    crops();
    erasings();
    jitters();
    trivial();
    mixtures();
    Map<String, double[]> theirs = theirs();
    assertThat(theirs.keySet()).containsExactlyInAnyOrderElementsOf(ours.keySet());
    theirs.forEach(this::compare);
  }

  private void compare(String name, double[] theirs) {
    double[] own = Optional.ofNullable(ours.get(name)).orElseThrow();
    double distance = distance(own, theirs);
    double critical =
        CRITICAL * Math.sqrt((own.length + theirs.length) / ((double) own.length * theirs.length));
    System.out.printf(
        Locale.ROOT,
        "%-22s mean %9.4f, torchvision's %9.4f; Kolmogorov-Smirnov %.4f of %.4f%n",
        name,
        Arrays.stream(own).average().orElse(0),
        Arrays.stream(theirs).average().orElse(0),
        distance,
        critical);
    assertThat(distance).as(name).isLessThan(critical);
  }

  /** The largest difference of the shares that are at most a value, over all values. */
  static double distance(double[] one, double[] other) {
    double[] a = Arrays.stream(one).sorted().toArray();
    double[] b = Arrays.stream(other).sorted().toArray();
    double most = 0;
    int i = 0;
    int j = 0;
    while (i < a.length && j < b.length) {
      double value = Math.min(a[i], b[j]);
      while (i < a.length && a[i] <= value) {
        i++;
      }
      while (j < b.length && b[j] <= value) {
        j++;
      }
      most = Math.max(most, Math.abs((double) i / a.length - (double) j / b.length));
    }
    return most;
  }

  private void crops() {
    RandomBox boxes = new RandomBox(0.08);
    Box[] drawn =
        IntStream.range(0, DRAWS)
            .mapToObj(i -> boxes.draw(200, 150, RandomStream.of(1, 1, i)))
            .toArray(Box[]::new);
    add("crop_top", drawn, Box::top);
    add("crop_left", drawn, Box::left);
    add("crop_height", drawn, Box::height);
    add("crop_width", drawn, Box::width);
    add("crop_ratio", drawn, box -> (double) box.width() / box.height());
  }

  private void erasings() {
    Box[] drawn =
        IntStream.range(0, DRAWS)
            .mapToObj(i -> RandomErasing.draw(160, 224, RandomStream.of(1, 2, i)))
            .flatMap(Optional::stream)
            .toArray(Box[]::new);
    add("erasing_top", drawn, Box::top);
    add("erasing_left", drawn, Box::left);
    add("erasing_height", drawn, Box::height);
    add("erasing_width", drawn, Box::width);
  }

  private void jitters() {
    ColorJitter.Drawn[] drawn =
        IntStream.range(0, DRAWS)
            .mapToObj(i -> new ColorJitter(0.4, 1.5, 0, 0.1).draw(RandomStream.of(1, 3, i)))
            .toArray(ColorJitter.Drawn[]::new);
    add("jitter_brightness", drawn, ColorJitter.Drawn::brightness);
    add("jitter_contrast", drawn, ColorJitter.Drawn::contrast);
    add("jitter_hue", drawn, ColorJitter.Drawn::hue);
    add("jitter_place_of_hue", drawn, one -> placeOf(ColorJitter.HUE, one.order()));
  }

  private static int placeOf(int operation, int[] order) {
    return IntStream.range(0, order.length).filter(i -> order[i] == operation).sum();
  }

  private void trivial() {
    Choice[] drawn =
        IntStream.range(0, DRAWS)
            .mapToObj(i -> TrivialAugment.draw(RandomStream.of(1, 4, i)))
            .toArray(Choice[]::new);
    add(
        "trivial_operation",
        drawn,
        one -> Arrays.asList(Operation.values()).indexOf(one.operation()));
    magnitudes("ShearX", Operation.SHEAR_X, drawn);
    magnitudes("TranslateY", Operation.TRANSLATE_Y, drawn);
    magnitudes("Rotate", Operation.ROTATE, drawn);
    magnitudes("Sharpness", Operation.SHARPNESS, drawn);
    magnitudes("Posterize", Operation.POSTERIZE, drawn);
    magnitudes("Solarize", Operation.SOLARIZE, drawn);
  }

  private void magnitudes(String name, Operation operation, Choice[] drawn) {
    Choice[] some =
        Stream.of(drawn).filter(one -> one.operation() == operation).toArray(Choice[]::new);
    // As many digits as the script prints, so that equal numbers are equal.
    add("trivial_" + name, some, one -> Double.parseDouble("%.7g".formatted(one.magnitude())));
  }

  private void mixtures() {
    for (double alpha : new double[] {0.2, 1}) {
      Mixture[] drawn = mixtures(new Mixing(alpha, 0), 5);
      add("mixup_" + alpha, drawn, Mixture::share);
    }
    Mixture[] pasted = mixtures(new Mixing(0, 1), 6);
    add("cutmix_share", pasted, Mixture::share);
    add("cutmix_left", pasted, one -> ((Pasted) one).left());
  }

  private static Mixture[] mixtures(Mixing mixing, int seed) {
    return IntStream.range(0, DRAWS)
        .mapToObj(i -> mixing.draw(RandomStream.of(seed, i), 224))
        .toArray(Mixture[]::new);
  }

  private <T> void add(String name, T[] drawn, ToDoubleFunction<T> parameter) {
    ours.put(name, Stream.of(drawn).mapToDouble(parameter).toArray());
  }

  private static Map<String, double[]> theirs() {
    String output = ReferencePython.script("torchvision_distributions.py", Integer.toString(DRAWS));
    Map<String, double[]> theirs = new TreeMap<>();
    output
        .lines()
        .map(line -> line.split(" "))
        .forEach(
            words ->
                theirs.put(
                    words[0], Stream.of(words).skip(1).mapToDouble(Double::parseDouble).toArray()));
    return theirs;
  }
}
