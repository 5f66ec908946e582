package io.transferlearning.weights.format;

import static io.transferlearning.problem.ProblemCatcher.catchProblem;
import static io.transferlearning.weights.format.TorchBytes.archive;
import static io.transferlearning.weights.format.TorchBytes.integer;
import static io.transferlearning.weights.format.TorchBytes.pickle;
import static io.transferlearning.weights.format.TorchBytes.replaced;
import static io.transferlearning.weights.format.TorchBytes.stateDict;
import static io.transferlearning.weights.format.TorchBytes.tensor;
import static io.transferlearning.weights.format.TorchBytes.text;
import static io.transferlearning.weights.format.TorchBytes.tuple;
import static io.transferlearning.weights.format.TorchBytes.zip;
import static org.assertj.core.api.Assertions.assertThat;

import io.transferlearning.problem.Problem;
import io.transferlearning.weights.StateDict;
import io.transferlearning.weights.format.bytes.FileBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way in which a file can pretend to be PyTorch's, and the exact words for it. */
class HostileTorchTest {
  private static final String WHOLE = tensor(4, 0, tuple(2, 2), tuple(2, 1));
  private static final byte[] GOOD = archive(stateDict(WHOLE), 16);

  @Test
  void theSameFileWithoutMischiefIsRead() {
    StateDict read = read(GOOD);

    assertThat(read.tensor("w").shape()).containsExactly(2L, 2L);
    assertThat(read.tensor("w").toFloats()).containsOnly(0);
  }

  static Stream<Arguments> tensors() {
    return Stream.of(
        Arguments.of(
            tensor(4, 0, tuple(-2, 2), tuple(2, 1)),
            "tensor 'w': its shape is [-2, 2], below zero"),
        Arguments.of(
            tensor(4, -1, tuple(2, 2), tuple(2, 1)), "tensor 'w': its offset is -1, below zero"),
        Arguments.of(
            tensor(4, 3, tuple(2, 2), tuple(-2, 1)),
            "tensor 'w': its strides is [-2, 1], below zero"),
        Arguments.of(
            tensor(4, 1, tuple(2, 2), tuple(2, 1)),
            "tensor 'w': shape [2, 2] with strides [2, 1] does not lie inside its storage"),
        Arguments.of(
            tensor(4, 0, tuple(1L << 40, 1L << 40), tuple(1, 1)),
            "tensor 'w': shape [1099511627776, 1099511627776] with strides [1, 1] does not lie"
                + " inside its storage"),
        Arguments.of(
            tensor(4, 0, tuple(1 << 28), tuple(0)),
            "tensor 'w': shape [268435456] with strides [0] uses the same bytes for several"
                + " elements"),
        Arguments.of(
            tensor(4, 0, tuple(2, 2), tuple(1, 1)),
            "tensor 'w': shape [2, 2] with strides [1, 1] uses the same bytes for several"
                + " elements"),
        Arguments.of(
            tensor(4, 0, tuple(2, 2), tuple(1)), "tensor 'w': it has 2 sizes and 1 strides"),
        Arguments.of(
            tensor(1L << 61, 0, tuple(2), tuple(1)),
            "the storage '0' has 16 bytes, and should be a FloatStorage of 2305843009213693952"
                + " elements"),
        Arguments.of(
            tensor(-4, 0, tuple(2), tuple(1)),
            "its pickle describes a storage in an unknown or contradictory way"),
        Arguments.of(
            tensor(4, 0, text("shape"), tuple(1)),
            "its pickle describes a tensor or a container in an unknown way"));
  }

  @ParameterizedTest
  @MethodSource("tensors")
  void aTensorMustLieInItsStorage(String tensor, String what) {
    requireRefused(archive(stateDict(tensor), 16), what);
  }

