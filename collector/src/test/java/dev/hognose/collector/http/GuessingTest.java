package dev.hognose.collector.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who tries passwords must wait, and nobody else. */
@Timeout(60)
class GuessingTest {

  @TempDir private Path folder;

  @Test
  void whoTriesPasswordsMustWaitAndLearnsNothing() throws Exception {
    try (ServedDoor server = ServedDoor.guarded(folder, Set.of())) {
      for (int i = 0; i < WrongPasswords.AT_ONCE; i++) {
        assertThat(server.getWith("/", "Bearer wrong-" + i).statusCode()).isEqualTo(401);
      }
      HttpResponse<String> refused = server.getWith("/", "Bearer " + ServedDoor.TOKEN);

      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(refused.body()).isEqualTo("too many wrong passwords from this address\n");
      assertThat(refused.headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(1L, 7L);
      assertThat(server.get("/readyz").statusCode()).isEqualTo(200);
    }
  }

  /** The one who guesses says that he is others, too: only what the proxy has added counts. */
  @Test
  void behindAProxyOnlyWhoGuessesMustWait() throws Exception {
    try (ServedDoor server = ServedDoor.guarded(folder, Set.of("127.0.0.1"))) {
      for (int i = 0; i < WrongPasswords.AT_ONCE; i++) {
        String forwarded = "198.51.100." + i + ", 203.0.113.9";
        assertThat(server.talk(forwarded(forwarded, "wrong-" + i))).startsWith("HTTP/1.1 401 ");
      }

      assertThat(server.talk(forwarded("203.0.113.9", ServedDoor.TOKEN)))
          .startsWith("HTTP/1.1 429 ");
      assertThat(server.talk(forwarded("203.0.113.10", ServedDoor.TOKEN))).endsWith("home\n");
    }
  }

  @Test
  void whoIsNoProxyCannotSayThatHeIsAnother() throws Exception {
    try (ServedDoor server = ServedDoor.guarded(folder, Set.of("192.0.2.1"))) {
      for (int i = 0; i < WrongPasswords.AT_ONCE; i++) {
        server.talk(forwarded("198.51.100." + i, "wrong-" + i));
      }

      assertThat(server.talk(forwarded("198.51.100.99", ServedDoor.TOKEN)))
          .startsWith("HTTP/1.1 429 ");
    }
  }

  private static String forwarded(String addresses, String token) {
    return "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Forwarded-For: "
        + addresses
        + "\r\nAuthorization: Bearer "
        + token
        + "\r\n\r\n";
  }
}
