package dev.hognose.collector.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who is let in over real sockets, and what is seen from outside. */
@Timeout(60)
class DoorTest {

  @TempDir private Path folder;

  @Test
  void tlsIsSpokenWithTheCertificateOfTheFiles() throws Exception {
    OwnCertificate own = OwnCertificate.in(folder, "EC");
    HttpSettings settings =
        new HttpSettings(
            "127.0.0.1",
            0,
            Optional.of(own.certificate()),
            Optional.of(own.key()),
            Optional.empty(),
            Optional.empty(),
            Set.of(),
            Set.of());
    try (ServedDoor server = ServedDoor.of(settings, new Door(settings))) {
      HttpClient trusting = HttpClient.newBuilder().sslContext(own.client()).build();
      HttpResponse<String> answer =
          trusting.send(server.request("https", "/"), BodyHandlers.ofString());

      assertThat(answer.body()).isEqualTo("home\n");
      assertThat(answer.headers().firstValue("Strict-Transport-Security")).isPresent();
      assertThatThrownBy(
              () ->
                  HttpClient.newHttpClient()
                      .send(server.request("https", "/"), BodyHandlers.ofString()))
          .isInstanceOf(SSLException.class);
      assertThat(server.talk("GET / HTTP/1.1\r\nHost: x\r\n\r\n")).doesNotContain("home");
    }
  }

  @Test
  void strangersSeeNothingButWhetherItLivesAndIsReady() throws Exception {
    try (ServedDoor server = ServedDoor.guarded(folder, Set.of())) {
      for (String path : List.of("/", "/large", "/no/such/page", "/metrics", "//", "/readyz/")) {
        HttpResponse<String> refused = server.get(path);

        assertThat(refused.statusCode()).as(path).isEqualTo(401);
        assertThat(refused.body())
            .isEqualTo("expected a name with its password, or a bearer token\n");
        assertThat(refused.headers().firstValue("WWW-Authenticate"))
            .contains("Basic realm=\"hognose\", charset=\"UTF-8\"");
      }
      assertThat(server.get("/readyz").body()).isEqualTo("not now");
    }
  }

  @Test
  void whoeverShowsATokenSeesAll() throws Exception {
    try (ServedDoor server = ServedDoor.guarded(folder, Set.of())) {
      assertThat(server.getWith("/readyz", "Bearer " + ServedDoor.TOKEN).body())
          .isEqualTo("waiting for kafka:9092");
    }
  }

  @Test
  void everyAnswerTellsTheBrowserToBeCarefulAndNobodyWhatServesIt() throws Exception {
    try (ServedDoor server = ServedDoor.open()) {
      for (String path : List.of("/", "/no/such/page")) {
        Map<String, List<String>> headers = server.get(path).headers().map();

        assertThat(headers)
            .containsEntry("x-content-type-options", List.of("nosniff"))
            .containsEntry("x-frame-options", List.of("SAMEORIGIN"))
            .containsEntry("referrer-policy", List.of("same-origin"))
            .containsEntry("cross-origin-resource-policy", List.of("same-origin"))
            .containsEntry(
                "content-security-policy", List.of("default-src 'none'; frame-ancestors 'none'"))
            .doesNotContainKeys("server", "x-powered-by");
      }
    }
  }

  @Test
  void pageFromElsewhereReadsNothingThroughItsReadersBrowser() throws Exception {
    try (ServedDoor server = ServedDoor.open()) {
      String ask = "GET /%s HTTP/1.1\r\nHost: %s:" + server.port() + "\r\n\r\n";

      for (String path : List.of("", "readyz", "no/such/page")) {
        assertThat(server.talk(ask.formatted(path, "rebound.example.net")))
            .startsWith("HTTP/1.1 421 ")
            .endsWith(
                "expected an address or a name of this server: HOGNOSE_HTTP_NAMES gives it more\n")
            .doesNotContain("home", "rebound");
      }
      assertThat(server.talk(ask.formatted("", "localhost"))).endsWith("home\n");
    }
  }
}
