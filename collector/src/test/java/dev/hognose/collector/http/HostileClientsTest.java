package dev.hognose.collector.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are none, that are too large or take too long, over real sockets. */
@Timeout(60)
class HostileClientsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello",
        "GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\nhello",
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello",
        "TRACE / HTTP/1.1\r\nHost: x\r\n\r\n",
        "CONNECT example.org:443 HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\nhello",
        "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        "GET / HTTP/1.1\r\nHost: x\r\n X: folded\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nX\u0000: y\r\n\r\n",
        "GET / HTTP/9.9\r\nHost: x\r\n\r\n",
        "GET /%00 HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /alerts/a;%jC HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /alerts/a%jC HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /?service=100% HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /?service=%4 HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /alerts/%ff HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /alerts/\u00ff HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /..%2f..%2fetc/passwd HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /assets/..;/x HTTP/1.1\r\nHost: x\r\n\r\n",
        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\r\n\r\n",
        "nonsense\r\n\r\n",
      })
  void badRequestsAreRefusedInOneSentence(String request) throws Exception {
    try (ServedDoor server = ServedDoor.open()) {
      String answer = server.talk(request);

      assertThat(answer).matches("(?s)HTTP/1.1 (4\\d\\d|505) .*");
      assertThat(answer)
          .doesNotContain("home")
          .doesNotContainIgnoringCase("jetty")
          .doesNotContainIgnoringCase("javalin")
          .doesNotContain("Exception", "at org.", "<html");
      assertThat(answer.substring(answer.indexOf("\r\n\r\n") + 4).lines()).hasSizeLessThan(2);
    }
  }

  @Test
  void headersHaveABound() throws Exception {
    try (ServedDoor server = ServedDoor.open()) {
      String one = "GET / HTTP/1.1\r\nHost: x\r\nX: " + "y".repeat(9_000) + "\r\n\r\n";
      String many = "GET / HTTP/1.1\r\nHost: x\r\n" + "X: y\r\n".repeat(3_000) + "\r\n";

      assertThat(server.talk(one))
          .startsWith("HTTP/1.1 431 ")
          .endsWith("headers too large: expected 8192 bytes at most, the address included\n");
      assertThat(server.talk(many)).startsWith("HTTP/1.1 431 ");
    }
  }

  @Test
  void whoComesWhenAllPlacesAreTakenWaitsUntilOneIsFree() throws Exception {
    List<Socket> inside = new ArrayList<>();
    try (ServedDoor server = ServedDoor.open()) {
      for (int i = 0; i < Door.MOST_CONNECTIONS; i++) {
        inside.add(asking(server));
        assertThat(statusTold(inside.get(i))).isEqualTo("HTTP/1.1 200");
      }
      try (Socket outside = asking(server)) {
        outside.setSoTimeout(500);
        assertThatThrownBy(() -> statusTold(outside)).isInstanceOf(SocketTimeoutException.class);

        inside.get(0).close();
        outside.setSoTimeout(40_000);
        assertThat(statusTold(outside)).isEqualTo("HTTP/1.1 200");
      }
    } finally {
      for (Socket each : inside) {
        each.close();
      }
    }
  }

  private static Socket asking(ServedDoor server) throws IOException {
    Socket socket = server.connected();
    socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(US_ASCII));
    return socket;
  }

  /** Of an answer the protocol and the status; the connection stays. */
  private static String statusTold(Socket socket) throws IOException {
    return new String(socket.getInputStream().readNBytes(12), US_ASCII);
  }

  /** A slow loris: enough bytes that nobody calls it silent, and never a whole request. */
  @Test
  void whoSendsARequestByDropsIsCutOffWhileOthersAreServed() throws Exception {
    try (ServedDoor server = ServedDoor.open()) {
      List<Socket> lorises = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        Socket loris = server.connected();
        loris.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\n".getBytes(US_ASCII));
        lorises.add(loris);
      }
      assertThat(server.get("/").body()).isEqualTo("home\n");

      long began = System.nanoTime();
      // All are written to each time: whoever was cut off learns it with the second byte.
      while (lorises.stream().filter(HostileClientsTest::takesAnotherByte).count() > 0) {
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(30));
        Thread.sleep(200);
      }

      for (Socket loris : lorises) {
        loris.close();
      }
      assertThat(server.get("/").body()).isEqualTo("home\n");
    }
  }

  private static boolean takesAnotherByte(Socket loris) {
    try {
      loris.getOutputStream().write("X".getBytes(US_ASCII));
      return true;
    } catch (IOException cutOff) {
      return false;
    }
  }

  /** One that asks for much and reads a few bytes a second. */
  @Test
  void whoReadsByDropsIsCutOff() throws Exception {
    SlowClients impatient = new SlowClients(Duration.ofSeconds(10), Duration.ofSeconds(2));
    HttpSettings settings = HttpSettings.open("127.0.0.1", 0);
    Door door = new Door(settings, impatient);
    try (ServedDoor server = ServedDoor.of(settings, door);
        Socket slow = server.connected()) {
      slow.getOutputStream().write("GET /large HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(US_ASCII));

      assertThat(bytesReadByDrops(slow)).isLessThan(20_000_000);
    }
  }

  private static long bytesReadByDrops(Socket slow) throws Exception {
    byte[] some = new byte[1 << 16];
    long read = 0;
    try {
      // A hundred bytes that take longer than there is patience for, and then all that is left.
      for (int drop = 0; drop < 100; drop++) {
        read += slow.getInputStream().read(some, 0, 1);
        Thread.sleep(50);
      }
      for (int more = 0; more >= 0; more = slow.getInputStream().read(some)) {
        read += more;
      }
    } catch (SocketException reset) {
      assertThat(reset).hasMessageContaining("reset");
    }
    return read;
  }
}
