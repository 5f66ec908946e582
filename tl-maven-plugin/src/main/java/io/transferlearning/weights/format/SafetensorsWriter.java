package io.transferlearning.weights.format;

import com.google.gson.stream.JsonWriter;
import io.transferlearning.weights.StateDict;
import io.transferlearning.weights.Tensor;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** Writes what {@link Safetensors} describes. */
public final class SafetensorsWriter {
  private static final int ALIGNMENT = 8;

  private SafetensorsWriter() {}

  static void write(Path file, StateDict state) throws IOException {
    Path target = file.toAbsolutePath();
    Path part = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID());
    try {
      writePart(part, state);
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static void writePart(Path part, StateDict state) throws IOException {
    List<Map.Entry<String, Tensor>> order = dataOrder(state);
    ByteBuffer header = header(state, offsets(order));
    ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    length.putLong(0, header.remaining());
    try (FileChannel channel =
        FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      writeFully(channel, length);
      writeFully(channel, header);
      for (Map.Entry<String, Tensor> entry : order) {
        writeFully(channel, entry.getValue().bytes());
      }
    }
  }

  /**
   * Wider elements first, otherwise as given: then every tensor starts at a multiple of its own.
   */
  private static List<Map.Entry<String, Tensor>> dataOrder(StateDict state) {
    return state.tensors().entrySet().stream()
        .sorted(Comparator.comparingInt(entry -> -entry.getValue().type().bytes()))
        .toList();
  }

  private static Map<String, Long> offsets(List<Map.Entry<String, Tensor>> order) {
    Map<String, Long> offsets = new HashMap<>();
    long position = 0;
    for (Map.Entry<String, Tensor> entry : order) {
      offsets.put(entry.getKey(), position);
      position += entry.getValue().data().capacity();
    }
    return offsets;
  }

  private static ByteBuffer header(StateDict state, Map<String, Long> offsets) throws IOException {
    StringWriter text = new StringWriter();
    JsonWriter json = new JsonWriter(text);
    json.beginObject();
    if (!state.metadata().isEmpty()) {
      json.name(StateDict.METADATA).beginObject();
      for (Map.Entry<String, String> entry : state.metadata().entrySet()) {
        json.name(entry.getKey()).value(entry.getValue());
      }
      json.endObject();
    }
    for (Map.Entry<String, Tensor> entry : state.tensors().entrySet()) {
      json.name(entry.getKey());
      writeTensor(json, entry.getValue(), Objects.requireNonNull(offsets.get(entry.getKey())));
    }
    json.endObject();
    json.flush();
    return padded(text.toString());
  }

  private static void writeTensor(JsonWriter json, Tensor tensor, long begin) throws IOException {
    json.beginObject().name("dtype").value(tensor.type().name()).name("shape").beginArray();
    for (long size : tensor.shape()) {
      json.value(size);
    }
    json.endArray().name("data_offsets").beginArray();
    json.value(begin).value(begin + tensor.data().capacity()).endArray().endObject();
  }

  private static ByteBuffer padded(String header) throws IOException {
    // An encoder, because String.getBytes would replace half a surrogate pair in silence.
    ByteBuffer text = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(header));
    int length = (text.remaining() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    ByteBuffer padded = ByteBuffer.allocate(length).put(text);
    while (padded.hasRemaining()) {
      padded.put((byte) ' ');
    }
    return padded.flip();
  }

  private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
