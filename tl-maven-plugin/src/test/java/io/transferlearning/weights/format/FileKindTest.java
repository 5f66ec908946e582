package io.transferlearning.weights.format;

import static io.transferlearning.problem.ProblemCatcher.catchProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.transferlearning.problem.Problem;
import io.transferlearning.weights.format.bytes.FileBytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are taken for weights and are something else: each is told what it is. */
class FileKindTest {
  private static final String TAR =
      "pickle\0".repeat(40).substring(0, 257) + "ustar  \0" + "\0".repeat(300);

  static Stream<Arguments> otherFiles() {
    return Stream.of(
        Arguments.of("", "it is empty", "Check that this is the file you mean"),
        Arguments.of("nothing that is known", "its content is of no known format", "ONNX."),
        Arguments.of(
            "\n<!DOCTYPE html><title>404</title>",
            "it is a web page (HTML or XML), mostly what a server sends instead of a file that"
                + " needs a login or is gone",
            "see what the server says"),
        Arguments.of(
            "\u00ef\u00bb\u00bf<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code></Error>",
            "it is a web page (HTML or XML), mostly what a server sends instead of a file that"
                + " needs a login or is gone",
            "see what the server says"),
        Arguments.of(
            "{\"error\":\"Repository not found\"}",
            "it is JSON, such as a server's message, or a description that lies beside weights",
            "see what it says"),
        Arguments.of(
            "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 9\n",
            "it is a Git LFS pointer, not the file itself",
            "git lfs pull"),
        Arguments.of("\u001f\u008b\b\0", "it is compressed with gzip", "Unpack it first"),
        Arguments.of("BZh91AY", "it is compressed with bzip2", "Unpack it first"),
        Arguments.of(
            TAR,
            "it is a tar archive, which PyTorch itself wrote before version 0.1.10 only",
            "save its state_dict again"),
        Arguments.of("\u0089HDF\r\n\u001a\n", "it is an HDF5 file, as Keras writes it", "Convert"),
        Arguments.of("\u0093NUMPY\1\0", "it is a NumPy array", "Convert it to one of the formats"),
        Arguments.of("\b\7\22\7pytorch", "its content is of no known format", "These are read"));
  }

  @ParameterizedTest
  @MethodSource("otherFiles")
  void itIsSaidWhatAFileIs(String content, String what, String next) {
    Problem problem = refusal("w.pth", content);

    assertThat(problem.what()).isEqualTo("The weights w.pth can not be used: " + what + ".");
    assertThat(problem.next()).contains(next);
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html>404</html>", "{\"error\":\"not found\"}"})
  void anErrorPageIsNoSafetensorsWhateverItIsCalled(String content) {
    assertThat(refusal("w.safetensors", content).what()).contains("used: it is ");
  }

  @Test
  void aFileThatIsCalledSafetensorsIsToldWhatIsWrongWithIt() {
    assertThat(refusal("w.safetensors", "\7\0\0\0").what())
        .isEqualTo(
            "The weights w.safetensors can not be used: it has 4 bytes, and the length of its"
                + " header alone takes 8.");
  }

  private static Problem refusal(String name, String content) {
    byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
    return catchProblem(() -> WeightFile.read(name, FileBytes.of(ByteBuffer.wrap(bytes))));
  }
}
