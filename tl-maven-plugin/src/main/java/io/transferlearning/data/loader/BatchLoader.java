package io.transferlearning.data.loader;

import io.transferlearning.data.LabeledImage;
import io.transferlearning.data.Preprocessing;
import io.transferlearning.data.RandomStream;
import io.transferlearning.data.Sampling;
import io.transferlearning.data.image.ImageDecoder;
import io.transferlearning.data.image.Pixels;
import io.transferlearning.data.image.Resampler;
import io.transferlearning.data.transform.ImageTransform;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes batches of a list of images on threads of its own, a few batches ahead of their use. Lives
 * for many epochs, with the same threads and the same buffers. The batches depend on the list, the
 * seed and the epoch, and not on threads or timing. For one consuming thread.
 */
public final class BatchLoader implements AutoCloseable {
  private static final long CLOSE_SECONDS = 10;
  private static final AtomicInteger THREADS = new AtomicInteger();

  private final List<LabeledImage> images;
  private final ImageTransform transform;
  private final ImageCache cache;
  private final LoaderSpec spec;
  private final ExecutorService workers;
  private final Resampler shrinking = new Resampler(Preprocessing.Interpolation.BILINEAR);

  /** Memory of batches that are neither in the making nor in use. */
  private final Deque<ByteBuffer> free = new ArrayDeque<>();

  private @Nullable Epoch current;
  private @Nullable Epoch prepared;
  private long waitedNanos;

  /**
   * Starts the threads; nothing is decoded before {@link #epoch}.
   *
   * @param images what is loaded
   * @param transform what each image goes through
   * @param cache of this list of images, and of this loader alone: it keeps what the transform
   *     begins with, or ends with where nothing about it is random. The loader does not close it
   * @param spec how
   */
  public BatchLoader(
      List<LabeledImage> images, ImageTransform transform, ImageCache cache, LoaderSpec spec) {
    this.images = List.copyOf(images);
    this.transform = transform;
    this.cache = cache;
    this.spec = spec;
    this.workers = Executors.newFixedThreadPool(spec.threads(), BatchLoader::worker);
  }

