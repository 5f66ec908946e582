package io.transferlearning.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.transferlearning.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainerClassPathTest {
  @ParameterizedTest
  @CsvSource({
    "Linux,amd64,linux-x86_64",
    "Linux,x86_64,linux-x86_64",
    "Linux,aarch64,linux-aarch64",
    "Mac OS X,aarch64,osx-aarch64",
    "Windows 11,amd64,win-x86_64",
    "Windows Server 2022,x86_64,win-x86_64"
  })
  void everyMachineOfLibtorchHasItsClassifier(String os, String arch, String classifier) {
    assertThat(TrainerClassPath.platform(os, arch)).isEqualTo(classifier);
  }

  @ParameterizedTest
  @CsvSource({
    "Mac OS X,x86_64",
    "Windows 11,aarch64",
    "Linux,riscv64",
    "Linux,i386",
    "SunOS,amd64"
  })
  void otherMachinesAreRefused(String os, String arch) {
    assertThatThrownBy(() -> TrainerClassPath.platform(os, arch))
        .isInstanceOf(Problem.class)
        .hasMessageStartingWith("there is no libtorch for %s on %s", os, arch);
  }

  @Test
  void theNameOfTheSystemIsLowerCasedWithoutTheUsersLanguage() {
    java.util.Locale before = java.util.Locale.getDefault();
    java.util.Locale.setDefault(java.util.Locale.forLanguageTag("tr"));
    try {
      assertThat(TrainerClassPath.platform("WINDOWS", "AMD64")).isEqualTo("win-x86_64");
    } finally {
      java.util.Locale.setDefault(before);
    }
  }
}
