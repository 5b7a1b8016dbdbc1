package dev.hognose.collector.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.collector.ServedFleet;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A scrape over HTTP: formats and compression. */
class MetricsRoutesTest {

  private final ServedFleet web = new ServedFleet();

  @AfterEach
  void end() {
    web.close();
  }

  @Test
  void metricsComeInTheFormatThatIsAskedFor() throws Exception {
    web.fill();

    HttpResponse<String> text = web.get("/metrics");
    assertThat(text.headers().firstValue("Content-Type"))
        .get()
        .asString()
        .startsWith("text/plain; version=0.0.4");
    assertThat(text.body()).contains("process_resident_memory_bytes{").doesNotContain("# EOF");

    HttpResponse<String> openMetrics =
        web.client()
            .send(
                web.request("/metrics").header("Accept", "application/openmetrics-text").build(),
                BodyHandlers.ofString());
    assertThat(openMetrics.headers().firstValue("Content-Type"))
        .get()
        .asString()
        .startsWith("application/openmetrics-text; version=1.0.0");
    assertThat(openMetrics.body()).endsWith("# EOF\n");

    HttpResponse<String> picture =
        web.client()
            .send(
                web.request("/metrics").header("Accept", "image/png").build(),
                BodyHandlers.ofString());
    assertThat(picture.headers().firstValue("Content-Type"))
        .get()
        .asString()
        .startsWith("text/plain");
  }

  @Test
  void metricsAreCompressedForThoseWhoCanRead() throws Exception {
    web.fill();

    for (String accept : List.of("text/plain", "application/openmetrics-text")) {
      HttpResponse<byte[]> answer =
          web.client()
              .send(
                  web.request("/metrics")
                      .header("Accept-Encoding", "gzip")
                      .header("Accept", accept)
                      .build(),
                  BodyHandlers.ofByteArray());

      assertThat(answer.headers().firstValue("Content-Encoding")).contains("gzip");
      try (GZIPInputStream plain = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
        assertThat(new String(plain.readAllBytes(), StandardCharsets.UTF_8))
            .contains("process_resident_memory_bytes{");
      }
    }
  }
}