  private static Thread worker(Runnable task) {
    Thread thread = new Thread(task, "image loader " + THREADS.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }

  /** The number of batches in an epoch. */
  public int batches() {
    return Math.toIntExact((images.size() - 1L + spec.batchSize()) / spec.batchSize());
  }

  /**
   * Starts an epoch, and ends the one before where it was not read to its end. A batch is valid
   * until the next one is asked for. {@code next()} throws what a thread threw while decoding, in
   * general a {@link io.transferlearning.problem.Problem}.
   *
   * @param epoch its number; chooses the order and the random crops
   */
  public Iterator<Batch> epoch(int epoch) {
    return epoch(epoch, 0);
  }

  /**
   * As {@link #epoch(int)}, without the first batches.
   *
   * @param first number of the batch that it begins with, from 0
   */
  public Iterator<Batch> epoch(int epoch, int first) {
    requireOpen();
    if (current != null) {
      current.abandon();
    }
    current = prepared(epoch, first);
    return current;
  }

  /**
   * Starts on the first batches of an epoch that {@link #epoch} will soon be called for, so that
   * nobody has to wait for them then. What is prepared and not asked for is lost work, no more.
   */
  public void prepare(int epoch) {
    requireOpen();
    Epoch known = prepared;
    if (known == null || known.number != epoch) {
      prepared = prepared(epoch, 0);
    }
  }

  /** The prepared epoch, if it is the one of this number and beginning, or a new one. */
  private Epoch prepared(int number, int first) {
    Epoch known = prepared;
    prepared = null;
    boolean wanted = known != null && known.number == number && known.first == first;
    if (known != null && wanted) {
      return known;
    }
    if (known != null) {
      known.abandon();
    }
    return new Epoch(number, first);
  }

  private void requireOpen() {
    if (workers.isShutdown()) {
      throw new IllegalStateException("the loader is closed");
    }
  }

  /** How long the consumer has waited for batches since the loader was made, in nanoseconds. */
  public long waitedNanos() {
    return waitedNanos;
  }

  /** Stops the threads and forgets what they made; the last batch is no longer valid. */
  @Override
  public void close() {
    workers.shutdownNow();
    try {
      if (!workers.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("a thread that decodes images does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    free.clear();
  }

  /** What the cache keeps: a decoded image, or a finished one where it always ends the same. */
  private Pixels made(int index) {
    Pixels image = decode(index);
    if (transform.isRandom()) {
      return image;
    }
    byte[] rgb = new byte[transform.bytes()];
    transform.apply(image, RandomStream.of(spec.seed()), ByteBuffer.wrap(rgb), 0);
    return new Pixels(transform.size(), transform.size(), rgb);
  }

  private Pixels decode(int index) {
    Pixels image = ImageDecoder.decode(images.get(index).file());
    int shorter = image.shorterSide();
    if (spec.shrinkTo() == 0 || shorter <= spec.shrinkTo()) {
      return image;
    }
    double scale = (double) spec.shrinkTo() / shorter;
    return shrinking.resize(
        image, (int) Math.round(image.width() * scale), (int) Math.round(image.height() * scale));
  }

  /** No batch has more images than there are. */
  private int largestBatch() {
    return Math.min(spec.batchSize(), images.size());
  }

  private ByteBuffer buffer() {
    ByteBuffer known = free.poll();
    return known != null
        ? known
        : ByteBuffer.allocateDirect(Math.multiplyExact(largestBatch(), transform.bytes()))
            .order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Waits for every task, so that none writes after this; the first failure, or null. */
  private static @Nullable RuntimeException await(Pending batch) {
    RuntimeException failure = null;
    for (Future<?> task : batch.tasks()) {
      try {
        task.get();
      } catch (ExecutionException e) {
        failure = failure == null ? unchecked(e) : failure;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while waiting for images", e);
      }
    }
    return failure;
  }

  private static RuntimeException unchecked(ExecutionException failure) {
    Throwable cause = failure.getCause();
    return cause instanceof RuntimeException known
        ? known
        : new IllegalStateException("an image could not be loaded: " + cause, cause);
  }

  /** A batch in the making, with the tasks that make it. */
  private record Pending(ByteBuffer memory, Batch batch, List<Future<?>> tasks) {}

  /** One pass over the images. All of its state belongs to the consuming thread. */
  private final class Epoch implements Iterator<Batch> {
    private final int number;
    private final int first;
    private final int[] order;

    /** How often an image has been scheduled before: sampling may repeat some. */
    private final int[] visits = new int[images.size()];

    private final Deque<Pending> pending = new ArrayDeque<>();
    private @Nullable ByteBuffer inUse;
    private int scheduled;

    /** Read by the threads: what is still to be decoded is not wanted. */
    private volatile boolean abandoned;

    Epoch(int number, int first) {
      this.number = number;
      this.first = first;
      this.order = order();
      this.scheduled = (int) Math.min(order.length, (long) first * spec.batchSize());
      for (int i = 0; i < scheduled; i++) {
        visits[order[i]]++;
      }
      schedule();
    }

    private int[] order() {
      Sampling sampling = spec.sampling();
      if (sampling == null) {
        return IntStream.range(0, images.size()).toArray();
      }
      int[] labels = images.stream().mapToInt(LabeledImage::label).toArray();
      return sampling.order(labels, spec.seed(), number);
    }

    @Override
    public boolean hasNext() {
      return !pending.isEmpty();
    }

    @Override
    public Batch next() {
      // Tasks that closing took out of the queue never end: waiting for them would hang.
      requireOpen();
      if (!hasNext()) {
        throw new NoSuchElementException("the epoch has no further batches");
      }
      recycle();
      Pending head = pending.remove();
      inUse = head.memory();
      schedule();
      long start = System.nanoTime();
      RuntimeException failure = await(head);
      waitedNanos += System.nanoTime() - start;
      if (failure != null) {
        throw failure;
      }
      return head.batch();
    }

    /** Ends it early: no task of it may write to memory that is used again. */
    void abandon() {
      abandoned = true;
      for (Pending each : pending) {
        await(each);
        free.add(each.memory());
      }
      pending.clear();
      recycle();
    }

    private void recycle() {
      if (inUse != null) {
        free.add(inUse);
        inUse = null;
      }
    }

    private void schedule() {
      while (pending.size() < spec.prefetch() && scheduled < order.length) {
        int size = Math.min(spec.batchSize(), order.length - scheduled);
        pending.add(start(Arrays.copyOfRange(order, scheduled, scheduled + size)));
        scheduled += size;
      }
    }

    /** What a thread does. */
    private void load(int index, int visit, ByteBuffer target, int offset) {
      if (abandoned) {
        return;
      }
      Pixels image = cache.get(index, () -> made(index));
      if (transform.isRandom()) {
        transform.apply(image, stream(index, visit), target, offset);
      } else {
        target.put(offset, image.rgb());
      }
    }

    /** An image that comes again in an epoch comes in another way. */
    private RandomStream stream(int index, int visit) {
      return visit == 0
          ? RandomStream.of(spec.seed(), number, index)
          : RandomStream.of(spec.seed(), number, index, visit, 0);
    }

    private Pending start(int[] indices) {
      ByteBuffer memory = buffer();
      long[] labels = new long[indices.length];
      List<Future<?>> tasks = new ArrayList<>(indices.length);
      for (int i = 0; i < indices.length; i++) {
        int index = indices[i];
        int offset = i * transform.bytes();
        labels[i] = images.get(index).label();
        int visit = visits[index]++;
        tasks.add(workers.submit(() -> load(index, visit, memory, offset)));
      }
      ByteBuffer pixels =
          memory.slice(0, indices.length * transform.bytes()).order(ByteOrder.LITTLE_ENDIAN);
      return new Pending(memory, new Batch(pixels, labels, indices, indices.length), tasks);
    }
  }
}
