package io.transferlearning.fork;

import static org.assertj.core.api.Assertions.assertThat;

import io.transferlearning.pipeline.TrainRequest;
import io.transferlearning.problem.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Fine-tuning that is killed by signal 9 at random points, and started again each time, packages
 * the same bytes as one that is left alone.
 */
@DisabledOnOs(OS.WINDOWS)
class KilledTrainingTest {
  private static final int EPOCHS = 4;

  /**
   * Up to so long after an epoch has begun, in milliseconds: longer than it takes, so that what
   * follows the last one is met too.
   */
  private static final int MOMENTS = 300;

  /** A few kills in one training, or it would hardly ever come to its end. */
  private static final int MOST_KILLS = 5;

  private final Path folder;
  private final Trainings trainings;
  private final Random random = new Random(Integer.getInteger("transfer.killSeed", 20));
  private int started;
  private int killed;
  private int resumed;
  private int finished;

  KilledTrainingTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    this.trainings = new Trainings(folder);
    SmallDataset.write(trainings.images());
  }

  @Test
  void threeKills() throws Exception {
    requireSameBytes(3);
  }

  /**
   * {@code -Dtransfer.kills} and {@code -Dtransfer.killSeed} divide the sweep, or make it longer.
   */
  @Test
  @Tag("sweep")
  void fiftyKills() throws Exception {
    requireSameBytes(Integer.getInteger("transfer.kills", 50));
  }

  /** Until so many trainings have really been killed, and the last one has come to its end. */
  private void requireSameBytes(int kills) throws Exception {
    TrainRequest request = trainings.fineTuning();
    TrainerProcess.train(trainings.launch(), request, new Heard());
    Map<String, String> expected = contents();
    assertThat(checkpoint()).doesNotExist();

    while (killed < kills) {
      Files.delete(trainings.archive());
      int most = Math.min(kills, killed + MOST_KILLS);
      while (killed < most && endsByKill(request)) {
        killed++;
      }
      if (!Files.exists(trainings.archive())) {
        assertThat(endsByKill(request, new Heard())).isFalse();
      }
      finished++;
      assertThat(contents()).isEqualTo(expected);
      assertThat(checkpoint()).doesNotExist();
    }
    System.out.printf(
        "%d trainings started, %d killed, %d went on from a checkpoint, %d ended with the same bytes%n",
        started, killed, resumed, finished);
    assertThat(killed).isEqualTo(kills);
    assertThat(resumed).isPositive();
  }

  private Path checkpoint() {
    return trainings.output().resolve(".checkpoint");
  }

  /** The packaged files by name: what is text as it is, of the others the SHA-256. */
  private Map<String, String> contents() throws Exception {
    Map<String, String> contents = new TreeMap<>();
    try (ZipFile zip = new ZipFile(trainings.archive().toFile())) {
      for (ZipEntry entry : java.util.Collections.list(zip.entries())) {
        byte[] bytes = zip.getInputStream(entry).readAllBytes();
        boolean text = entry.getName().endsWith(".json");
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
        contents.put(
            entry.getName(),
            text ? new String(bytes, StandardCharsets.UTF_8) : HexFormat.of().formatHex(digest));
      }
    }
    return contents;
  }

  /**
   * Kills a training in its first, second ... epoch, or while the head trains, and a moment later,
   * all by chance, if it comes there.
   */
  private boolean endsByKill(TrainRequest request) throws Exception {
    int epoch = random.nextInt(EPOCHS + 1);
    int moment = random.nextInt(MOMENTS);
    return endsByKill(
        request,
        new Heard(
            epoch == 0 ? "finetune, features" : "finetune, epoch",
            Math.max(1, epoch),
            () -> {
              LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(moment));
              trainers().forEach(ProcessHandle::destroyForcibly);
            }));
  }

  private boolean endsByKill(TrainRequest request, Heard heard) throws Exception {
    started++;
    try {
      TrainerProcess.train(trainings.launch(), request, heard);
      return false;
    } catch (Problem problem) {
      assertThat(problem.what()).contains("was killed (exit status 137, signal 9)");
      return true;
    } finally {
      resumed += heard.lines.stream().anyMatch(line -> line.contains("goes on")) ? 1 : 0;
    }
  }

  private java.util.List<ProcessHandle> trainers() {
    String arguments = folder.resolve("transfer/.trainer/trainer.args").toString();
    return ProcessHandle.current()
        .descendants()
        .filter(process -> process.info().commandLine().orElse("").contains(arguments))
        .toList();
  }
}
