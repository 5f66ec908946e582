package io.transferlearning.training;

import io.transferlearning.data.LabeledImage;
import io.transferlearning.data.loader.Batch;
import io.transferlearning.data.loader.BatchLoader;
import io.transferlearning.data.loader.ImageCache;
import io.transferlearning.data.loader.LoaderSpec;
import io.transferlearning.data.transform.EvaluationTransform;
import io.transferlearning.data.transform.ImageTransform;
import io.transferlearning.training.features.FeatureCache;
import io.transferlearning.training.features.ImageKeys;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Fills stores with the features of images: from the cache what is there, by the trunk what is not.
 *
 * <p>The trunk always sees a full batch, the last one filled up with black images: how libtorch
 * orders its sums can depend on a batch's size, and an image's features must not depend on how many
 * others were new with it.
 */
final class FrozenFeatures {
  /** Images whose features are computed in one call; bounds memory. */
  private static final int BATCH = 32;

  private final TrainingTask task;
  private final FeatureCache cache;
  private final Supplier<TrainableModule> trunk;

  /** An image whose features are wanted in a row of a store. */
  @SuppressWarnings("ArrayRecordComponent") // Never leaves this class.
  private record Wanted(
      LabeledImage image, boolean flipped, byte[] key, FeatureStore store, int row) {}

  /**
   * @param trunk is asked for where at least one image is new
   */
  FrozenFeatures(TrainingTask task, FeatureCache cache, Supplier<TrainableModule> trunk) {
    this.task = task;
    this.cache = cache;
    this.trunk = trunk;
  }

  /**
   * Fills both stores.
   *
   * @param train has a row for each training image, and where it has twice as many, then one for
   *     each mirror image
   */
  void fill(FeatureStore train, FeatureStore validation) throws IOException {
    List<Wanted> missing = new ArrayList<>();
    List<LabeledImage> images = task.dataset().train();
    byte[][] keys = ImageKeys.of(images);
    find(images, keys, false, train, missing);
    if (train.size() > images.size()) {
      find(images, keys, true, train, missing);
    }
    List<LabeledImage> others = task.dataset().validation();
    find(others, ImageKeys.of(others), false, validation, missing);
    int all = train.size() + validation.size();
    task.listener().found(all - missing.size(), all);
    if (missing.isEmpty()) {
      task.listener().features(all, all);
    } else {
      compute(missing, all);
    }
  }

  private void find(
      List<LabeledImage> images,
      byte[][] keys,
      boolean flipped,
      FeatureStore store,
      List<Wanted> missing)
      throws IOException {
    ByteBuffer scratch = store.buffer(1);
    for (int i = 0; i < keys.length; i++) {
      byte[] key = flipped ? ImageKeys.flipped(keys[i]) : keys[i];
      int row = flipped ? keys.length + i : i;
      Optional<byte[]> known = cache.get(key);
      if (known.isEmpty() || !store.putCode(row, known.get(), scratch)) {
        missing.add(new Wanted(images.get(i), flipped, key, store, row));
      }
    }
  }

  private void compute(List<Wanted> missing, int all) throws IOException {
    EvaluationTransform plain = new EvaluationTransform(task.preprocessing());
    int done = all - missing.size();
    done = compute(missing.stream().filter(one -> !one.flipped()).toList(), plain, done, all);
    compute(missing.stream().filter(Wanted::flipped).toList(), plain.flipped(), done, all);
  }

  /** How many are known afterwards. */
  private int compute(List<Wanted> missing, ImageTransform transform, int known, int all)
      throws IOException {
    List<LabeledImage> images = missing.stream().map(Wanted::image).toList();
    LoaderSpec spec = LoaderSpec.evaluation(BATCH, task.threads());
    ByteBuffer full =
        ByteBuffer.allocateDirect(BATCH * transform.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    int done = known;
    try (BatchLoader loader = new BatchLoader(images, transform, ImageCache.none(), spec);
        Behind writer = new Behind("features' writer")) {
      for (Iterator<Batch> batches = loader.epoch(0); batches.hasNext(); ) {
        Batch batch = batches.next();
        ByteBuffer pixels =
            batch.size() == BATCH
                ? batch.pixels()
                : full.put(0, batch.pixels(), 0, batch.pixels().limit());
        ByteBuffer rows = trunk.get().features(pixels, BATCH, transform.size());
        List<Wanted> computed = Arrays.stream(batch.indices()).mapToObj(missing::get).toList();
        writer.take(() -> keep(computed, rows));
        if (!batches.hasNext()) {
          writer.await();
        }
        done += batch.size();
        task.listener().features(done, all);
      }
    }
    return done;
  }

  /** Encoding takes one thread, in which the trunk would leave the others idle. */
  private void keep(List<Wanted> computed, ByteBuffer rows) throws IOException {
    for (int i = 0; i < computed.size(); i++) {
      Wanted one = computed.get(i);
      cache.put(one.key(), one.store().put(one.row(), rows, i));
    }
  }
}
