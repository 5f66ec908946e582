package io.transferlearning.fork;

import io.transferlearning.problem.ForkProblems;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A libtorch that the user brings in the place of the one that Maven resolves, for GPUs: CUDA's is
 * gigabytes, and in no repository of Maven's.
 */
public final class OwnLibtorch {
  private static final Pattern PYTHONS_VERSION = Pattern.compile("__version__ = '([^']+)'");

  /** What Python's package has beside libtorch; these need an interpreter around them. */
  private static final String PYTHONS_OWN =
      "libaoti_custom_ops.so,libbackend_with_compiler.so,libjitbackend_test.so,libshm.so,libtorchbind_test.so";

  private final Path folder;
  private final Optional<String> version;

  private OwnLibtorch(Path folder, Optional<String> version) {
    this.folder = folder;
    this.version = version;
  }

  /**
   * What stands in a folder.
   *
   * @param folder that of the libraries, or the one above it, as archives unpack
   * @param version of libtorch that DJL's binding is for
   * @throws io.transferlearning.problem.Problem where there is none, or one of another version and
   *     no binding for it beside it
   */
  public static OwnLibtorch in(Path folder, String version) {
    Path libraries = holds(folder, "torch") ? folder : folder.resolve("lib");
    if (!holds(libraries, "torch")) {
      throw ForkProblems.noOwnLibtorch(folder, System.mapLibraryName("torch"), version);
    }
    Optional<String> found = version(libraries);
    if (found.isPresent() && !found.get().equals(version) && !holds(libraries, "djl_torch")) {
      throw ForkProblems.otherLibtorch(libraries, found.get(), version);
    }
    return new OwnLibtorch(libraries, found);
  }

  private static boolean holds(Path folder, String library) {
    return Files.isRegularFile(folder.resolve(System.mapLibraryName(library)));
  }

  /** As archives of libtorch say it, or Python's package; nobody else says it in a file. */
  private static Optional<String> version(Path libraries) {
    Path archives = libraries.resolve("../build-version");
    Path pythons = libraries.resolve("../version.py");
    try {
      if (Files.isRegularFile(archives)) {
        return Optional.of(plain(Files.readString(archives).strip()));
      } else if (Files.isRegularFile(pythons)) {
        Matcher matcher = PYTHONS_VERSION.matcher(Files.readString(pythons));
        return matcher.find() ? Optional.of(plain(matcher.group(1))) : Optional.empty();
      }
    } catch (IOException e) {
      // Not to know it is no reason to refuse.
    }
    return Optional.empty();
  }

  /** Without what it is built for: of 2.7.1+cu128, 2.7.1. */
  private static String plain(String version) {
    return version.split("\\+", 2)[0];
  }

  private boolean cuda() {
    return holds(folder, "torch_cuda");
  }

  /** Adds what DJL reads; a flavor that the user has chosen stays. */
  void apply(Path cache, Map<String, String> environment) throws IOException {
    environment.put("PYTORCH_LIBRARY_PATH", folder.toString());
    environment.putIfAbsent("PYTORCH_FLAVOR", cuda() ? "cu128" : "cpu");
    environment.putIfAbsent("PYTORCH_LIBRARY_EXCLUSION", PYTHONS_OWN);
    // What DJL then says its version is.
    version.ifPresent(found -> environment.put("PYTORCH_VERSION", found));
    if (cuda()) {
      Optional<Path> runtime = runtime(cache);
      if (runtime.isPresent()) {
        environment.merge("LD_LIBRARY_PATH", runtime.get().toString(), (a, b) -> a + ":" + b);
      }
    }
  }

  /**
   * A folder with a {@code libcudart.so}: DJL counts GPUs through a library of this name, and
   * without one sees none. Archives of libtorch bring it under a name with a hash in it, so it is
   * linked; Python's package brings it in a package of its own.
   */
  private Optional<Path> runtime(Path cache) throws IOException {
    if (holds(folder, "cudart")) {
      return Optional.of(folder);
    }
    Optional<Path> file = first(folder, "libcudart*.so*");
    if (file.isEmpty()) {
      file = first(folder.resolve("../../nvidia/cuda_runtime/lib"), "libcudart.so*");
    }
    return file.isEmpty() ? Optional.empty() : Optional.of(linked(cache, file.get()));
  }

  private static Optional<Path> first(Path folder, String glob) throws IOException {
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, glob)) {
      for (Path file : files) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }

  private static Path linked(Path cache, Path file) throws IOException {
    Path folder = cache.resolve("cudart").resolve(file.getFileName().toString());
    Path link = Files.createDirectories(folder).resolve("libcudart.so");
    Path target = file.toAbsolutePath().normalize();
    if (!Files.isSymbolicLink(link) || !Files.readSymbolicLink(link).equals(target)) {
      Files.deleteIfExists(link);
      Files.createSymbolicLink(link, target);
    }
    return folder;
  }
}
