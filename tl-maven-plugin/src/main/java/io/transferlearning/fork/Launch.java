package io.transferlearning.fork;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How to start the trainer's JVM.
 *
 * @param java the executable
 * @param classPath everything it needs, natives included where the user brings none
 * @param libtorch the user's own natives
 * @param jvmArguments the user's, after ours
 * @param cache where DJL unpacks native libraries; shared by builds
 * @param folder for the request, the events and the log; made, and removed where all went well
 * @param threads of an operation on the CPU
 * @param timeout after which the trainer is ended, without the wait for its turn; zero for never
 */
public record Launch(
    Path java,
    List<Path> classPath,
    @Nullable OwnLibtorch libtorch,
    List<String> jvmArguments,
    Path cache,
    Path folder,
    int threads,
    Duration timeout) {
  public Launch {
    classPath = List.copyOf(classPath);
    jvmArguments = List.copyOf(jvmArguments);
  }
}
