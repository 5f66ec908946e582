package io.transferlearning.data.audit;

import io.transferlearning.data.Dataset;
import io.transferlearning.data.LabeledImage;
import io.transferlearning.data.audit.Examined.Split;
import io.transferlearning.data.image.ImageDecoder;
import io.transferlearning.data.image.ImageIntegrity;
import io.transferlearning.problem.DataProblems;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Reads every image of a dataset once, and decodes those whose content is not known yet. */
final class Examination {
  private final List<LabeledImage> images = new ArrayList<>();
  private final List<Split> splits = new ArrayList<>();
  private final Map<Digest, ImageFacts> known;
  private final AuditListener listener;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger done = new AtomicInteger();
  private final ImageFacts[] facts;

  private Examination(Dataset dataset, Map<Digest, ImageFacts> known, AuditListener listener) {
    add(dataset.train(), Split.TRAIN);
    add(dataset.validation(), Split.VALIDATION);
    add(dataset.test(), Split.TEST);
    this.known = known;
    this.listener = listener;
    this.facts = new ImageFacts[images.size()];
  }

  private void add(List<LabeledImage> ofSplit, Split split) {
    images.addAll(ofSplit);
    ofSplit.forEach(image -> splits.add(split));
  }

  /** All images in the order of the dataset: training, validation, test. */
  static List<Examined> of(
      Dataset dataset, Map<Digest, ImageFacts> known, int threads, AuditListener listener) {
    Examination examination = new Examination(dataset, known, listener);
    examination.run(threads);
    return examination.results();
  }

  /** A task a thread, each taking the next image as long as there is one: nothing piles up. */
  private void run(int threads) {
    ExecutorService workers = Executors.newFixedThreadPool(threads, Examination::worker);
    try {
      CompletableFuture<?>[] tasks =
          IntStream.range(0, threads)
              .mapToObj(i -> CompletableFuture.runAsync(this::work, workers))
              .toArray(CompletableFuture<?>[]::new);
      CompletableFuture.allOf(tasks).join();
    } finally {
      workers.shutdownNow();
    }
  }

  private static Thread worker(Runnable task) {
    Thread thread = new Thread(task, "image audit");
    thread.setDaemon(true);
    return thread;
  }

  private void work() {
    for (int i = next.getAndIncrement(); i < facts.length; i = next.getAndIncrement()) {
      facts[i] = examine(images.get(i));
      listener.examined(done.incrementAndGet(), facts.length);
    }
  }

  private ImageFacts examine(LabeledImage image) {
    byte[] file;
    try {
      file = ImageDecoder.read(image.file());
    } catch (IOException e) {
      return ImageFacts.unreadable(DataProblems.reason(e));
    }
    Digest content = Digest.of(file);
    ImageFacts before = known.get(content);
    if (before != null) {
      return before;
    }
    ImageIntegrity.Checked checked = ImageIntegrity.check(file);
    if (checked.pixels() == null) {
      return new ImageFacts(content, Digest.NONE, 0, 0, checked.damage());
    }
    listener.decoded(image, checked.pixels());
    return new ImageFacts(
        content,
        Digest.of(checked.pixels()),
        checked.pixels().width(),
        checked.pixels().height(),
        checked.damage());
  }

  private List<Examined> results() {
    Examined[] results = new Examined[facts.length];
    Arrays.setAll(results, i -> new Examined(images.get(i), splits.get(i), facts[i]));
    return Arrays.asList(results);
  }
}
