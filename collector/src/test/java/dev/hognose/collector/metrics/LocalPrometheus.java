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
import java.util.ArrayList;
import java.util.List;

/** A real Prometheus of its own folder, from Debian's package. */
public final class LocalPrometheus implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration BEAT = Duration.ofMillis(200);

  private final Process process;
  private final int port;
  private final HttpClient client = HttpClient.newHttpClient();

  private LocalPrometheus(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** One that scrapes nothing and answers queries over blocks that are there. */
  static LocalPrometheus on(Path blocks) throws IOException {
    return start(blocks, "global: {}\n", List.of("--storage.tsdb.retention.time=100y"));
  }

  /** One that scrapes a port of this machine once a second; ready at once, with nothing yet. */
  public static LocalPrometheus scraping(int target, Path folder, List<String> features)
      throws IOException {
    String config =
        """
        scrape_configs:
          - job_name: hognose-collector
            scrape_interval: 1s
            static_configs:
              - targets: ['127.0.0.1:%d']
        """
            .formatted(target);
    return start(folder, config, List.of("--enable-feature=" + String.join(",", features)));
  }

  private static LocalPrometheus start(Path folder, String settings, List<String> options)
      throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Path config = folder.resolve("prometheus.yml");
    Files.writeString(config, settings);
    List<String> command = new ArrayList<>();
    command.add("prometheus");
    command.add("--config.file=" + config);
    command.add("--storage.tsdb.path=" + folder);
    command.add("--web.listen-address=127.0.0.1:" + port);
    command.addAll(options);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
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
    return asked("query?time=" + at, expr).at("/data/result");
  }

  /** The result's series as of now, once there are some; it scrapes by a clock of its own. */
  public JsonNode awaited(String expr) throws IOException, InterruptedException {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (Instant.now().isBefore(deadline)) {
      JsonNode found = query(expr, Instant.now());
      if (!found.isEmpty()) {
        return found;
      }
      Thread.sleep(BEAT.toMillis());
    }
    throw new AssertionError(expr + ": expected data within " + PATIENCE);
  }

  /** Exemplars of series between two moments. */
  public JsonNode exemplars(String expr, Instant from, Instant to)
      throws IOException, InterruptedException {
    return asked("query_exemplars?start=%s&end=%s".formatted(from, to), expr).get("data");
  }

  private JsonNode asked(String question, String expr) throws IOException, InterruptedException {
    String url =
        "http://127.0.0.1:%d/api/v1/%s&query=%s"
            .formatted(port, question, URLEncoder.encode(expr, UTF_8));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(30)).build();
    JsonNode answer =
        JSON.readTree(client.send(request, HttpResponse.BodyHandlers.ofString(UTF_8)).body());
    if (!answer.get("status").asText().equals("success")) {
      throw new IllegalArgumentException(expr + ": " + answer.get("error").asText());
    }
    return answer;
  }

  @Override
  public void close() {
    process.destroy();
  }
}
