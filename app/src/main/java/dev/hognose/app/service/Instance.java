package dev.hognose.app.service;

import dev.hognose.collector.http.HttpSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Where an instance runs, told by what no other one has at the same time and it has again after a
 * restart.
 *
 * <p>A kernel has an identity of its own for as long as it runs, and lets only one program listen
 * at a port of an address; containers of one kernel have their own addresses and host names. So
 * machines and containers that were given the same host name are still told apart.
 *
 * @param boot the kernel's identity, new at each start of the machine
 * @param address by which the machine or container reaches others; empty when it reaches nobody
 */
record Instance(String host, String boot, String address, String listensOn, int port) {

  private static final Path KERNEL = Path.of("/proc/sys/kernel");

  /** For documentation, RFC 5737: nobody has it, so the way to it is the way to all others. */
  private static final String ANYBODY = "192.0.2.1";

  private static final int ANY_PORT = 9;
  private static final int DIGITS = 12;

  /** This one; empty where it cannot be told, or the port is another one each time. */
  static Optional<Instance> of(HttpSettings http) {
    return of(http, KERNEL);
  }

  static Optional<Instance> of(HttpSettings http, Path kernel) {
    Optional<String> boot = line(kernel.resolve("random/boot_id"));
    Optional<String> host = line(kernel.resolve("hostname"));
    if (http.port() == 0 || boot.isEmpty() || host.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Instance(host.get(), boot.get(), ownAddress(), http.host(), http.port()));
  }

  /** As Kafka takes names; people recognise the host and the port. */
  String name() {
    String readable = host.replaceAll("[^a-zA-Z0-9._-]", "-");
    return readable + "-" + port + "-" + digest();
  }

  private String digest() {
    String all = String.join("\n", List.of(host, boot, address, listensOn));
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  private static Optional<String> line(Path file) {
    try {
      return Optional.of(Files.readString(file).strip()).filter(line -> !line.isEmpty());
    } catch (IOException notThisSystem) {
      return Optional.empty();
    }
  }

  /** Nothing is sent: the kernel only chooses the way. */
  private static String ownAddress() {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(new InetSocketAddress(ANYBODY, ANY_PORT));
      return socket.getLocalAddress().getHostAddress();
    } catch (IOException | UncheckedIOException noWay) {
      return "";
    }
  }
}
