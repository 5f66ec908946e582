package io.transferlearning.training;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import io.transferlearning.problem.Problem;
import io.transferlearning.weights.StateDict;
import io.transferlearning.weights.Tensor;
import io.transferlearning.weights.format.Safetensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder with the last checkpoint of a training: {@code state-N.safetensors}, which is complete
 * in itself but for the best weights, in a file of their own that it names, because they seldom
 * change. Each file is written under another name and moved: there is always one whole checkpoint,
 * or none. States are numbered because a training that goes on has its own mapped, and Windows
 * replaces no file that is.
 */
public final class CheckpointFolder {
  private static final Gson JSON = new GsonBuilder().serializeSpecialFloatingPointValues().create();
  private static final Duration BETWEEN = Duration.ofMinutes(10);
  private static final Pattern STATE = Pattern.compile("state-(\\d{1,9})\\.safetensors");
  private static final String BEST = "best-";
  private static final String EXTENSION = ".safetensors";
  private static final String WEIGHT = "weights/";
  private static final String MEMORY = "memory/";
  private static final String FACTS = "facts";
  private static final String INPUTS = "inputs";
  private static final String MACHINE = "machine";

  private final Path folder;
  private final String inputs;
  private final String machine;
  private final Writer writer;
  private final Duration between;

  /** The best epoch whose weights are in the folder; 0 for none. */
  private int bestThere;

  /** Writes a file of tensors whole or not at all. */
  interface Writer {
    void write(Path file, StateDict state) throws IOException;
  }

  private CheckpointFolder(
      Path folder, String inputs, String machine, Writer writer, Duration between) {
    this.folder = folder;
    this.inputs = inputs;
    this.machine = machine;
    this.writer = writer;
    this.between = between;
  }

  /**
   * The checkpoints of a training.
   *
   * @param folder need not exist
   * @param inputs everything that the training depends on, in a word: a checkpoint of other inputs
   *     is none
   * @param machine the kind of machine that trains now: a checkpoint of another is one all the same
   */
  public static CheckpointFolder of(Path folder, String inputs, String machine) {
    return of(folder, inputs, machine, Safetensors::write, BETWEEN);
  }

  static CheckpointFolder of(
      Path folder, String inputs, String machine, Writer writer, Duration between) {
    return new CheckpointFolder(folder, inputs, machine, writer, between);
  }

  /** How long a training may go within an epoch without a checkpoint. */
  Duration between() {
    return between;
  }

  /** Whether there is a checkpoint of these inputs. */
  public boolean present() {
    return read().isPresent();
  }

  /**
   * The kind of machine that the checkpoint of these inputs was made on, where that is another: a
   * training that goes on from it ends with bytes that neither of them would have made alone.
   */
  public Optional<String> otherMachine() {
    return states()
        .map(this::state)
        .flatMap(Optional::stream)
        .findFirst()
        .map(state -> state.metadata().getOrDefault(MACHINE, ""))
        .filter(made -> !made.equals(machine));
  }

  /** The last checkpoint; empty where there is none of these inputs, or none that can be read. */
  Optional<Checkpoint> read() {
    return states()
        .map(this::state)
        .flatMap(Optional::stream)
        .map(this::checkpoint)
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** The numbers of the states that are there, the last one first. */
  private Stream<Integer> states() {
    if (!Files.isDirectory(folder)) {
      return Stream.empty();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> STATE.matcher(file.getFileName().toString()))
          .filter(Matcher::matches)
          .map(name -> Integer.valueOf(name.group(1)))
          .sorted(Comparator.reverseOrder())
          .toList()
          .stream();
    } catch (IOException | UncheckedIOException e) {
      return Stream.empty();
    }
  }

  /** A state of these inputs; else somebody else's file, or damaged. */
  private Optional<StateDict> state(int number) {
    try {
      return Optional.of(Safetensors.read(stateFile(number)))
          .filter(state -> inputs.equals(state.metadata().get(INPUTS)));
    } catch (Problem | UncheckedIOException e) {
      return Optional.empty();
    }
  }

  private Optional<Checkpoint> checkpoint(StateDict state) {
    try {
      String text = Objects.requireNonNull(state.metadata().get(FACTS), FACTS);
      Checkpoint.Facts facts = JSON.fromJson(text, Checkpoint.Facts.class);
      int best = facts.bestEpoch();
      Checkpoint checkpoint =
          new Checkpoint(
              facts,
              new Snapshot(weights(state), memory(state), facts.parts()),
              best == 0 ? Map.of() : Safetensors.read(bestFile(best)).tensors());
      bestThere = best;
      return Optional.of(checkpoint);
    } catch (Problem | JsonParseException | NullPointerException | UncheckedIOException e) {
      // Damaged: the training starts from the beginning.
      return Optional.empty();
    }
  }

  private static Map<String, Tensor> weights(StateDict state) {
    Map<String, Tensor> weights = new LinkedHashMap<>();
    state
        .tensors()
        .forEach(
            (name, tensor) -> {
              if (name.startsWith(WEIGHT)) {
                weights.put(name.substring(WEIGHT.length()), tensor);
              }
            });
    return weights;
  }

  private static List<Tensor> memory(StateDict state) {
    List<Tensor> memory = new ArrayList<>();
    for (int i = 0; state.tensors().containsKey(MEMORY + i); i++) {
      memory.add(state.tensor(MEMORY + i));
    }
    return memory;
  }

  /** Replaces the checkpoint. */
  void write(Checkpoint checkpoint) throws IOException {
    Files.createDirectories(folder);
    int best = checkpoint.facts().bestEpoch();
    if (best != bestThere) {
      writer.write(bestFile(best), StateDict.of(checkpoint.best()));
      bestThere = best;
    }
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    checkpoint.snapshot().weights().forEach((name, each) -> tensors.put(WEIGHT + name, each));
    List<Tensor> memory = checkpoint.snapshot().memory();
    for (int i = 0; i < memory.size(); i++) {
      tensors.put(MEMORY + i, memory.get(i));
    }
    Map<String, String> metadata =
        Map.of(INPUTS, inputs, MACHINE, machine, FACTS, JSON.toJson(checkpoint.facts()));
    Path state = stateFile(states().findFirst().orElse(0) + 1);
    writer.write(state, new StateDict(tensors, metadata));
    removeAllBut(List.of(state, bestFile(best)));
  }

  private Path stateFile(int number) {
    return folder.resolve("state-" + number + EXTENSION);
  }

  private Path bestFile(int epoch) {
    return folder.resolve(BEST + epoch + EXTENSION);
  }

  /** Forgets the checkpoint: of other inputs, or of a training that has come to its end. */
  public void clear() throws IOException {
    bestThere = 0;
    removeAllBut(List.of());
    remove(folder);
  }

  /** What cannot be removed, as Windows holds it while it is mapped, is removed another time. */
  private void removeAllBut(List<Path> kept) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    List<Path> others;
    try (Stream<Path> files = Files.list(folder)) {
      others =
          files
              .filter(file -> !kept.contains(file))
              // States first: without them the others mean nothing.
              .sorted(Comparator.comparing(file -> file.getFileName().toString().startsWith(BEST)))
              .toList();
    }
    for (Path file : others) {
      remove(file);
    }
  }

  private static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // The next time.
    }
  }
}
