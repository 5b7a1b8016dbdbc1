package dev.hognose.collector.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** A Prometheus that scrapes nothing and answers queries over blocks that are there. */
final class LocalPrometheus implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final int port;
  private final HttpClient client = HttpClient.newHttpClient();

  private LocalPrometheus(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static LocalPrometheus on(Path blocks) throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Path config = blocks.resolve("prometheus.yml");
    Files.writeString(config, "global: {}\n");
    Process process =
        new ProcessBuilder(
                "prometheus",
                "--config.file=" + config,
                "--storage.tsdb.path=" + blocks,
                "--storage.tsdb.retention.time=100y",
                "--web.listen-address=127.0.0.1:" + port)
            .redirectErrorStream(true)
            .start();
    LocalPrometheus prometheus = new LocalPrometheus(process, port);
    prometheus.awaitReady();
    return prometheus;
  }

  private void awaitReady() throws IOException {
    // Not closed: a pipe whose reader is gone would end Prometheus.
    BufferedReader log = process.inputReader(UTF_8);
    StringBuilder said = new StringBuilder();
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      if (line.contains("Server is ready to receive web requests")) {
        return;
      }
      said.append(line).append('\n');
    }
    throw new IllegalStateException("prometheus ended before it was ready:\n" + said);
  }

  /** The result's series. */
  JsonNode query(String expr, Instant at) throws IOException, InterruptedException {
    String url =
        "http://127.0.0.1:%d/api/v1/query?time=%s&query=%s"
            .formatted(port, at, URLEncoder.encode(expr, UTF_8));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(30)).build();
    JsonNode answer =
        JSON.readTree(client.send(request, HttpResponse.BodyHandlers.ofString(UTF_8)).body());
    if (!answer.get("status").asText().equals("success")) {
      throw new IllegalArgumentException(expr + ": " + answer.get("error").asText());
    }
    return answer.at("/data/result");
  }

  @Override
  public void close() {
    process.destroy();
  }
}
