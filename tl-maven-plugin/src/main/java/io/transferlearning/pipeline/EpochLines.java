package io.transferlearning.pipeline;

import io.transferlearning.evaluation.Epoch;
import io.transferlearning.training.Listener;
import java.util.Locale;

/**
 * Tells how a training goes in lines that a log can keep: every epoch of a few, every tenth of
 * many.
 */
final class EpochLines implements Listener {
  private static final int FEW = 20;

  private final String what;
  private final Progress progress;
  private final long start = System.nanoTime();

  EpochLines(String what, Progress progress) {
    this.what = what;
    this.progress = progress;
  }

  @Override
  public void starting(int number, int most) {
    progress.phase(String.format(Locale.ROOT, "%s, epoch %d of %d", what, number, most));
  }

  @Override
  public void finished(Epoch epoch, int most, boolean best) {
    if (most > FEW && epoch.number() % 10 != 1) {
      return;
    }
    int width = Integer.toString(most).length();
    progress.info(
        String.format(
            Locale.ROOT,
            "epoch %" + width + "d/%d  loss %.3f/%.3f  acc %.1f/%.1f  lr %.1e  %.1f s%s",
            epoch.number(),
            most,
            epoch.trainLoss(),
            epoch.validationLoss(),
            100 * epoch.trainAccuracy(),
            100 * epoch.validationAccuracy(),
            epoch.learningRate(),
            epoch.seconds(),
            best ? "  *best" : ""));
  }

  @Override
  public void features(int done, int all) {
    progress.phase(String.format(Locale.ROOT, "%s, features of image %d of %d", what, done, all));
    if (done == all) {
      double seconds = (System.nanoTime() - start) / 1e9;
      progress.info(
          String.format(
              Locale.ROOT,
              "features %d/%d  %.0f img/s  %.1f s",
              done,
              all,
              done / seconds,
              seconds));
    }
  }
}