  static Stream<Arguments> pickles() {
    return Stream.of(
        Arguments.of(
            "cos\nsystem\n(" + text("echo this ran") + "tR.",
            "its pickle asks for 'os.system', which is not among the few names that weights need;"
                + " it is not run"),
        Arguments.of(
            "cbuiltins\neval\n.",
            "its pickle asks for 'builtins.eval', which is not among the few names that weights"
                + " need; it is not run"),
        Arguments.of(
            "(ios\nsystem\n.",
            "its pickle asks for 'os.system', which is not among the few names that weights need;"
                + " it is not run"),
        Arguments.of(
            text("torch._utils.os") + text("system") + "\u0093.",
            "its pickle asks for 'torch._utils.os.system', which is not among the few names that"
                + " weights need; it is not run"),
        Arguments.of(
            "c__torch__\nNet\n)\u0081.",
            "its pickle asks for '__torch__.Net', which is not among the few names that weights"
                + " need; it is not run"),
        Arguments.of("]q\0h\0a.", "its pickle holds a value that contains itself"),
        Arguments.of(
            "}q\0(" + text("self") + "h\0u.", "its pickle holds a value that contains itself"),
        Arguments.of(
            "(".repeat(3) + "]" + "\u0085".repeat(1000) + ".",
            "its pickle is nested more than 100 deep"),
        Arguments.of("X\u00ff\u00ff\u00ff\u00ff", "its pickle is broken at byte 7: it breaks off"),
        Arguments.of(
            "\u008b\u00ff\u00ff\u00ff\u007f", "its pickle is broken at byte 7: it breaks off"),
        Arguments.of("h\7.", "its pickle is broken at byte 4: nothing was kept under 7"),
        Arguments.of("t.", "its pickle is broken at byte 3: there is no mark"),
        Arguments.of(".", "its pickle is broken at byte 3: its stack has too few values"),
        Arguments.of("\u0082\1.", "its pickle has the unknown operation 0x82 at byte 2"),
        Arguments.of(
            "c" + "n".repeat(600),
            "its pickle is broken at byte 3: a name has more than 512 bytes"),
        Arguments.of(
            "}(" + text("w") + WHOLE + text("w") + WHOLE + "u.", "the name 'w' stands twice"),
        Arguments.of(
            "(" + text("module") + "tQ.",
            "its pickle describes a storage in an unknown or contradictory way"),
        Arguments.of(
            "}(" + text("epoch") + integer(3) + "u.",
            "it holds a dictionary without tensors by name; its keys are 'epoch'"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"state_dict", "model_state_dict", "model_state", "model", "net"})
  void aStateDictMayLieInACheckpoint(String wrapper) {
    String inner = "}(" + text("module.w") + WHOLE + "u";

    byte[] pickle = pickle("}(" + text("epoch") + integer(3) + text(wrapper) + inner + "u.");
    StateDict state = read(archive(pickle, 16));

    assertThat(state.tensors()).containsOnlyKeys("module.w");
  }

  @ParameterizedTest
  @MethodSource("pickles")
  void aPickleHoldsDataAndNothingElse(String operations, String what) {
    requireRefused(archive(pickle(operations), 16), what);
  }

  static Stream<Arguments> archives() {
    byte[] half = Arrays.copyOf(GOOD, GOOD.length / 2);
    byte[] pickle = stateDict(WHOLE);
    return Stream.of(
        Arguments.of(half, "it is a zip archive whose end is missing"),
        Arguments.of(
            replaced(GOOD, "a/data/0", "../../00"),
            "entry '../../00': the name is no path inside a folder"),
        Arguments.of(
            replaced(GOOD, "a/data/0", "/etc/pwd"),
            "entry '/etc/pwd': the name is no path inside a folder"),
        Arguments.of(
            replaced(GOOD, "a/data/0", "C:\\w\\pwd"),
            "entry 'C:\\w\\pwd': the name is no path inside a folder"),
        Arguments.of(
            replaced(
                zip(true, "a/data.pkl", pickle, "a/data/0", new byte[16], "a/data/1", new byte[16]),
                "a/data/1",
                "a/data/0"),
            "entry 'a/data/0': the name stands twice"),
        Arguments.of(
            zip(false, "a/data.pkl", pickle, "a/data/0", new byte[1 << 20]),
            "entry 'a/data/0': with it the archive unpacks to 1048"),
        Arguments.of(zip(true, "a/data.pkl", pickle), "the storage '0' is missing"),
        Arguments.of(
            archive(pickle, 12),
            "the storage '0' has 12 bytes, and should be a FloatStorage of 4 elements"),
        Arguments.of(
            zip(true, "word/document.xml", new byte[3]),
            "it is a zip archive, but not PyTorch's: it has not exactly one FOLDER/data.pkl, but"
                + " 'word/document.xml'"),
        Arguments.of(
            zip(true, "a/data.pkl", pickle, "b/data.pkl", pickle),
            "it is a zip archive, but not PyTorch's: it has not exactly one FOLDER/data.pkl, but"
                + " 'a/data.pkl', 'b/data.pkl'"),
        Arguments.of(
            zip(true, "a/model.json", new byte[3]),
            "it is a TorchScript archive of PyTorch before 1.4"),
        Arguments.of(
            zip(true, "a/data.pkl", pickle, "a/byteorder", "big".getBytes(StandardCharsets.UTF_8)),
            "its numbers are big-endian"),
        Arguments.of(
            replaced(GOOD, "X\1\0\0\0w", "X\1\0\0\0v"),
            "entry 'a/data.pkl': its content does not have the CRC-32 it claims"),
        Arguments.of(
            directory(GOOD, 10, 99),
            "entry 'a/data.pkl': it is compressed by method 99; legal are 0 (stored) and 8 (deflated)"),
        Arguments.of(directory(GOOD, 8, 1), "entry 'a/data.pkl': it is encrypted"),
        Arguments.of(
            directory(GOOD, 42, 1),
            "entry 'a/data.pkl': its header does not agree with the directory"),
        Arguments.of(
            directory(GOOD, 45, 120), "entry 'a/data.pkl': its bytes do not lie inside the file"),
        Arguments.of(directory(GOOD, 24, 1), "entry 'a/data.pkl': it does not have the"));
  }

  @ParameterizedTest
  @MethodSource("archives")
  void anArchiveIsReadAsItsDirectorySaysOrNotAtAll(byte[] file, String what) {
    assertThat(refusal(file).what()).startsWith("The weights x.pth can not be used: " + what);
  }

  @Test
  void entriesThatShareBytesAreRefused() {
    byte[] file = zip(true, "a/data/1", new byte[64], "a/data.pkl", stateDict(WHOLE));
    // The first entry grows over the second: its sizes in the directory.
    int at = directoryOf(file);
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(at + 20, 100).putInt(at + 24, 100);

    requireRefused(file, "entry 'a/data.pkl': it shares bytes with 'a/data/1'");
  }

  @Test
  void everyTruncationOfEveryFormIsRefused() throws IOException {
    for (String name :
        new String[] {"types.pth", "types-legacy.pth", "scripted.pt", "named.onnx"}) {
      byte[] whole = Files.readAllBytes(TorchFiles.committed().resolve(name));
      for (int length = 0; length < whole.length; length += 1 + length / 64) {
        byte[] part = Arrays.copyOf(whole, length);
        assertThat(refusal(part)).as("%s cut to %d bytes", name, length).isNotNull();
      }
    }
  }

  @Test
  void theOlderFormIsReadAsItsKeysSayOrNotAtAll() throws IOException {
    Path legacy = TorchFiles.committed().resolve("types-legacy.pth");
    byte[] good = Files.readAllBytes(legacy);

    requireRefused(
        replaced(good, "little_endianq\2\u0088", "little_endianq\2\u0089"),
        "its numbers are big-endian");
    requireRefused(
        replaced(good, "M\u00e9\3.", "M\u00e8\3."),
        "it claims a version other than 1001 of PyTorch's older format");
    requireRefused(pickle("]."), "it is a Python pickle, but not one that torch.save wrote");
  }

  /** The archive with one byte of its directory's first entry changed. */
  private static byte[] directory(byte[] file, int offset, int value) {
    byte[] changed = file.clone();
    changed[directoryOf(file) + offset] = (byte) value;
    return changed;
  }

  private static int directoryOf(byte[] file) {
    return ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(file.length - 6);
  }

  private static void requireRefused(byte[] file, String what) {
    assertThat(refusal(file).what()).isEqualTo("The weights x.pth can not be used: " + what + ".");
  }

  private static Problem refusal(byte[] file) {
    return catchProblem(() -> read(file));
  }

  private static StateDict read(byte[] file) {
    return WeightFile.read("x.pth", FileBytes.of(ByteBuffer.wrap(file)));
  }
}
