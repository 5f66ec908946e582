package io.transferlearning.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.transferlearning.evaluation.Epoch;
import io.transferlearning.weights.Tensor;
import io.transferlearning.weights.format.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFolderTest {
  private static final Epoch EPOCH = new Epoch(1, 0.5, Double.NaN, 0.25, 0.125, 1e-4, 2, 0.5);

  private final Path folder;

  CheckpointFolderTest(@TempDir Path parent) {
    folder = parent.resolve("checkpoint");
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    Checkpoint checkpoint = checkpoint(7, 1);
    CheckpointFolder.of(folder, "inputs", "machine").write(checkpoint);

    CheckpointFolder later = CheckpointFolder.of(folder, "inputs", "machine");

    assertThat(later.present()).isTrue();
    assertThat(later.read()).contains(checkpoint);
  }

  @Test
  void aCheckpointOfOtherInputsIsNone() throws IOException {
    CheckpointFolder.of(folder, "inputs", "machine").write(checkpoint(7, 0));

    assertThat(CheckpointFolder.of(folder, "other inputs", "machine").read()).isEmpty();
  }

  @Test
  void anotherMachineIsToldAndItsCheckpointIsOne() throws IOException {
    CheckpointFolder.of(folder, "inputs", "machine").write(checkpoint(7, 1));
    CheckpointFolder here = CheckpointFolder.of(folder, "inputs", "another machine");

    assertThat(CheckpointFolder.of(folder, "inputs", "machine").otherMachine()).isEmpty();
    assertThat(CheckpointFolder.of(folder, "others", "another machine").otherMachine()).isEmpty();
    assertThat(here.otherMachine()).contains("machine");
    assertThat(here.read()).contains(checkpoint(7, 1));
    here.write(checkpoint(9, 1));
    assertThat(here.otherMachine()).isEmpty();
  }

  /** As on Windows, where a training that goes on has the file mapped that it goes on from. */
  @Test
  void noFileIsReplaced() throws IOException {
    CheckpointFolder checkpoints =
        CheckpointFolder.of(
            folder,
            "inputs",
            "machine",
            (file, state) -> {
              assertThat(file).doesNotExist();
              Safetensors.write(file, state);
            },
            Duration.ZERO);

    for (int step = 1; step < 5; step++) {
      checkpoints.write(checkpoint(step, 1 + step / 2));
      assertThat(checkpoints.read()).contains(checkpoint(step, 1 + step / 2));
    }
  }

  @Test
  void ofTwoStatesTheLastOneThatIsWholeCounts() throws IOException {
    CheckpointFolder checkpoints = CheckpointFolder.of(folder, "inputs", "machine");
    checkpoints.write(checkpoint(7, 1));
    byte[] before = Files.readAllBytes(folder.resolve("state-1.safetensors"));
    checkpoints.write(checkpoint(9, 1));
    Files.write(folder.resolve("state-1.safetensors"), before);

    assertThat(checkpoints.read()).contains(checkpoint(9, 1));
    Files.writeString(folder.resolve("state-2.safetensors"), "text");
    assertThat(checkpoints.read()).contains(checkpoint(7, 1));
  }

  @Test
  void onlyTheLastOneIsKept() throws IOException {
    CheckpointFolder checkpoints = CheckpointFolder.of(folder, "inputs", "machine");
    checkpoints.write(checkpoint(7, 1));
    checkpoints.write(checkpoint(9, 2));

    assertThat(checkpoints.read()).contains(checkpoint(9, 2));
    assertThat(files()).containsExactlyInAnyOrder("state-2.safetensors", "best-2.safetensors");
  }

  @Test
  void aDamagedOneIsNone() throws IOException {
    CheckpointFolder checkpoints = CheckpointFolder.of(folder, "inputs", "machine");
    checkpoints.write(checkpoint(7, 1));
    Files.write(folder.resolve("best-1.safetensors"), new byte[] {1, 2, 3});
    assertThat(checkpoints.read()).isEmpty();
    Files.writeString(folder.resolve("state-1.safetensors"), "text");
    assertThat(checkpoints.read()).isEmpty();
  }

  @Test
  void aFullDiskLeavesTheOneBefore() throws IOException {
    CheckpointFolder.of(folder, "inputs", "machine").write(checkpoint(7, 1));
    CheckpointFolder full =
        CheckpointFolder.of(
            folder,
            "inputs",
            "machine",
            (file, state) -> {
              throw new IOException("No space left on device");
            },
            Duration.ZERO);

    assertThatThrownBy(() -> full.write(checkpoint(9, 2))).hasMessage("No space left on device");

    assertThat(CheckpointFolder.of(folder, "inputs", "machine").read()).contains(checkpoint(7, 1));
  }

  @Test
  void aDiskThatRunsFullBetweenTheFilesLeavesTheOneBefore() throws IOException {
    CheckpointFolder.of(folder, "inputs", "machine").write(checkpoint(7, 1));
    CheckpointFolder full =
        CheckpointFolder.of(
            folder,
            "inputs",
            "machine",
            (file, state) -> {
              if (file.endsWith("state-2.safetensors")) {
                throw new IOException("No space left on device");
              }
              Safetensors.write(file, state);
            },
            Duration.ZERO);

    assertThatThrownBy(() -> full.write(checkpoint(9, 2))).isInstanceOf(IOException.class);

    assertThat(CheckpointFolder.of(folder, "inputs", "machine").read()).contains(checkpoint(7, 1));
  }

  @Test
  void clearingLeavesNothing() throws IOException {
    CheckpointFolder checkpoints = CheckpointFolder.of(folder, "inputs", "machine");
    checkpoints.write(checkpoint(7, 1));

    checkpoints.clear();
    checkpoints.clear();

    assertThat(folder).doesNotExist();
    assertThat(checkpoints.present()).isFalse();
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static Checkpoint checkpoint(long step, int best) {
    Place place = new Place(3, 4, new Totals(0.1, 5, 6), 0.25);
    Tensor weight = Tensor.of(new float[] {step, 2}, 2);
    Checkpoint.Facts facts = new Checkpoint.Facts(place, step, List.of(EPOCH), best, 1, 2);
    Snapshot snapshot =
        new Snapshot(
            Map.of("weight", weight, "steps", Tensor.scalar(step)),
            List.of(Tensor.of(new float[] {3}, 1), Tensor.of(new float[] {4})),
            2);
    return new Checkpoint(
        facts, snapshot, best == 0 ? Map.of() : Map.of("weight", Tensor.of(new float[] {best}, 1)));
  }
}
