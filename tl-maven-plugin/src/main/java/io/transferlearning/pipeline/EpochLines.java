package io.transferlearning.pipeline;

import io.transferlearning.evaluation.Epoch;
import io.transferlearning.training.Listener;
import io.transferlearning.training.head.HeadListener;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Tells how a training goes: a line for every epoch of a few and every tenth of many, which a log
 * can keep, and where it is in between.
 */
final class EpochLines implements Listener {
  private static final int FEW = 20;

  /** Waits for images that are worth telling, and those that are worth a warning: parts of 1. */
  private static final double NOTABLE_WAIT = 0.02;

  private static final double LONG_WAIT = 0.1;

  /** Between two steps that are told, in nanoseconds: nobody reads faster. */
  private static final long BETWEEN_STEPS = 200_000_000;

  private final String what;
  private final int images;
  private final Progress progress;
  private final LongSupplier clock;
  private Pace features;
  private Pace epochs;
  private Pace epoch;
  private int number;
  private int most;

  /** Images of the first epoch, and epochs, that an earlier build has done. */
  private long imagesBefore;

  private double epochsBefore;
  private boolean goesOn;
  private String best = "";
  private long lastStep;
  private boolean warned;
  private boolean checkpointsFail;
  private int known;

  /**
   * @param what the training's name, for messages
   * @param images in an epoch
   */
  EpochLines(String what, int images, Progress progress) {
    this(what, images, progress, System::nanoTime);
  }

  EpochLines(String what, int images, Progress progress, LongSupplier clock) {
    this.what = what;
    this.images = images;
    this.progress = progress;
    this.clock = clock;
    this.features = new Pace(clock);
    this.epochs = features;
    this.epoch = features;
    this.lastStep = clock.getAsLong();
  }

  @Override
  public void starting(int number, int most) {
    epoch = new Pace(clock);
    if (goesOn) {
      epochs = epoch;
      goesOn = false;
    } else {
      imagesBefore = 0;
      if (number == 1) {
        epochs = epoch;
        epochsBefore = 0;
        best = "";
      }
    }
    this.number = number;
    this.most = most;
    progress.phase(format("%s, epoch %d of %d", what, number, most));
  }

  @Override
  public void step(long done, long all) {
    double passed = number - 1 + (double) done / all;
    String line =
        format(
            "%s  %d/%d  %.0f img/s  ETA %s%s",
            epochLabel(),
            done,
            all,
            epoch.rate((double) done - imagesBefore),
            epochs.timeFor(most - passed, passed - epochsBefore),
            best);
    tell(line, (double) done / all);
  }

  @Override
  public void finished(Epoch done, int most, boolean better) {
    best = better ? best(done) : best;
    warnOfWaiting(done, most);
    if (most > FEW && done.number() % 10 != 1) {
      return;
    }
    String rest = epochs.timeFor(most - done.number(), done.number() - epochsBefore);
    progress.info(
        format(
            "%s  loss %.3f/%.3f  acc %.1f/%.1f  lr %.1e  %.0f img/s  ETA %s%s%s",
            epochLabel(),
            done.trainLoss(),
            done.validationLoss(),
            100 * done.trainAccuracy(),
            100 * done.validationAccuracy(),
            done.learningRate(),
            images / Math.max(done.seconds(), 1e-9),
            rest,
            done.waited() > NOTABLE_WAIT
                ? format("  waited for images %.0f %%", 100 * done.waited())
                : "",
            better ? "  *best" : ""));
  }

  private static String best(Epoch epoch) {
    return format("  best %.1f %% (epoch %d)", 100 * epoch.validationAccuracy(), epoch.number());
  }

  /** Once, and not of a first epoch that others follow: only that one decodes everything. */
  private void warnOfWaiting(Epoch done, int most) {
    if (warned || done.waited() <= LONG_WAIT || (done.number() == 1 && most > 1)) {
      return;
    }
    warned = true;
    progress.warn(
        format(
            "the network waited for images %.0f %% of the time of epoch %d. Decode with more"
                + " threads (-Dtransfer.threads), store the images smaller, or on a faster disk",
            100 * done.waited(), done.number()));
  }

  @Override
  public void solved(HeadListener.Solved head) {
    progress.phase(format("%s, head", what));
    progress.info(
        format(
            "head  L2 penalty %.0e  %d iterations  loss %.3f/%.3f  acc %.1f/%.1f",
            head.penalty(),
            head.iterations(),
            head.trainLoss(),
            head.validationLoss(),
            100 * head.trainAccuracy(),
            100 * head.validationAccuracy()));
  }

  @Override
  public void outOfTime(int epoch, double minutes) {
    progress.info(
        format(
            "stopped after epoch %d: the %s minutes of transfer.maxMinutes are over",
            epoch, minutes));
  }

  @Override
  public void resumed(int epoch, long seen, Optional<Epoch> best) {
    goesOn = true;
    imagesBefore = seen;
    epochsBefore = epoch - 1 + (double) seen / images;
    this.best = best.map(EpochLines::best).orElse("");
    progress.info(
        format(
            "%s: goes on %s epoch %d, where an earlier build was cut off",
            what, seen > 0 ? "in the middle of" : "with", epoch));
  }

  @Override
  public void noCheckpoint(String why) {
    if (!checkpointsFail) {
      progress.warn(
          "no checkpoint could be written: "
              + why.lines().findFirst().orElse("")
              + ". The training goes on; cut off, it would start again. Earlier results are as they were: make room"
              + " on the disk of transfer.outputDirectory");
      checkpointsFail = true;
    }
  }

  @Override
  public void halved(int batchSize, int accumulation) {
    progress.warn(
        format(
            "memory does not suffice for a batch of %d images: it is computed in two halves from now on, one step for"
                + " both. To save the time this takes, set -Dtransfer.batchSize=%d -Dtransfer.accumulation=%d",
            batchSize, Math.max(1, batchSize / 2), 2 * accumulation));
  }

  @Override
  public void found(int known, int all) {
    this.known = known;
    this.features = new Pace(clock);
  }

  @Override
  public void features(int done, int all) {
    progress.phase(format("%s, features of image %d of %d", what, done, all));
    double rate = features.rate((double) done - known);
    if (done == all) {
      progress.info(
          format(
              "features %d/%d%s%s  %.1f s",
              done,
              all,
              fromCache(all),
              known == all ? "" : format("  %.0f img/s", rate),
              features.seconds()));
    } else {
      String rest = features.timeFor(all - done, (double) done - known);
      tell(
          format("features %d/%d  %.0f img/s  ETA %s", done, all, rate, rest), (double) done / all);
    }
  }

  private String fromCache(int all) {
    return known == 0 ? "" : format("  cache %d hit, %d new", known, all - known);
  }

  private String epochLabel() {
    int width = Integer.toString(most).length();
    return format("epoch %" + width + "d/%d", number, most);
  }

  private void tell(String line, double fraction) {
    long now = clock.getAsLong();
    if (now - lastStep >= BETWEEN_STEPS) {
      lastStep = now;
      progress.step(line, fraction);
    }
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
