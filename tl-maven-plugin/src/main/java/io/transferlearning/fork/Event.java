package io.transferlearning.fork;

import com.google.gson.Gson;
import org.jspecify.annotations.Nullable;

/**
 * What the trainer's JVM tells Maven's, one line of JSON each, in a file: native libraries write to
 * standard output whenever they like.
 *
 * @param kind what it is
 * @param text the line, phase, problem or stack trace
 * @param next of a problem, what the user can do
 * @param fraction of a step, the part of its phase that is done
 */
record Event(Kind kind, String text, @Nullable String next, @Nullable Double fraction) {
  private static final Gson JSON = new Gson();

  /** What an event can be. */
  enum Kind {
    /** What is running from now on. */
    PHASE,
    /** Where the phase is. */
    STEP,
    /** A line for the user. */
    INFO,
    /** A line the user should look at. */
    WARN,
    /** The end: something the user can mend. */
    PROBLEM,
    /** The end: an exception nobody foresaw. */
    CRASH,
    /** The end: everything is done. */
    DONE
  }

  Event(Kind kind, String text) {
    this(kind, text, null, null);
  }

  String toLine() {
    return JSON.toJson(this) + "\n";
  }

  static Event parse(String line) {
    return JSON.fromJson(line, Event.class);
  }
}
