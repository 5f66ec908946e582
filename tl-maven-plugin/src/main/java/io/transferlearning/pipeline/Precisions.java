package io.transferlearning.pipeline;

import io.transferlearning.engine.Processor;
import io.transferlearning.network.torchscript.Numerics;
import io.transferlearning.problem.ConfigurationProblems;
import java.util.List;

/** The words for numerics, and what {@code auto} means on a processor. */
public final class Precisions {
  /** Chooses by the processor. */
  public static final String AUTO = "auto";

  private static final String FP32 = "fp32";
  private static final String BF16 = "bf16";
  private static final List<String> WORDS = List.of(AUTO, FP32, BF16);

  private Precisions() {}

  /**
   * Gives the word back.
   *
   * @throws io.transferlearning.problem.Problem for one that means nothing
   */
  public static String requireKnown(String word) {
    if (!WORDS.contains(word)) {
      throw ConfigurationProblems.illegal("transfer.precision", word, WORDS);
    }
    return word;
  }

  /**
   * What a word means. {@code auto} looks at what the processor can do and measures nothing: the
   * same machine kind must always give the same model.
   */
  static Numerics of(String word, Processor processor) {
    boolean mixed = word.equals(BF16) || (word.equals(AUTO) && processor.bf16());
    return mixed ? Numerics.MIXED : Numerics.SINGLE;
  }

  /** {@code fp32} or {@code bf16}. */
  static String text(Numerics numerics) {
    return numerics.precision() == Numerics.Precision.BF16 ? BF16 : FP32;
  }
}
