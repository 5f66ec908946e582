package io.transferlearning.pipeline;

import io.transferlearning.training.Optimizer;
import io.transferlearning.training.Recipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The console's line about how everything is trained. */
final class RecipeLine {
  private RecipeLine() {}

  static String of(Recipe recipe) {
    Optimizer optimizer = recipe.optimizer();
    List<String> parts = new ArrayList<>();
    parts.add(
        optimizer.kind().name().toLowerCase(Locale.ROOT)
            + format(" %.1e (head %.1e)", optimizer.bodyRate(), optimizer.headRate()));
    parts.add(recipe.schedule().name().toLowerCase(Locale.ROOT).replace('_', ' '));
    parts.add(
        recipe.accumulation() == 1
            ? "batch " + recipe.batchSize()
            : "batch " + recipe.batchSize() + " x " + recipe.accumulation());
    parts.add(
        recipe.batchNorm() == Recipe.BatchNorm.BATCH
            ? "batch norm trains"
            : "batch norm in evaluation mode");
    if (recipe.regularisation().averaging() > 0) {
      parts.add("ema " + recipe.regularisation().averaging());
    }
    if (recipe.regularisation().startShare() > 0) {
      parts.add("start's share " + recipe.regularisation().startShare());
    }
    if (!recipe.freezing().upTo().isEmpty()) {
      parts.add("frozen up to " + recipe.freezing().upTo());
    }
    if (recipe.freezing().gradual()) {
      parts.add("unfreezing a stage an epoch");
    }
    return String.join(", ", parts);
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
