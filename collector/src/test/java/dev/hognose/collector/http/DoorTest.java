package dev.hognose.collector.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The door over real sockets: what comes in, what does not, and what is seen from outside. */
@Timeout(60)
class DoorTest {

  private static final String TOKEN = "0123456789abcdef";
  private static final Map<String, Handler> HANDLERS =
      Map.of(
          "/", context -> context.result("home\n"),
          "/readyz", DoorTest::ready,
          "/alerts/{id}", context -> context.result(context.pathParam("id") + "\n"),
          "/large", context -> context.result("x".repeat(20_000_000)));

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
    try (WebServer server = started(settings)) {
      HttpClient trusting = HttpClient.newBuilder().sslContext(own.client()).build();
      HttpResponse<String> answer = trusting.send(request(server, "https", "/"), text());

      assertThat(answer.body()).isEqualTo("home\n");
      assertThat(answer.headers().firstValue("Strict-Transport-Security")).isPresent();
      assertThatThrownBy(
              () -> HttpClient.newHttpClient().send(request(server, "https", "/"), text()))
          .isInstanceOf(SSLException.class);
      assertThat(talk(server, "GET / HTTP/1.1\r\nHost: x\r\n\r\n")).doesNotContain("home");
    }
  }

  @Test
  void strangersSeeNothingButWhetherItLivesAndIsReady() throws Exception {
    try (WebServer server = started(guarded())) {
      for (String path : List.of("/", "/large", "/no/such/page", "/metrics", "//", "/readyz/")) {
        HttpResponse<String> refused = get(server, path);

        assertThat(refused.statusCode()).as(path).isEqualTo(401);
        assertThat(refused.body())
            .isEqualTo("expected a name with its password, or a bearer token\n");
        assertThat(refused.headers().firstValue("WWW-Authenticate"))
            .contains("Basic realm=\"hognose\", charset=\"UTF-8\"");
      }
      assertThat(get(server, "/readyz").body()).isEqualTo("not now");
    }
  }

  @Test
  void whoeverShowsATokenSeesAll() throws Exception {
    try (WebServer server = started(guarded())) {
      HttpRequest with =
          HttpRequest.newBuilder(address(server, "http", "/readyz"))
              .header("Authorization", "Bearer " + TOKEN)
              .build();

      assertThat(client().send(with, text()).body()).isEqualTo("waiting for kafka:9092");
    }
  }

  @Test
  void everyAnswerTellsTheBrowserToBeCarefulAndNobodyWhatServesIt() throws Exception {
    try (WebServer server = started(HttpSettings.open("127.0.0.1", 0))) {
      for (String path : List.of("/", "/no/such/page")) {
        Map<String, List<String>> headers = get(server, path).headers().map();

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
        "GET /alerts/%ff HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /alerts/\u00ff HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /..%2f..%2fetc/passwd HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /assets/..;/x HTTP/1.1\r\nHost: x\r\n\r\n",
        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\r\n\r\n",
        "nonsense\r\n\r\n",
      })
  void badRequestsAreRefusedInOneSentence(String request) throws Exception {
    try (WebServer server = started(HttpSettings.open("127.0.0.1", 0))) {
      String answer = talk(server, request);

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
    try (WebServer server = started(HttpSettings.open("127.0.0.1", 0))) {
      String one = "GET / HTTP/1.1\r\nHost: x\r\nX: " + "y".repeat(9_000) + "\r\n\r\n";
      String many = "GET / HTTP/1.1\r\nHost: x\r\n" + "X: y\r\n".repeat(3_000) + "\r\n";

      assertThat(talk(server, one))
          .startsWith("HTTP/1.1 431 ")
          .endsWith("headers too large: expected 8192 bytes at most, the address included\n");
      assertThat(talk(server, many)).startsWith("HTTP/1.1 431 ");
    }
  }

  @Test
  void whoComesWhenAllPlacesAreTakenWaitsUntilOneIsFree() throws Exception {
    List<Socket> inside = new ArrayList<>();
    try (WebServer server = started(HttpSettings.open("127.0.0.1", 0))) {
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

  private static Socket asking(WebServer server) throws IOException {
    Socket socket = connected(server);
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
    try (WebServer server = started(HttpSettings.open("127.0.0.1", 0))) {
      List<Socket> lorises = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        Socket loris = connected(server);
        loris.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\n".getBytes(US_ASCII));
        lorises.add(loris);
      }
      assertThat(get(server, "/").body()).isEqualTo("home\n");

      long began = System.nanoTime();
      // All are written to each time: whoever was cut off learns it with the second byte.
      while (lorises.stream().filter(DoorTest::takesAnotherByte).count() > 0) {
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(30));
        Thread.sleep(200);
      }

      for (Socket loris : lorises) {
        loris.close();
      }
      assertThat(get(server, "/").body()).isEqualTo("home\n");
    }
  }

  /** One that asks for much and reads a few bytes a second. */
  @Test
  void whoReadsByDropsIsCutOff() throws Exception {
    SlowClients impatient = new SlowClients(Duration.ofSeconds(10), Duration.ofSeconds(2));
    HttpSettings settings = HttpSettings.open("127.0.0.1", 0);
    Door door = new Door(settings, impatient);
    try (WebServer server = started(settings, door);
        Socket slow = connected(server)) {
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

  @Test
  void whoTriesPasswordsMustWaitAndLearnsNothing() throws Exception {
    try (WebServer server = started(guarded())) {
      for (int i = 0; i < WrongPasswords.AT_ONCE; i++) {
        assertThat(getWith(server, "Bearer wrong-" + i).statusCode()).isEqualTo(401);
      }
      HttpResponse<String> refused = getWith(server, "Bearer " + TOKEN);

      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(refused.body()).isEqualTo("too many wrong passwords from this address\n");
      assertThat(refused.headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(1L, 7L);
      assertThat(get(server, "/readyz").statusCode()).isEqualTo(200);
    }
  }

  /** The one who guesses says that he is others, too: only what the proxy has added counts. */
  @Test
  void behindAProxyOnlyWhoGuessesMustWait() throws Exception {
    try (WebServer server = started(guarded(Set.of("127.0.0.1")))) {
      for (int i = 0; i < WrongPasswords.AT_ONCE; i++) {
        String forwarded = "198.51.100." + i + ", 203.0.113.9";
        assertThat(talk(server, forwarded(forwarded, "wrong-" + i))).startsWith("HTTP/1.1 401 ");
      }

      assertThat(talk(server, forwarded("203.0.113.9", TOKEN))).startsWith("HTTP/1.1 429 ");
      assertThat(talk(server, forwarded("203.0.113.10", TOKEN))).endsWith("home\n");
    }
  }

  @Test
  void whoIsNoProxyCannotSayThatHeIsAnother() throws Exception {
    try (WebServer server = started(guarded(Set.of("192.0.2.1")))) {
      for (int i = 0; i < WrongPasswords.AT_ONCE; i++) {
        talk(server, forwarded("198.51.100." + i, "wrong-" + i));
      }

      assertThat(talk(server, forwarded("198.51.100.99", TOKEN))).startsWith("HTTP/1.1 429 ");
    }
  }

  private static String forwarded(String addresses, String token) {
    return "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Forwarded-For: "
        + addresses
        + "\r\nAuthorization: Bearer "
        + token
        + "\r\n\r\n";
  }

  @Test
  void pageFromElsewhereReadsNothingThroughItsReadersBrowser() throws Exception {
    try (WebServer server = started(HttpSettings.open("127.0.0.1", 0))) {
      String ask = "GET /%s HTTP/1.1\r\nHost: %s:" + server.port() + "\r\n\r\n";

      for (String path : List.of("", "readyz", "no/such/page")) {
        assertThat(talk(server, ask.formatted(path, "rebound.example.net")))
            .startsWith("HTTP/1.1 421 ")
            .endsWith(
                "expected an address or a name of this server: HOGNOSE_HTTP_NAMES gives it more\n")
            .doesNotContain("home", "rebound");
      }
      assertThat(talk(server, ask.formatted("", "localhost"))).endsWith("home\n");
    }
  }

  @Test
  void renewedCertificateIsShownWithoutARestart() throws Exception {
    OwnCertificate first = OwnCertificate.in(folder, "EC");
    Path certificate = first.certificate();
    Path key = first.key();
    SslContextFactory.Server tls = new SslContextFactory.Server();
    tls.setKeyStore(PemFiles.keyStore(certificate, key));
    tls.setKeyStorePassword(PemFiles.PASSWORD);
    tls.start();
    RenewedCertificate renewed = new RenewedCertificate(certificate, key, tls);
    X509Certificate before = shown(tls);

    Files.writeString(key, "half a key");
    renewed.look();
    assertThat(shown(tls)).isEqualTo(before);

    OwnCertificate second = OwnCertificate.in(folder, "RSA");
    second.certificate();
    second.key();
    renewed.look();
    assertThat(shown(tls)).isNotEqualTo(before);
    tls.stop();
  }

  private static X509Certificate shown(SslContextFactory.Server tls) throws Exception {
    return (X509Certificate) tls.getKeyStore().getCertificate("server");
  }

  private HttpSettings guarded() throws IOException {
    return guarded(Set.of());
  }

  private HttpSettings guarded(Set<String> proxies) throws IOException {
    Path tokens = Files.writeString(folder.resolve("tokens"), TOKEN + "\n");
    return new HttpSettings(
        "127.0.0.1",
        0,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(tokens),
        Set.of(),
        proxies);
  }

  private static void ready(Context context) {
    context.result(Visitor.isKnown(context) ? "waiting for kafka:9092" : "not now");
  }

  private static WebServer started(HttpSettings settings) {
    return started(settings, new Door(settings));
  }

  private static WebServer started(HttpSettings settings, Door door) {
    WebServer server = new WebServer(settings, door, HANDLERS, new SimpleMeterRegistry());
    server.start();
    return server;
  }

  private static boolean takesAnotherByte(Socket loris) {
    try {
      loris.getOutputStream().write("X".getBytes(US_ASCII));
      return true;
    } catch (IOException cutOff) {
      return false;
    }
  }

  private static String talk(WebServer server, String request) throws IOException {
    try (Socket socket = connected(server)) {
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    }
  }

  private static Socket connected(WebServer server) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(40_000);
    return socket;
  }

  private static HttpResponse<String> getWith(WebServer server, String authorization)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(address(server, "http", "/"))
            .header("Authorization", authorization)
            .build();
    return client().send(request, text());
  }

  private static HttpResponse<String> get(WebServer server, String path) throws Exception {
    return client().send(request(server, "http", path), text());
  }

  private static HttpRequest request(WebServer server, String scheme, String path) {
    return HttpRequest.newBuilder(address(server, scheme, path)).build();
  }

  private static URI address(WebServer server, String scheme, String path) {
    return URI.create(scheme + "://127.0.0.1:" + server.port() + path);
  }

  private static HttpClient client() {
    return HttpClient.newHttpClient();
  }

  private static HttpResponse.BodyHandler<String> text() {
    return BodyHandlers.ofString();
  }
}
