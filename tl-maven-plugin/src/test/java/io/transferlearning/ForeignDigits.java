package io.transferlearning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.concurrent.Callable;

/** A country that writes numbers in digits of its own, in which {@code %d} of 1 is {@code ۱}. */
public final class ForeignDigits {
  private ForeignDigits() {}

  /** What a task gives there. */
  public static <T> T with(Callable<T> task) {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("fa-IR-u-nu-arabext"));
    try {
      assertThat("%d".formatted(1)).isEqualTo("\u06F1");
      return task.call();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    } finally {
      Locale.setDefault(before);
    }
  }
}
