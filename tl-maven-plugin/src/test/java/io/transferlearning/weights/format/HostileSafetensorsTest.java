package io.transferlearning.weights.format;

import static io.transferlearning.problem.ProblemCatcher.catchProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.transferlearning.problem.Problem;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way in which a file can break the format, and the exact words for it. */
public class HostileSafetensorsTest {
  private static final String ADVICE =
      "Download or export the file again, with a current safetensors library: this one is damaged,"
          + " or was not meant to be read.";

  private static final String FLOATS = "\"dtype\":\"F32\",\"shape\":[2]";

  @ParameterizedTest
  @MethodSource
  void aBrokenHeaderIsRefused(String header, int dataBytes, String what) {
    Problem problem = refusal(file(header, dataBytes));

    assertThat(problem.what()).isEqualTo("The weights x can not be used: " + what + ".");
    assertThat(problem.next()).isEqualTo(ADVICE);
  }

  static Stream<Arguments> aBrokenHeaderIsRefused() {
    return Stream.of(
        broken("", 0, "its header does not begin with '{'"),
        broken(" {}", 0, "its header does not begin with '{'"),
        broken("[]", 0, "its header does not begin with '{'"),
        broken("{", 0, "its header is not one strict JSON object"),
        broken("{} {}", 0, "its header is not one strict JSON object"),
        broken("{'a':1}", 0, "its header is not one strict JSON object"),
        broken("{\"a\":", 0, notJson("a")),
        broken("{\"a\":{" + FLOATS + ",}}", 8, notJson("a")),
        broken("{\"a\":{" + FLOATS + ",\"data_offsets\":[0,8]},}", 8, notJson("a")),
        broken("{\"\\ud800\":{}}", 0, "its header is not UTF-8 (the last name read is '?')"),
        broken(tensor("a") + twin("a"), 8, "its header names 'a' twice"),
        broken(
            "{\"__metadata__\":{},\"__metadata__\":{}}",
            0,
            "its header names '__metadata__' twice"),
        broken("{\"__metadata__\":{\"k\":\"\",\"k\":\"\"}}", 0, "its header names 'k' twice"),
        broken("{\"__metadata__\":[]}", 0, "'__metadata__' must have an object of strings"),
        broken(
            "{\"__metadata__\":{\"k\":{}}}",
            0,
            "'k' must have a string, as everything in __metadata__"),
        broken("{\"a\":[]}", 0, "'a' must have an object with dtype, shape and data_offsets"),
        broken("{\"a\":{\"dtype\":1}}", 0, "'a' must have dtype as a string"),
        broken("{\"a\":{\"shape\":2}}", 0, "'a' must have shape as an array of whole numbers"),
        broken("{\"a\":{\"shape\":[[2]]}}", 0, "'a' must have shape as an array of whole numbers"),
        broken(
            "{\"a\":{\"shape\":[\"2\"]}}", 0, "'a' must have shape as an array of whole numbers"),
        broken(
            "{\"a\":{\"code\":1}}",
            0,
            "tensor 'a': 'code' is unknown; legal are dtype, shape and data_offsets"),
        broken("{\"a\":{\"shape\":[],\"shape\":[]}}", 0, "tensor 'a': shape stands twice"),
        broken("{\"a\":{" + FLOATS + "}}", 8, "tensor 'a': data_offsets is missing"),
        broken("{\"a\":{\"shape\":[]}}", 8, "tensor 'a': dtype is missing"),
        broken("{\"a\":{\"dtype\":\"F32\"}}", 8, "tensor 'a': shape is missing"),
        broken("{\"a\":{\"shape\":[-1]}}", 0, illegal("-1")),
        broken("{\"a\":{\"shape\":[1.0]}}", 0, illegal("1.0")),
        broken("{\"a\":{\"shape\":[1e3]}}", 0, illegal("1e3")),
        broken("{\"a\":{\"shape\":[9223372036854775808]}}", 0, illegal("9223372036854775808")),
        broken(
            "{\"a\":{\"shape\":[" + "1,".repeat(64) + "1]}}",
            0,
            "tensor 'a': shape holds more than 64 numbers"),
        broken(
            "{\"a\":{" + FLOATS + ",\"data_offsets\":[0,8,9]}}",
            8,
            "tensor 'a': data_offsets holds more than 2 numbers"),
        broken(
            "{\"a\":{" + FLOATS + ",\"data_offsets\":[0]}}",
            8,
            "tensor 'a': data_offsets is [0], not [begin, end]"),
        broken(
            "{\"a\":{" + FLOATS + ",\"data_offsets\":[0,8]}}",
            7,
            "tensor 'a': data_offsets is [0, 8]; legal is 0 <= begin <= end <= 7"),
        broken(
            "{\"a\":{" + FLOATS + ",\"data_offsets\":[8,0]}}",
            8,
            "tensor 'a': data_offsets is [8, 0]; legal is 0 <= begin <= end <= 8"),
        broken(
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,0]}}",
            0,
            "tensor 'a': F32 of shape [4294967296, 4294967296] takes more than 2^63 - 1 bytes"),
        broken(
            "{\"a\":{" + FLOATS + ",\"data_offsets\":[0,4]}}",
            8,
            "tensor 'a': F32 of shape [2] takes 8 bytes, and data_offsets gives it 4"),
        broken(
            tensor("a") + ",\"b\":{" + FLOATS + ",\"data_offsets\":[4,12]}}",
            12,
            "tensor 'b': it begins at byte 4, within 'a', which ends at byte 8"),
        broken(
            tensor("a") + ",\"b\":{" + FLOATS + ",\"data_offsets\":[9,17]}}",
            17,
            "the bytes from 8 to 9 before 'b' belong to no tensor"),
        broken(tensor("a") + "}", 9, "its tensors end at byte 8, and its data at byte 9"),
        broken("{}", 1, "its tensors end at byte 0, and its data at byte 1"));
  }

  @Test
  void anUnknownTypeIsRefusedByName() {
    Problem problem = refusal(file("{\"a\":{\"dtype\":\"F8_E4M3\"}}", 0));

    assertThat(problem.what())
        .isEqualTo(
            "The weights x can not be used: tensor 'a': the dtype 'F8_E4M3' is not among"
                + " [F64, F32, F16, BF16, I64, U8].");
    assertThat(problem.next())
        .isEqualTo(
            "Export the weights again in one of those types, for example with"
                + " tensor.to(torch.float32).");
  }

  @Test
  void aFileWithoutAHeaderIsRefused() {
    assertThat(refusal(ByteBuffer.allocate(7)).what())
        .isEqualTo(
            "The weights x can not be used: it has 7 bytes, and the length of its header alone"
                + " takes 8.");
  }

  @Test
  void aHeaderAboveTheLimitIsRefusedBeforeItIsRead() {
    assertThat(refusal(length(-1)).what())
        .isEqualTo(
            "The weights x can not be used: its header claims 18446744073709551615 bytes, and the"
                + " format allows 100000000.");
    assertThat(refusal(length(100_000_001)).what())
        .isEqualTo(
            "The weights x can not be used: its header claims 100000001 bytes, and the format"
                + " allows 100000000.");
  }

  @Test
  void aHeaderThatLeavesTheFileIsRefused() {
    assertThat(refusal(length(100_000_000)).what())
        .isEqualTo(
            "The weights x can not be used: its header claims 100000000 bytes, and the file has"
                + " only 8 in all.");
  }

  @Test
  void bytesThatAreNoUtf8AreRefused() {
    byte[] header = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);
    header[2] = (byte) 0xFF;
    ByteBuffer file = length(header.length, header.length).put(8, header);

    assertThat(refusal(file).what())
        .isEqualTo("The weights x can not be used: its header is not UTF-8.");
  }

  @Test
  void namesInMessagesAreCutAndCanNotSteerATerminal() {
    Problem problem = refusal(file("{\"\\u001b[2J" + "n".repeat(500) + "\":1}", 0));

    assertThat(problem.what())
        .isEqualTo(
            "The weights x can not be used: '?[2J"
                + "n".repeat(116)
                + "...' must have an object with dtype, shape and data_offsets.");
  }

  @Test
  void deepNestingIsRefusedAtTheFirstLevel() {
    String header = "{\"a\":{\"shape\":" + "[".repeat(1_000_000);

    Problem problem =
        org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(
            Duration.ofSeconds(5), () -> refusal(file(header, 0)));

    assertThat(problem.what()).contains("'a' must have shape as an array of whole numbers");
  }

  @Test
  void randomDamageIsEitherHarmlessOrAProblem() {
    byte[] good = file(tensor("a") + "}", 8).array();
    Random random = new Random(7);
    for (int i = 0; i < 5_000; i++) {
      byte[] bad = good.clone();
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
      }
      Throwable thrown =
          Assertions.catchThrowable(() -> Safetensors.read("x", ByteBuffer.wrap(bad)));
      if (thrown != null) {
        assertThat(thrown).isInstanceOf(Problem.class);
      }
    }
  }

  private static Problem refusal(ByteBuffer file) {
    return catchProblem(() -> Safetensors.read("x", file));
  }

  private static Arguments broken(String header, int dataBytes, String what) {
    return Arguments.of(header, dataBytes, what);
  }

  private static String notJson(String last) {
    return "its header is not one strict JSON object (the last name read is '" + last + "')";
  }

  private static String illegal(String value) {
    return "tensor 'a': shape holds "
        + value
        + "; legal are whole numbers from 0 to 9223372036854775807";
  }

  /** A header with one tensor of eight bytes, left open. */
  private static String tensor(String name) {
    return "{\"" + name + "\":{" + FLOATS + ",\"data_offsets\":[0,8]}";
  }

  private static String twin(String name) {
    return "," + tensor(name).substring(1) + "}";
  }

  private static ByteBuffer file(String header, int dataBytes) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    return length(text.length, text.length + dataBytes).put(8, text);
  }

  private static ByteBuffer length(long header) {
    return length(header, 0);
  }

  private static ByteBuffer length(long header, int rest) {
    ByteBuffer file = ByteBuffer.allocate(Long.BYTES + rest).order(ByteOrder.LITTLE_ENDIAN);
    return file.putLong(0, header);
  }
}
