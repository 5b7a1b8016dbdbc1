import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Scrapes, as Prometheus would. */
record Client(Server server, HttpClient client) {

  /** One scrape; time is the client's, from the request to the last byte, the rest the server's. */
  record Figures(double seconds, double cpuSeconds, double garbageBytes, long bodyBytes) {}

  Client(Server server) {
    this(server, HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build());
  }

  Figures scrape(String arm, String encoding) throws Exception {
    System.gc();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/" + arm))
            .header("Accept-Encoding", encoding)
            .timeout(Duration.ofMinutes(2))
            .build();
    Spent before = Spent.now();
    long begin = System.nanoTime();
    long bytes = 0;
    HttpResponse<InputStream> answer =
        client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    byte[] buffer = new byte[1 << 16];
    try (InputStream body = answer.body()) {
      for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
        bytes += read;
      }
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    Spent after = Spent.now();
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(arm + ": status " + answer.statusCode());
    }
    return new Figures(
        seconds, (after.nanos() - before.nanos()) / 1e9, after.bytes() - before.bytes(), bytes);
  }
}
