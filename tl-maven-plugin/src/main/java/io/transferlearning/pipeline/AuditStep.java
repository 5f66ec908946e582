package io.transferlearning.pipeline;

import io.transferlearning.data.Dataset;
import io.transferlearning.data.audit.AuditListener;
import io.transferlearning.data.audit.AuditPlan;
import io.transferlearning.data.audit.DataAudit;
import io.transferlearning.data.audit.Finding;
import io.transferlearning.data.audit.Kind;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** Looks at the images before anything is learnt from them, and tells what it found. */
final class AuditStep {
  /** Examples on a line of the console; the report has more. */
  private static final int SHOWN = 2;

  private static final long NANOS_BETWEEN_STEPS = 200_000_000;

  private AuditStep() {}

  /**
   * Audits.
   *
   * @return what was found, and the images that can be used
   * @throws io.transferlearning.problem.Problem for what should fail
   */
  static DataAudit run(TrainRequest request, Dataset dataset, Progress progress) {
    AuditPlan plan =
        new AuditPlan(
            request.audit(),
            request.imageSize(),
            request.processor().threads(),
            request.cache().resolve("images"));
    progress.phase("auditing the images");
    long start = System.nanoTime();
    DataAudit audit = DataAudit.of(dataset, plan, listener(progress));
    for (Finding finding : audit.warnings()) {
      String line = "audit   " + finding.line(SHOWN);
      if (finding.kind() == Kind.OTHER_FILES && !audit.passedOverPictures()) {
        // Notes and credits are no mistake; photos that are not read are.
        progress.info(line);
      } else {
        progress.warn(line);
      }
    }
    audit.requireNoFailures(FailureList.write(request.output(), audit.failures()));
    progress.info(
        String.format(
            Locale.ROOT,
            "audit   %d images in %.1f s, %s",
            size(dataset),
            (System.nanoTime() - start) / 1e9,
            audit.findings().isEmpty() ? "nothing found" : "see above"));
    return audit;
  }

  private static AuditListener listener(Progress progress) {
    Pace pace = new Pace(System::nanoTime);
    AtomicLong told = new AtomicLong(System.nanoTime());
    return new AuditListener() {
      @Override
      public void examined(int done, int all) {
        long now = System.nanoTime();
        long before = told.get();
        if (now - before > NANOS_BETWEEN_STEPS && told.compareAndSet(before, now)) {
          progress.step(
              String.format(
                  Locale.ROOT,
                  "audit   %d of %d images, %.0f a second, %s left",
                  done,
                  all,
                  pace.rate(done),
                  pace.timeFor(all - done, done)),
              (double) done / all);
        }
      }
    };
  }

  private static int size(Dataset dataset) {
    return dataset.train().size() + dataset.validation().size() + dataset.test().size();
  }
}
