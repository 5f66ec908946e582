package io.transferlearning.weights.download;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A process that downloads one file, through a proxy where it is given one. */
final class BuildOfItsOwn {
  private BuildOfItsOwn() {}

  /** Starts one that writes what it prints to a file. */
  static Process start(Path output, List<String> jvm, Path cache, URI url, String... proxy)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvm);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(BuildOfItsOwn.class.getName(), cache.toString(), url.toString()));
    command.addAll(List.of(proxy));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
  }

  /**
   * Prints the file's digest.
   *
   * @param arguments cache folder, address, and perhaps the proxy's port, user and password
   */
  public static void main(String[] arguments) throws InterruptedException {
    NetworkAccess network =
        arguments.length < 5
            ? new Direct(false)
            : new Through(
                new ProxyServer(
                    "127.0.0.1",
                    Integer.parseInt(arguments[2]),
                    Optional.of(new Credentials(arguments[3], arguments[4]))));
    RemoteFile wanted = new RemoteFile(URI.create(arguments[1]), Optional.empty());
    System.out.println(
        new Downloads(Path.of(arguments[0]), network, new Heard(), () -> {})
            .fetch(wanted)
            .sha256());
  }
}
