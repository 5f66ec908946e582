package io.transferlearning.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.transferlearning.data.audit.Action;
import io.transferlearning.data.audit.Kind;
import io.transferlearning.problem.Problem;
import java.lang.reflect.Field;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AuditParametersTest {
  private final Properties commandLine = new Properties();

  @Test
  void nothingSaidIsNothing() {
    assertThat(actions(null)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void everyKindHasAnElementAndAProperty(Kind kind) throws ReflectiveOperationException {
    AuditParameters elements = new AuditParameters();
    Field element = AuditParameters.class.getDeclaredField(kind.text());
    element.set(elements, " Fail ");
    assertThat(actions(elements)).isEqualTo(Map.of(kind, Action.FAIL));
    commandLine.setProperty("transfer.audit." + kind.text(), "ignore");
    assertThat(actions(elements)).isEqualTo(Map.of(kind, Action.IGNORE));
  }

  @Test
  void anotherWordIsAProblem() {
    commandLine.setProperty("transfer.audit.imbalance", "warning");
    assertThatThrownBy(() -> actions(null))
        .isInstanceOf(Problem.class)
        .hasMessageContaining(
            "transfer.audit.imbalance cannot be 'warning'. Legal: ignore, warn, fail")
        .hasMessageContaining("did you mean 'warn'?");
  }

  private Map<Kind, Action> actions(@Nullable AuditParameters elements) {
    return AuditParameters.actions(elements, new Settings(commandLine, new Properties()));
  }
}
