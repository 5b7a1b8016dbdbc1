package dev.hognose.collector.http;

import static dev.hognose.collector.ServedFleet.error;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.collector.ServedFleet;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is refused, whoever asks for whatever. */
class WebServerTest {

  private final ServedFleet web = new ServedFleet();

  @AfterEach
  void end() {
    web.close();
  }

  @Test
  void requestsAreCountedByPathAndNeverByWhatStrangersAskFor() throws Exception {
    web.get("/api/v1/alerts/a1");
    web.get("/no/such/page");

    assertThat(web.get("/metrics").body())
        .contains(
            "hognose_http_requests_seconds_count{path=\"/api/v1/alerts/{id}\",status=\"404\"} 1",
            "hognose_http_requests_seconds_count{path=\"none\",status=\"404\"} 1");
  }

  @Test
  void unknownPathIsRefusedInOneSentence() throws Exception {
    HttpResponse<String> page = web.get("/nothing/here");
    assertThat(page.statusCode()).isEqualTo(404);
    assertThat(page.body())
        .startsWith("no such page: expected one of [/, /alerts/{id}, ")
        .endsWith("]\n");

    HttpResponse<String> api = web.get("/api/v2");
    assertThat(api.statusCode()).isEqualTo(404);
    assertThat(error(api)).startsWith("no such page: expected one of");
  }

  @Test
  void nothingCanBeChanged() throws Exception {
    for (String method : List.of("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "BREW")) {
      HttpResponse<String> answer = web.send(method, "/api/v1/alerts");

      assertThat(answer.statusCode()).as(method).isEqualTo(405);
      assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD");
      assertThat(error(answer)).isEqualTo("expected GET or HEAD: nothing here can be changed");
    }
  }

  @Test
  void headIsGetWithoutABody() throws Exception {
    HttpResponse<String> head = web.send("HEAD", "/api/v1/alerts");

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(head.body()).isEmpty();
  }

  @Test
  void queryOfAMegabyteIsRefusedWithWhatWasExpectedAndTellsNothingAboutTheServer()
      throws Exception {
    HttpResponse<String> answer = web.get("/api/v1/alerts?state=" + "x".repeat(1 << 20));

    assertThat(answer.statusCode()).isEqualTo(414);
    assertThat(answer.body()).isEqualTo("address too long: expected 8192 bytes at most\n");
    assertThat(answer.headers().map()).doesNotContainKey("server");
    assertThat(web.get("/api/v1/alerts?state=all").statusCode()).as("the next").isEqualTo(200);
  }

  @Test
  void failureOfOursShowsNoStackTrace() throws Exception {
    HttpResponse<String> answer = web.get("/broken");

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).isEqualTo("this failed here: the log of this program says why\n");
  }

  @Test
  void whateverIsAcceptedIsAnswered() throws Exception {
    web.fill();

    for (String path : List.of("/", "/metrics", "/api/v1/alerts")) {
      for (String accept : List.of("image/png", "nonsense", "*/*;q=0", "a/b;q=x,,;")) {
        HttpResponse<String> answer =
            web.client()
                .send(web.request(path).header("Accept", accept).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(path + " " + accept).isEqualTo(200);
        assertThat(answer.body()).isNotBlank();
      }
    }
  }
}
