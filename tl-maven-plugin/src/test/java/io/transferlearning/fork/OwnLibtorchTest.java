package io.transferlearning.fork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.transferlearning.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class OwnLibtorchTest {
  private static final String VERSION = "2.7.1";

  private final Path folder;

  OwnLibtorchTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void djlIsToldOfTheFolderAndOfTheCpu() throws IOException {
    file("lib/libtorch.so");

    assertThat(applied(Map.of()))
        .containsEntry("PYTORCH_LIBRARY_PATH", folder.resolve("lib").toString())
        .containsEntry("PYTORCH_FLAVOR", "cpu")
        .doesNotContainKey("LD_LIBRARY_PATH");
  }

  @Test
  void theRuntimeThatDjlCountsGpusWithIsLinkedWhereItsNameHasHash() throws IOException {
    file("lib/libtorch.so");
    file("lib/libtorch_cuda.so");
    Path runtime = file("lib/libcudart-218eec4c.so.12");

    Map<String, String> environment = applied(Map.of("LD_LIBRARY_PATH", "/opt/lib"));

    assertThat(environment).containsEntry("PYTORCH_FLAVOR", "cu128");
    String[] path = environment.getOrDefault("LD_LIBRARY_PATH", "").split(":", 2);
    assertThat(path[0]).isEqualTo("/opt/lib");
    assertThat(Path.of(path[1]).resolve("libcudart.so").toRealPath())
        .isEqualTo(runtime.toRealPath());
  }

  @Test
  void theRuntimeOfPythonsPackagesIsFound() throws IOException {
    file("torch/lib/libtorch.so");
    file("torch/lib/libtorch_cuda.so");
    Path runtime = file("nvidia/cuda_runtime/lib/libcudart.so.12");

    Map<String, String> environment = new HashMap<>();
    OwnLibtorch.in(folder.resolve("torch"), VERSION).apply(folder.resolve("cache"), environment);

    assertThat(
            Path.of(environment.getOrDefault("LD_LIBRARY_PATH", ""))
                .resolve("libcudart.so")
                .toRealPath())
        .isEqualTo(runtime.toRealPath());
  }

  @Test
  void aLinkToWhatIsGoneIsMadeAgain() throws IOException {
    file("lib/libtorch.so");
    file("lib/libtorch_cuda.so");
    Path runtime = file("lib/libcudart-218eec4c.so.12");
    Path link = folder.resolve("cache/cudart/libcudart-218eec4c.so.12/libcudart.so");
    Files.createDirectories(link.getParent());
    Files.createSymbolicLink(link, folder.resolve("gone"));

    applied(Map.of());

    assertThat(link.toRealPath()).isEqualTo(runtime.toRealPath());
  }

  @Test
  void theUsersFlavorStays() throws IOException {
    file("lib/libtorch.so");

    assertThat(applied(Map.of("PYTORCH_FLAVOR", "cu130"))).containsEntry("PYTORCH_FLAVOR", "cu130");
  }

  @Test
  void aFolderWithoutLibtorchIsRefused() {
    assertThatThrownBy(() -> OwnLibtorch.in(folder, VERSION))
        .isInstanceOf(Problem.class)
        .hasMessage(
            "transfer.libtorch: neither "
                + folder
                + " nor its folder lib holds libtorch.so\n"
                + "  -> unpack libtorch 2.7.1 for CUDA 12.8 from https://pytorch.org and name its folder");
  }

  @Test
  void anotherVersionIsRefusedWhereNoBindingIsBesideIt() throws IOException {
    file("lib/libtorch.so");
    Files.writeString(folder.resolve("build-version"), "2.6.0+cu124\n");

    assertThatThrownBy(() -> OwnLibtorch.in(folder, VERSION))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("holds libtorch 2.6.0, and DJL is bound to 2.7.1")
        .hasMessageContaining("libdjl_torch.so");

    file("lib/libdjl_torch.so");
    assertThat(applied(Map.of())).containsEntry("PYTORCH_VERSION", "2.6.0");
  }

  @Test
  void pythonsVersionIsRead() throws IOException {
    file("lib/libtorch.so");
    Files.writeString(folder.resolve("version.py"), "__version__ = '2.7.1+cu128'\ndebug = False\n");
    assertThat(applied(Map.of())).containsKey("PYTORCH_LIBRARY_PATH");

    Files.writeString(folder.resolve("version.py"), "__version__ = '2.11.0+cu130'\n");
    assertThatThrownBy(() -> OwnLibtorch.in(folder, VERSION))
        .hasMessageContaining("libtorch 2.11.0,");
  }

  private Map<String, String> applied(Map<String, String> inherited) throws IOException {
    Map<String, String> environment = new HashMap<>(inherited);
    OwnLibtorch.in(folder, VERSION).apply(folder.resolve("cache"), environment);
    return environment;
  }

  private Path file(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.createFile(file);
  }
}
