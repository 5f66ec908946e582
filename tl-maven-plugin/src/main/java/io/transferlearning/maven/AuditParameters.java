package io.transferlearning.maven;

import io.transferlearning.data.audit.Action;
import io.transferlearning.data.audit.Kind;
import io.transferlearning.problem.ConfigurationProblems;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What becomes of each kind of finding about the images. */
public class AuditParameters {
  @Nullable String unreadable;
  @Nullable String testLeakage;
  @Nullable String validationLeakage;
  @Nullable String twoClasses;
  @Nullable String duplicates;
  @Nullable String fewImages;
  @Nullable String imbalance;
  @Nullable String smallImages;
  @Nullable String otherFiles;

  /**
   * What users said.
   *
   * @throws io.transferlearning.problem.Problem for a word that is none of the legal ones
   */
  static Map<Kind, Action> actions(@Nullable AuditParameters elements, Settings settings) {
    AuditParameters all = elements == null ? new AuditParameters() : elements;
    Map<Kind, Action> actions = new EnumMap<>(Kind.class);
    for (Kind kind : Kind.values()) {
      String property = "transfer.audit." + kind.text();
      String text = settings.text(property, all.element(kind));
      if (text != null) {
        actions.put(
            kind,
            Action.of(text)
                .orElseThrow(() -> ConfigurationProblems.illegal(property, text, Action.texts())));
      }
    }
    return actions;
  }

  private @Nullable String element(Kind kind) {
    return switch (kind) {
      case UNREADABLE -> unreadable;
      case TEST_LEAKAGE -> testLeakage;
      case VALIDATION_LEAKAGE -> validationLeakage;
      case TWO_CLASSES -> twoClasses;
      case DUPLICATES -> duplicates;
      case FEW_IMAGES -> fewImages;
      case IMBALANCE -> imbalance;
      case SMALL_IMAGES -> smallImages;
      case OTHER_FILES -> otherFiles;
    };
  }
}
