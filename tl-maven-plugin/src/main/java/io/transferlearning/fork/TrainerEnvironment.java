package io.transferlearning.fork;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Environment variables of the trainer's JVM: nothing from the network, and memory that large
 * tensors can be had from fast.
 */
final class TrainerEnvironment {
  /** Where distributions put jemalloc. */
  private static final List<String> JEMALLOC =
      List.of(
          "/usr/lib/x86_64-linux-gnu/libjemalloc.so.2",
          "/usr/lib/aarch64-linux-gnu/libjemalloc.so.2",
          "/usr/lib64/libjemalloc.so.2",
          "/usr/lib/libjemalloc.so.2");

  /**
   * Huge pages, kept for a minute. Without a limit (-1) memory grew by 400 MB an epoch where a
   * network has tensors of many sizes (DenseNet in bf16): only what has been idle for a while is
   * made whole again. Nor may a large free piece be too good for a small tensor, which is what
   * jemalloc's own limit of 64 times its size says. And what is larger than 8 MB must be no special
   * case: it comes from an arena of its own, which keeps nothing where there is any limit of time,
   * so that every step faulted its activations in again, at two thirds of the speed.
   */
  private static final String JEMALLOC_OPTIONS =
      "thp:always,dirty_decay_ms:60000,lg_extent_max_active_fit:30,oversize_threshold:0";

  private TrainerEnvironment() {}

  /** Adds ours to the inherited variables; the user's own choice of an allocator stays. */
  static void apply(Launch launch, Map<String, String> environment) throws IOException {
    // DJL asks a server for natives and sends a ping unless told not to.
    environment.put("DJL_OFFLINE", "true");
    environment.put("OPT_OUT_TRACKING", "true");
    environment.put("DJL_CACHE_DIR", launch.cache().toString());
    environment.put("OMP_NUM_THREADS", Integer.toString(launch.threads()));
    jemalloc(environment);
    if (launch.libtorch() != null) {
      launch.libtorch().apply(launch.cache(), environment);
    }
  }

  /**
   * Activations of a batch are hundreds of megabytes that glibc gives back to the system after
   * every use; faulting their pages in again costs up to a third of a training step. jemalloc keeps
   * them, in huge pages.
   */
  private static void jemalloc(Map<String, String> environment) {
    if (environment.containsKey("LD_PRELOAD") || environment.containsKey("MALLOC_CONF")) {
      return;
    }
    for (String library : JEMALLOC) {
      if (Files.isReadable(Path.of(library))) {
        environment.put("LD_PRELOAD", library);
        environment.put("MALLOC_CONF", JEMALLOC_OPTIONS);
        return;
      }
    }
    // glibc from 2.35 on takes huge pages too, which is most of what jemalloc gains.
    environment.putIfAbsent("GLIBC_TUNABLES", "glibc.malloc.hugetlb=1");
  }
}
