package io.transferlearning.fork;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Maven's end of the event file: reads what has been added since the last time, in whole lines. */
final class EventReader {
  private final Path file;
  private long position;

  EventReader(Path file) {
    this.file = file;
  }

  List<Event> poll() throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    ByteBuffer added;
    try (FileChannel channel = FileChannel.open(file)) {
      added = ByteBuffer.allocate(Math.toIntExact(channel.size() - position));
      while (added.hasRemaining() && channel.read(added, position + added.position()) > 0) {}
    }
    return lines(new String(added.array(), 0, added.position(), StandardCharsets.ISO_8859_1));
  }

  /**
   * Splits bytes, read one a character so that positions are bytes; the last line may still lack
   * its end.
   */
  private List<Event> lines(String bytes) {
    List<Event> events = new ArrayList<>();
    int start = 0;
    for (int end = bytes.indexOf('\n'); end >= 0; end = bytes.indexOf('\n', start)) {
      byte[] line = bytes.substring(start, end).getBytes(StandardCharsets.ISO_8859_1);
      events.add(Event.parse(new String(line, StandardCharsets.UTF_8)));
      start = end + 1;
    }
    position += start;
    return events;
  }
}
