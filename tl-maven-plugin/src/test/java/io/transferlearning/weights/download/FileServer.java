package io.transferlearning.weights.download;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A server on this machine that has one file, and the faults that a test gives it. */
final class FileServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Headers> requests = new ArrayList<>();
  byte[] file = new byte[0];
  @Nullable String etag;
  boolean ranges = true;

  /** After so many bytes of an answer the connection is cut, so many times. */
  int cutAfter = -1;

  int cuts;

  FileServer() throws IOException {
    this(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
  }

  FileServer(HttpServer server) {
    this.server = server;
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /** Answers a path in another way. */
  void at(String path, HttpHandler handler) {
    server.createContext(path, handler);
  }

  /** Answers a path with a status and a text. */
  void at(String path, int status, String type, String text) {
    at(
        path,
        exchange -> {
          note(exchange);
          exchange.getResponseHeaders().set("Content-Type", type);
          byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }

  /** Sends a path on to another address. */
  void redirect(String path, String to) {
    at(
        path,
        exchange -> {
          note(exchange);
          exchange.getResponseHeaders().set("Location", to);
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
  }

  URI url(String path) {
    return URI.create("http://127.0.0.1:" + port() + path);
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** The headers of the requests so far, in their order. */
  List<Headers> requests() {
    synchronized (requests) {
      return List.copyOf(requests);
    }
  }

  void note(HttpExchange exchange) {
    synchronized (requests) {
      requests.add(exchange.getRequestHeaders());
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    note(exchange);
    int from = from(exchange.getRequestHeaders());
    if (etag != null) {
      exchange.getResponseHeaders().set("ETag", etag);
    }
    if (from > 0) {
      exchange
          .getResponseHeaders()
          .set("Content-Range", "bytes " + from + "-" + (file.length - 1) + "/" + file.length);
    }
    exchange.sendResponseHeaders(from > 0 ? 206 : 200, file.length - from);
    boolean cut = cuts > 0;
    cuts--;
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(file, from, cut ? Math.min(cutAfter, file.length - from) : file.length - from);
      out.flush();
      if (cut) {
        throw new IOException("cut");
      }
    } finally {
      exchange.close();
    }
  }

  /** As RFC 9110 has it: a range only if the file is still the one that was begun. */
  private int from(Headers headers) {
    String range = headers.getFirst("Range");
    String ifRange = headers.getFirst("If-Range");
    boolean same = ifRange == null || ifRange.equals(etag);
    return range == null || !ranges || !same
        ? 0
        : Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
