package io.transferlearning.weights.format;

import static io.transferlearning.problem.ProblemCatcher.catchProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.transferlearning.problem.Problem;
import io.transferlearning.weights.DType;
import io.transferlearning.weights.StateDict;
import io.transferlearning.weights.Tensor;
import io.transferlearning.weights.Wiring.Window;
import io.transferlearning.weights.format.bytes.FileBytes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** ONNX messages as other exporters write them, and as no honest one does. */
class HostileOnnxTest {
  private static final byte[] GEMM =
      bytes(field(1, "x"), field(1, "w"), field(2, "y"), field(4, "Gemm"));

  @Test
  void aWeightThatIsStoredAsInAndOutIsTurned() {
    StateDict read = read(model(GEMM, tensor(2, 3, 1, field(9, floats(1, 2, 3, 4, 5, 6)))));

    assertThat(read.tensor("w").shape()).containsExactly(3L, 2L);
    assertThat(read.tensor("w").toFloats()).containsExactly(1, 4, 2, 5, 3, 6);
  }

  @Test
  void numbersMayStandInTheFieldsForTheirTypes() {
    byte[] turned = field(5, bytes(field(1, "transB"), number(3, 1)));
    byte[] plain = bytes(GEMM, turned);

    assertThat(read(model(plain, tensor(1, 2, 1, field(4, floats(1, 2))))).tensor("w").toFloats())
        .containsExactly(1, 2);
    // 1.0 in 16 bits is 0x3c00: as an integer of variable length, alone and packed.
    byte[] halves = bytes(number(5, 0x3c00), field(5, varint(0x3c00)));
    StateDict half = read(model(plain, tensor(1, 2, 10, halves)));
    assertThat(half.tensor("w").type()).isEqualTo(DType.F16);
    assertThat(half.tensor("w").toFloats()).containsExactly(1, 1);
  }

  @ParameterizedTest
  @CsvSource({"1, 0000803f, F32", "10, 003c, F16", "11, 000000000000f03f, F64", "16, 803f, BF16"})
  void everyTypeOfWeightsIsRead(int type, String one, DType expected) {
    byte[] raw = field(9, HexFormat.of().parseHex(one));
    Tensor read = read(model(bytes(GEMM), tensor(1, 1, type, raw))).tensor("w");

    assertThat(read.type()).isEqualTo(expected);
    assertThat(read.toFloats()).containsExactly(1);
  }

  /** Lists alone and packed, what is left out, and padding that is said in other ways. */
  @Test
  void aConvolutionsWindowIsRead() {
    byte[] packed = field(8, bytes(varint(1), varint(2), varint(1), varint(2)));
    byte[] alone = bytes(number(8, 2), number(8, 2));
    byte[] strides = field(5, bytes(field(1, "strides"), alone));
    byte[] pads = field(5, bytes(field(1, "pads"), packed));
    byte[] same = field(5, bytes(field(1, "auto_pad"), field(4, "SAME_UPPER")));
    byte[] notSet = field(5, bytes(field(1, "auto_pad"), field(4, "NOTSET")));

    assertThat(window(strides, pads, notSet))
        .isEqualTo(new Window(List.of(2L, 2L), List.of(1L, 2L, 1L, 2L)));
    assertThat(window()).isEqualTo(Window.of(1, 0));
    assertThat(window(strides, same)).isEqualTo(new Window(List.of(2L, 2L), List.of()));
    byte[] pad = bytes(field(1, "x"), field(2, "padded"), field(4, "Pad"));
    byte[] before = bytes(field(1, "padded"), field(1, "w"), field(2, "y"), field(4, "Conv"));
    assertThat(
            window(
                bytes(
                    number(1, 7),
                    field(
                        7,
                        bytes(
                            field(1, pad),
                            field(1, before),
                            field(5, one()),
                            field(11, field(1, "x"))))),
                1))
        .isEqualTo(new Window(List.of(1L, 1L), List.of()));
  }

  private static Window window(byte[]... attributes) {
    byte[] node = bytes(field(1, "x"), field(1, "w"), field(2, "y"), field(4, "Conv"));
    return window(model(bytes(node, bytes(attributes)), one()), 1);
  }

  private static Window window(byte[] file, int step) {
    return read(file).wiring().orElseThrow().steps().get(step).window().orElseThrow();
  }

