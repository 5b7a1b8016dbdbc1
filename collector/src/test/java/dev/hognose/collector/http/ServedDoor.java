package dev.hognose.collector.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A web server behind a door, and what a client may say to it. */
record ServedDoor(WebServer server) implements AutoCloseable {

  static final String TOKEN = "0123456789abcdef";

  private static final Map<String, Handler> HANDLERS =
      Map.of(
          "/", context -> context.result("home\n"),
          "/readyz", ServedDoor::ready,
          "/alerts/{id}", context -> context.result(context.pathParam("id") + "\n"),
          "/large", context -> context.result("x".repeat(20_000_000)));

  static ServedDoor of(HttpSettings settings, Door door) {
    WebServer server = new WebServer(settings, door, HANDLERS, new SimpleMeterRegistry());
    server.start();
    return new ServedDoor(server);
  }

  /** Everybody is let in. */
  static ServedDoor open() {
    HttpSettings settings = HttpSettings.open("127.0.0.1", 0);
    return of(settings, new Door(settings));
  }

  /** Who has the token is let in. */
  static ServedDoor guarded(Path folder, Set<String> proxies) throws IOException {
    Path tokens = Files.writeString(folder.resolve("tokens"), TOKEN + "\n");
    HttpSettings settings =
        new HttpSettings(
            "127.0.0.1",
            0,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(tokens),
            Set.of(),
            proxies);
    return of(settings, new Door(settings));
  }

  private static void ready(Context context) {
    context.result(Visitor.isKnown(context) ? "waiting for kafka:9092" : "not now");
  }

  int port() {
    return server.port();
  }

  /** The answer to these very bytes. */
  String talk(String request) throws IOException {
    try (Socket socket = connected()) {
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    }
  }

  Socket connected() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(40_000);
    return socket;
  }

  HttpResponse<String> get(String path) throws Exception {
    return HttpClient.newHttpClient().send(request("http", path), BodyHandlers.ofString());
  }

  HttpResponse<String> getWith(String path, String authorization) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(address("http", path))
            .header("Authorization", authorization)
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
  }

  HttpRequest request(String scheme, String path) {
    return HttpRequest.newBuilder(address(scheme, path)).build();
  }

  private URI address(String scheme, String path) {
    return URI.create(scheme + "://127.0.0.1:" + server.port() + path);
  }

  @Override
  public void close() {
    server.close();
  }
}
