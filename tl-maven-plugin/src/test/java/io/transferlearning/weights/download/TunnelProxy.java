package io.transferlearning.weights.download;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A proxy for https on this machine, which asks for a password and then passes bytes on. */
final class TunnelProxy implements AutoCloseable {
  final List<String> requests = new CopyOnWriteArrayList<>();
  private final ServerSocket socket;
  private final String wanted;

  TunnelProxy(Credentials wanted) throws IOException {
    this.wanted = "Proxy-Authorization: " + wanted.basic();
    this.socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    run(this::accept);
  }

  int port() {
    return socket.getLocalPort();
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = socket.accept();
      run(() -> serve(client));
    }
  }

  private void serve(Socket client) throws IOException {
    InputStream in = client.getInputStream();
    StringBuilder head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      head.append((char) in.read());
    }
    requests.add(head.toString());
    String answer =
        head.toString().contains(wanted)
            ? "HTTP/1.1 200 OK\r\n\r\n"
            : "HTTP/1.1 407 Who?\r\nProxy-Authenticate: Basic realm=\"p\"\r\nContent-Length: 0\r\n\r\n";
    client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
    // CONNECT host:port HTTP/1.1
    String target = head.toString().split(" ", -1)[1];
    int colon = target.lastIndexOf(':');
    Socket server =
        new Socket(target.substring(0, colon), Integer.parseInt(target.substring(colon + 1)));
    run(() -> pump(in, server.getOutputStream()));
    pump(server.getInputStream(), client.getOutputStream());
  }

  private static void pump(InputStream from, OutputStream to) throws IOException {
    from.transferTo(to);
    to.close();
  }

  /** What a thread does until a socket is closed. */
  private interface Work {
    void run() throws IOException;
  }

  private static void run(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // The test is over, or the client has had enough.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
