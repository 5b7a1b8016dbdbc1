package dev.hognose.collector;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A browser that asks for anything, letter for letter, over one connection as long as it stands.
 *
 * <p>A client of the JDK encodes what it asks for, refuses what it cannot, and takes several times
 * as long.
 */
final class Visit implements AutoCloseable {

  private static final int PATIENCE_MS = 120_000;

  private final Socket socket;
  private final InputStream in;

  Visit(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MS);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /** What was answered. */
  record Answer(int status, String contentType, String body) {}

  /**
   * Asks for it and reads all of the answer.
   *
   * @throws IOException when the other side has ended the connection, as it may after each answer
   */
  Answer ask(String target) throws IOException {
    String request = "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(ISO_8859_1));
    int status = status(target, line());
    Map<String, String> headers = headers();
    String body = new String(body(headers), UTF_8);
    return new Answer(status, headers.getOrDefault("content-type", ""), body);
  }

  /** Anything else than an answer would be bytes of somebody else's. */
  private int status(String target, String line) throws IOException {
    if (!line.matches("HTTP/1.1 [1-5][0-9][0-9].*")) {
      byte[] rest = in.readNBytes(in.available());
      throw new AssertionError(
          target + " was answered with \"" + line + "\", then \"" + new String(rest, UTF_8) + '"');
    }
    return Integer.parseInt(line.split(" ", 3)[1]);
  }

  private Map<String, String> headers() throws IOException {
    Map<String, String> headers = new HashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    return headers;
  }

  private byte[] body(Map<String, String> headers) throws IOException {
    if (headers.containsKey("content-length")) {
      return in.readNBytes(Integer.parseInt(headers.get("content-length")));
    }
    if (!headers.containsKey("transfer-encoding")) {
      return in.readAllBytes();
    }
    StringBuilder body = new StringBuilder();
    for (int size = chunk(); size > 0; size = chunk()) {
      body.append(new String(in.readNBytes(size), ISO_8859_1));
      line();
    }
    line();
    return body.toString().getBytes(ISO_8859_1);
  }

  private int chunk() throws IOException {
    return Integer.parseInt(line(), 16);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("no more after \"" + line + "\"");
      }
      line.append((char) next);
    }
    return line.toString().stripTrailing();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
