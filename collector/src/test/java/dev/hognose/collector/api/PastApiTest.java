package dev.hognose.collector.api;

import static dev.hognose.collector.Examples.PROCESS;
import static dev.hognose.collector.Examples.T0;
import static dev.hognose.collector.Examples.sample;
import static dev.hognose.collector.ServedFleet.error;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hognose.collector.ServedFleet;
import dev.hognose.collector.history.History;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was so, as JSON: charts, stacks and hot code. */
class PastApiTest {

  private final ServedFleet web = new ServedFleet();

  @AfterEach
  void end() {
    web.close();
  }

  @Test
  void processThatNeverWasIsNotFound() throws Exception {
    web.fill();

    HttpResponse<String> answer =
        web.get("/api/v1/history?process=orders/web-1/4243/1772348400000");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(error(answer))
        .isEqualTo(
            "no such process in this time: expected one that told samples."
                + " Nearest: orders/web-1/4242/1772348400000.");
    assertThat(web.get("/api/v1/history?process=orders/web-1/4242/1772348400000").statusCode())
        .as("one that lives and told nothing yet")
        .isEqualTo(200);
  }

  @Test
  void historyIsAnArrayAFigure() throws Exception {
    web.past(
        History.of(List.of(sample(PROCESS, 1, T0), sample(PROCESS, 2, T0.plusSeconds(10))), 9));

    JsonNode history = web.json("/api/v1/history?process=orders/web-1/4242/1772348400000");

    assertThat(history.get("at_ms").toString()).isEqualTo("[1772352000000,1772352010000]");
    assertThat(history.get("rss_bytes").get(0).asLong()).isEqualTo(213L << 20);
    assertThat(history.get("cpu_cores").toString()).isEqualTo("[null,0.0]");
    assertThat(history.get("whole").asBoolean()).isTrue();
    assertThat(web.get("/api/v1/history").body())
        .isEqualTo("{\"error\":\"process: expected service/host/pid/started_at_ms\"}");
    assertThat(web.get("/api/v1/history?process=a/b/1/1&from=soon").body())
        .contains("from=soon: expected now, -2h, 2026-03-01T08:00:00Z or milliseconds");
    assertThat(web.get("/api/v1/history?process=a/b/1/1&from=now&to=-1h").statusCode())
        .isEqualTo(400);
  }

  @Test
  void stacksAreATreeAndRows() throws Exception {
    web.fill();

    JsonNode stacks = web.json("/api/v1/alerts/a1/stacks");

    assertThat(stacks.path("tree").path("value").asInt()).isEqualTo(12);
    assertThat(stacks.path("rows").toString())
        .isEqualTo(
            "[{\"level\":0,\"label\":\"all\",\"value\":12,\"self\":0},"
                + "{\"level\":1,\"label\":\"/srv/orders/app.py:7 in main\",\"value\":12,"
                + "\"self\":0},"
                + "{\"level\":2,\"label\":\"/srv/orders/views.py:41 in checkout\",\"value\":12,"
                + "\"self\":12}]");
  }

  @Test
  void hotCodeOfAServiceIsTold() throws Exception {
    JsonNode profile = web.json("/api/v1/profiles?service=orders");

    assertThat(profile.at("/seen").asInt()).isEqualTo(40);
    assertThat(profile.at("/functions/0/place").asText()).isEqualTo("orders.rank:<script>score");
    assertThat(profile.at("/functions/0/self").asInt()).isEqualTo(30);
    assertThat(profile.at("/tree/value").asInt()).isEqualTo(40);
    assertThat(profile.get("rows").findValuesAsText("level"))
        .containsExactly("0", "1", "2", "3", "3");
  }

  @Test
  void hotCodeIsComparedWithAnotherWindowOrVersion() throws Exception {
    for (String against : List.of("against_from=-2h&against_to=-1h", "against_version=1.4.1")) {
      JsonNode change = web.json("/api/v1/profiles/difference?service=orders&" + against);
      assertThat(change.at("/functions/0/before_ratio").asDouble()).isIn(0.0, 1.0);
      assertThat(change.at("/before/seen").asInt()).isEqualTo(10);
      assertThat(change.at("/after/seen").asInt()).isEqualTo(40);
    }
    assertThat(web.refused("/api/v1/profiles/difference?service=orders"))
        .endsWith("expected another window or version");
    assertThat(web.refused("/api/v1/profiles"))
        .isEqualTo("service: expected the name of a service");
    assertThat(web.refused("/api/v1/profiles?service=orders&from=now&to=-1h"))
        .contains("expected a time after from=");
  }

  @ParameterizedTest
  @CsvSource({
    "-30000d, 'expected now, -2h, 2026-03-01T08:00:00Z or milliseconds since the epoch'",
    "1969-12-31T23:59:59Z, expected a time in the years 1970 to 9999",
    "999999999999999, expected a time in the years 1970 to 9999",
    "%2B1000000000-12-31T23:59:59Z, expected a time in the years 1970 to 9999",
    "-999999999999d, 'expected now, -2h, 2026-03-01T08:00:00Z or milliseconds since the epoch'",
    "9999999999999999999, 'expected now, -2h, 2026-03-01T08:00:00Z or milliseconds since the epoch'",
    "-1e9h, 'expected now, -2h, 2026-03-01T08:00:00Z or milliseconds since the epoch'",
    "NaN, 'expected now, -2h, 2026-03-01T08:00:00Z or milliseconds since the epoch'",
  })
  void impossibleTimesAreRefusedByName(String time, String expected) throws Exception {
    for (String name : List.of("from", "to")) {
      String window = name + "=" + time;
      String said = window.replace("%2B", "+") + ": " + expected;
      assertThat(web.refused("/api/v1/history?process=orders/web-1/1/1&" + window)).isEqualTo(said);
      assertThat(web.refused("/api/v1/profiles?service=orders&" + window)).isEqualTo(said);
      assertThat(web.refused("/api/v1/profiles/difference?service=orders&against_" + window))
          .isEqualTo("against_" + said);
    }
  }
}
