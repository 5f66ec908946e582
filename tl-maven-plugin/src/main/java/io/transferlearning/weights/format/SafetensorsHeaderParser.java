package io.transferlearning.weights.format;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import io.transferlearning.problem.Problem;
import io.transferlearning.problem.WeightProblems;
import io.transferlearning.weights.DType;
import io.transferlearning.weights.StateDict;
import io.transferlearning.weights.format.SafetensorsHeader.Span;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON header of a safetensors file, token by token, and takes nothing but what the
 * format defines. The file may be hostile: a name twice, a value of another kind, an unknown member
 * or anything nested deeper is refused at once, so memory stays within a small multiple of the
 * header.
 */
public final class SafetensorsHeaderParser {
  /** Digits only: JSON's own {@code 1.0}, {@code 1e3} and {@code -0} are no sizes. */
  private static final Pattern WHOLE_NUMBER = Pattern.compile("0|[1-9][0-9]{0,18}");

  /** More dimensions than any tensor library handles. */
  private static final int MOST_DIMENSIONS = 64;

  private final String file;
  private final long dataBytes;
  private final JsonReader json;
  private final CharsetEncoder utf8 = StandardCharsets.UTF_8.newEncoder();
  private final Map<String, Span> spans = new LinkedHashMap<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();
  private String last = "";

  private SafetensorsHeaderParser(String file, byte[] header, long dataBytes) {
    this.file = file;
    this.dataBytes = dataBytes;
    // A decoder, not a charset: with a charset, bytes that are no UTF-8 would be replaced.
    this.json =
        new JsonReader(
            new InputStreamReader(
                new ByteArrayInputStream(header), StandardCharsets.UTF_8.newDecoder()));
    json.setStrictness(Strictness.STRICT);
  }

  /**
   * The header, checked in itself and against the file's size.
   *
   * @param file the name of the file, for messages
   * @param header the header's bytes, without its length
   * @param dataBytes how many bytes follow the header
   * @throws Problem when anything is not as the format says
   */
  static SafetensorsHeader parse(String file, byte[] header, long dataBytes) {
    if (header.length == 0 || header[0] != '{') {
      throw WeightProblems.headerIsNoObject(file);
    }
    SafetensorsHeaderParser parser = new SafetensorsHeaderParser(file, header, dataBytes);
    try {
      parser.readTopLevel();
    } catch (CharacterCodingException e) {
      throw WeightProblems.headerIsNotUtf8(file, parser.last);
    } catch (IOException | IllegalStateException e) {
      throw WeightProblems.headerIsNotJson(file, parser.last);
    }
    SafetensorsHeader result = new SafetensorsHeader(parser.spans, parser.metadata);
    result.requireWholeBuffer(file, dataBytes);
    return result;
  }

  private void readTopLevel() throws IOException {
    boolean metadataSeen = false;
    json.beginObject();
    while (json.hasNext()) {
      String name = nextName();
      if (name.equals(StateDict.METADATA)) {
        if (metadataSeen) {
          throw WeightProblems.nameTwice(file, name);
        }
        metadataSeen = true;
        readMetadata();
      } else if (spans.containsKey(name)) {
        throw WeightProblems.nameTwice(file, name);
      } else {
        spans.put(name, readSpan(name));
      }
    }
    json.endObject();
    if (json.peek() != JsonToken.END_DOCUMENT) {
      throw WeightProblems.headerIsNotJson(file, last);
    }
  }

  private void readMetadata() throws IOException {
    require(JsonToken.BEGIN_OBJECT, StateDict.METADATA, "an object of strings");
    json.beginObject();
    while (json.hasNext()) {
      String key = nextName();
      require(JsonToken.STRING, key, "a string, as everything in " + StateDict.METADATA);
      String value = json.nextString();
      if (metadata.putIfAbsent(key, value) != null) {
        throw WeightProblems.nameTwice(file, key);
      }
    }
    json.endObject();
  }

  private Span readSpan(String name) throws IOException {
    @Nullable DType type = null;
    @Nullable List<Long> shape = null;
    @Nullable List<Long> offsets = null;
    require(JsonToken.BEGIN_OBJECT, name, "an object with dtype, shape and data_offsets");
    json.beginObject();
    while (json.hasNext()) {
      String member = json.nextName();
      Object before = null;
      switch (member) {
        case "dtype" -> {
          before = type;
          type = readType(name);
        }
        case "shape" -> {
          before = shape;
          shape = readNumbers(name, member, MOST_DIMENSIONS);
        }
        case "data_offsets" -> {
          before = offsets;
          offsets = readNumbers(name, member, 2);
        }
        default -> throw WeightProblems.unknownMember(file, name, member);
      }
      if (before != null) {
        throw WeightProblems.memberTwice(file, name, member);
      }
    }
    json.endObject();
    if (type == null || shape == null || offsets == null) {
      String missing = type == null ? "dtype" : shape == null ? "shape" : "data_offsets";
      throw WeightProblems.missingMember(file, name, missing);
    }
    return checked(name, type, shape, offsets);
  }

  private Span checked(String name, DType type, List<Long> shape, List<Long> offsets) {
    if (offsets.size() != 2) {
      throw WeightProblems.offsetsAreNoPair(file, name, offsets);
    }
    long begin = offsets.get(0);
    long end = offsets.get(1);
    if (begin > end || end > dataBytes) {
      throw WeightProblems.offsetsOutOfRange(file, name, begin, end, dataBytes);
    }
    long expected;
    try {
      expected = shape.stream().reduce((long) type.bytes(), Math::multiplyExact);
    } catch (ArithmeticException e) {
      throw WeightProblems.shapeOverflows(file, name, type.name(), shape);
    }
    if (end - begin != expected) {
      throw WeightProblems.sizeMismatch(file, name, type.name(), shape, expected, end - begin);
    }
    return new Span(name, type, List.copyOf(shape), begin, end);
  }

  private DType readType(String name) throws IOException {
    require(JsonToken.STRING, name, "dtype as a string");
    String text = json.nextString();
    Optional<DType> type =
        Arrays.stream(DType.values()).filter(known -> known.name().equals(text)).findFirst();
    return type.orElseThrow(
        () -> WeightProblems.unknownType(file, name, text, Arrays.toString(DType.values())));
  }

  private List<Long> readNumbers(String name, String member, int most) throws IOException {
    require(JsonToken.BEGIN_ARRAY, name, member + " as an array of whole numbers");
    List<Long> numbers = new ArrayList<>();
    json.beginArray();
    while (json.hasNext()) {
      require(JsonToken.NUMBER, name, member + " as an array of whole numbers");
      if (numbers.size() == most) {
        throw WeightProblems.tooManyNumbers(file, name, member, most);
      }
      numbers.add(wholeNumber(name, member, json.nextString()));
    }
    json.endArray();
    return numbers;
  }

  private long wholeNumber(String name, String member, String text) {
    if (WHOLE_NUMBER.matcher(text).matches()) {
      try {
        return Long.parseLong(text);
      } catch (NumberFormatException tooLarge) {
        // 19 digits can exceed 2^63 - 1: refused below like every other illegal number.
      }
    }
    throw WeightProblems.illegalNumber(file, name, member, text);
  }

  private String nextName() throws IOException {
    last = json.nextName();
    // JSON can spell half a surrogate pair as an escape; such a name could not be written again.
    if (!utf8.canEncode(last)) {
      throw WeightProblems.headerIsNotUtf8(file, last);
    }
    return last;
  }

  private void require(JsonToken token, String name, String wanted) throws IOException {
    if (json.peek() != token) {
      throw WeightProblems.wrongKind(file, name, wanted);
    }
  }
}
