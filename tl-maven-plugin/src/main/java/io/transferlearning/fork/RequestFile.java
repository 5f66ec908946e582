package io.transferlearning.fork;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import io.transferlearning.pipeline.TrainRequest;
import io.transferlearning.pipeline.VerifyRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The one file with everything that the trainer's JVM needs.
 *
 * @param train set where it is to train
 * @param verify set where it is to verify
 */
record RequestFile(@Nullable TrainRequest train, @Nullable VerifyRequest verify) {
  private static final Gson JSON =
      new GsonBuilder()
          .registerTypeHierarchyAdapter(Path.class, new PathAdapter().nullSafe())
          .setPrettyPrinting()
          .create();

  void write(Path file) throws IOException {
    Files.writeString(file, JSON.toJson(this));
  }

  static RequestFile read(Path file) throws IOException {
    return JSON.fromJson(Files.readString(file), RequestFile.class);
  }

  private static final class PathAdapter extends TypeAdapter<Path> {
    @Override
    public void write(JsonWriter out, Path path) throws IOException {
      out.value(path.toString());
    }

    @Override
    public Path read(JsonReader in) throws IOException {
      if (in.peek() != JsonToken.STRING) {
        throw new IOException("a path is a string, not " + in.peek());
      }
      return Path.of(in.nextString());
    }
  }
}
