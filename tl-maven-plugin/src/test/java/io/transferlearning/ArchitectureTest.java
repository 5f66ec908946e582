package io.transferlearning;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Which package may know which: the stages of the pipeline, in the order in which data flows. */
class ArchitectureTest {
  private static final String ROOT = "io.transferlearning.";

  private static final JavaClasses PROJECT =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.transferlearning");

  /** What a package may use, beside itself. */
  private static final Map<String, List<String>> MAY_USE =
      Map.ofEntries(
          Map.entry("problem", List.of()),
          Map.entry("data", List.of("problem")),
          Map.entry("weights", List.of("problem")),
          Map.entry("network", List.of("weights", "problem")),
          Map.entry("engine", List.of("problem")),
          Map.entry("evaluation", List.of("data", "engine", "problem")),
          Map.entry(
              "training", List.of("data", "weights", "network", "engine", "evaluation", "problem")),
          Map.entry("artifact", List.of("data", "weights", "network", "training", "problem")),
          Map.entry("gate", List.of("evaluation", "problem")),
          Map.entry("report", List.of("evaluation", "problem")),
          Map.entry(
              "pipeline",
              List.of(
                  "data",
                  "weights",
                  "network",
                  "engine",
                  "training",
                  "artifact",
                  "evaluation",
                  "gate",
                  "report",
                  "problem")),
          Map.entry("fork", List.of("pipeline", "problem")),
          Map.entry(
              "maven",
              List.of(
                  "pipeline",
                  "fork",
                  "gate",
                  "evaluation",
                  "report",
                  "data",
                  "network",
                  "weights",
                  "problem")));

  static final List<String> PACKAGES = MAY_USE.keySet().stream().sorted().toList();

  @ParameterizedTest
  @FieldSource("PACKAGES")
  void aPackageUsesOnlyWhatItMay(String name) {
    String[] allowed =
        Stream.concat(Stream.of(name), MAY_USE.getOrDefault(name, List.of()).stream())
            .map(ArchitectureTest::tree)
            .toArray(String[]::new);

    noClasses()
        .that()
        .resideInAPackage(tree(name))
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.transferlearning..").and(not(resideInAnyPackage(allowed))))
        .allowEmptyShould(true)
        .check(PROJECT);
  }

  @Test
  void everyPackageHasItsRule() {
    assertThat(PROJECT.stream().map(JavaClass::getPackageName).map(ArchitectureTest::stage))
        .isSubsetOf(MAY_USE.keySet());
  }

  @Test
  void noPackagesUseEachOtherInACircle() {
    slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(PROJECT);
  }

  @Test
  void problemsDependOnTheJdkAlone() {
    classes()
        .that()
        .resideInAPackage(tree("problem"))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "org.jspecify..", tree("problem"))
        .check(PROJECT);
  }

  @Test
  void onlyTheMavenPackageKnowsMaven() {
    noClasses()
        .that()
        .resideOutsideOfPackage(tree("maven"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.maven..", "org.eclipse.aether..")
        .check(PROJECT);
  }

  @Test
  void onlyWhatComputesKnowsDjl() {
    noClasses()
        .that()
        .resideOutsideOfPackages(trees("engine", "evaluation", "training"))
        .and()
        .doNotHaveSimpleName("DjlZoo")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("ai.djl..")
        .check(PROJECT);
  }

  @Test
  void theZooKnowsOnlyWhereDjlsModelsAre() {
    noClasses()
        .that()
        .haveSimpleName("DjlZoo")
        .should()
        .dependOnClassesThat(
            resideInAPackage("ai.djl..")
                .and(
                    not(
                        resideInAnyPackage(
                            "ai.djl", "ai.djl.repository..", "ai.djl.util", "ai.djl.pytorch.zoo"))))
        .check(PROJECT);
  }

  @Test
  void trainingKnowsOnlyDjlsArrays() {
    noClasses()
        .that()
        .resideInAPackage(tree("training"))
        .should()
        .dependOnClassesThat(
            resideInAPackage("ai.djl..").and(not(resideInAPackage("ai.djl.ndarray.."))))
        .check(PROJECT);
  }

  @Test
  void ofTheEvaluationOnlyScoringKnowsDjl() {
    noClasses()
        .that()
        .resideInAPackage(tree("evaluation"))
        .and()
        .doNotHaveSimpleName("Scoring")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("ai.djl..")
        .check(PROJECT);
  }

  private static String stage(String packageName) {
    return packageName.substring(ROOT.length()).split("\\.")[0];
  }

  private static String tree(String name) {
    return ROOT + name + "..";
  }

  private static String[] trees(String... names) {
    return Arrays.stream(names).map(ArchitectureTest::tree).toArray(String[]::new);
  }
}
