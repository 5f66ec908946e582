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
  private static final int KILLS_BEFORE_LEFT_ALONE = 5;

  private final Path folder;
  private final Trainings trainings;
  private final Random random = new Random(20);
  private int resumed;

  KilledTrainingTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    this.trainings = new Trainings(folder);
    SmallDataset.write(trainings.images());
  }

  @Test
  void threeKills() throws Exception {
    requireSameBytes(3);
  }

  @Test
  @Tag("sweep")
  void fiftyKills() throws Exception {
    requireSameBytes(50);
  }

  private void requireSameBytes(int kills) throws Exception {
    TrainRequest request = trainings.fineTuning();
    TrainerProcess.train(trainings.launch(), request, new Heard());
    Map<String, String> expected = contents();
    assertThat(trainings.output().resolve(".checkpoint")).doesNotExist();

    int killed = 0;
    for (int left = kills; left > 0; ) {
      Files.delete(trainings.archive());
      // A few in one training, or it would hardly ever come to its end.
      int now = Math.min(left, KILLS_BEFORE_LEFT_ALONE);
      left -= now;
      for (int kill = 0; kill < now; kill++) {
        killed += killedInAnEpoch(request) ? 1 : 0;
      }
      Heard heard = new Heard();
      TrainerProcess.train(trainings.launch(), request, heard);
      resumed += heard.lines.stream().anyMatch(line -> line.contains("goes on")) ? 1 : 0;

      assertThat(contents()).as(String.join("\n", heard.lines)).isEqualTo(expected);
      assertThat(trainings.output().resolve(".checkpoint")).doesNotExist();
    }
    System.out.printf("%d of %d trainings killed, %d went on%n", killed, kills, resumed);
    assertThat(killed).isPositive();
    assertThat(resumed).isPositive();
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
   * Kills a training a moment after it has begun an epoch, both by chance; a fast one may have
   * ended before.
   */
  private boolean killedInAnEpoch(TrainRequest request) throws Exception {
    int epoch = 1 + random.nextInt(EPOCHS);
    int moment = random.nextInt(150);
    Heard heard =
        new Heard(
            "finetune, epoch " + epoch + " of",
            () -> {
              try {
                TimeUnit.MILLISECONDS.sleep(moment);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              trainers().forEach(ProcessHandle::destroyForcibly);
            });
    try {
      TrainerProcess.train(trainings.launch(), request, heard);
      return false;
    } catch (Problem killed) {
      assertThat(killed.what()).contains("was killed (exit status 137, signal 9)");
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