  private static byte[] one() {
    return tensor(1, 1, 1, field(9, floats(1)));
  }

  static Stream<Arguments> models() {
    byte[] one = tensor(1, 1, 1, field(9, floats(1)));
    byte[] scaled = floating("alpha", 2);
    byte[] norm =
        bytes(
            field(1, "x"),
            field(1, "w"),
            field(1, "w"),
            field(1, "w"),
            field(1, "w"),
            field(2, "y"),
            field(4, "BatchNormalization"),
            floating("epsilon", 0.5f));
    return Stream.of(
        Arguments.of(
            model(GEMM, bytes(tensor(1, 1, 1), number(14, 1))),
            "tensor 'w': its numbers are in another file (external data), which is not read"),
        Arguments.of(
            model(GEMM, tensor(-1, 1, 1, field(9, floats(1)))),
            "tensor 'w': its shape is [-1, 1], below zero"),
        Arguments.of(
            model(GEMM, tensor(1L << 40, 1L << 40, 1, field(9, floats(1)))),
            "tensor 'w': F32 of shape [1099511627776, 1099511627776] does not take the 4 bytes that"
                + " it has"),
        Arguments.of(
            model(GEMM, tensor(2, 2, 1, field(9, floats(1)))),
            "tensor 'w': F32 of shape [2, 2] does not take the 4 bytes that it has"),
        Arguments.of(
            model(GEMM, tensor(1, 1, 6, field(9, floats(1)))),
            "tensor 'w': its data_type is 6; legal are 1 (FLOAT), 10 (FLOAT16), 11 (DOUBLE), 16"
                + " (BFLOAT16), and for counters 2 (UINT8) and 7 (INT64)"),
        Arguments.of(
            model(GEMM, bytes(one, field(3, new byte[0]))), "it holds a tensor in segments"),
        Arguments.of(model(GEMM, one, one), "the name 'w' stands twice"),
        Arguments.of(
            model(bytes(GEMM, scaled), one),
            "its Gemm 'y' has transA, or alpha or beta other than 1"),
        Arguments.of(
            model(norm, one), "its BatchNormalization 'y' has the epsilon 0.5; legal is 1.0E-5"),
        Arguments.of(model(new byte[0]), "its graph has no tensors (initializers)"),
        Arguments.of(model(GEMM, new byte[] {0x0a, 0x7f}), "its ONNX messages are broken"),
        Arguments.of(model(GEMM, new byte[] {0x0b}), "its ONNX messages are broken"),
        Arguments.of(
            model(
                GEMM,
                bytes(new byte[] {8}, "\u00ff".repeat(11).getBytes(StandardCharsets.ISO_8859_1))),
            "its ONNX messages are broken"),
        Arguments.of(model(GEMM, field(1, new byte[100])), "tensor '': it has more than 64 sizes"));
  }

  @ParameterizedTest
  @MethodSource("models")
  void aModelIsReadAsItsMessagesSayOrNotAtAll(byte[] file, String what) {
    Problem problem = catchProblem(() -> read(file));

    assertThat(problem.what()).isEqualTo("The weights x can not be used: " + what + ".");
  }

  private static StateDict read(byte[] file) {
    return WeightFile.read("x", FileBytes.of(ByteBuffer.wrap(file)));
  }

  private static byte[] model(byte[] node, byte[]... initializers) {
    byte[] graph = bytes(field(1, node), field(11, field(1, "x")));
    for (byte[] initializer : initializers) {
      graph = bytes(graph, field(5, initializer));
    }
    return bytes(number(1, 7), field(7, graph));
  }

  private static byte[] tensor(long rows, long columns, long type, byte[]... content) {
    return bytes(
        number(1, rows), number(1, columns), number(2, type), bytes(content), field(8, "w"));
  }

  private static byte[] floating(String name, float value) {
    return field(5, bytes(field(1, name), new byte[] {0x15}, floats(value)));
  }

  private static byte[] number(int field, long value) {
    return bytes(varint(field << 3), varint(value));
  }

  private static byte[] field(int field, String text) {
    return field(field, text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] field(int field, byte[] content) {
    return bytes(varint(field << 3 | 2), varint(content.length), content);
  }

  private static byte[] floats(float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }

  private static byte[] varint(long value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out.write((int) (rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    out.write((int) rest);
    return out.toByteArray();
  }

  private static byte[] bytes(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
