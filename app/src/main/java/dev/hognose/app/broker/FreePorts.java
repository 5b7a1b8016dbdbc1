package dev.hognose.app.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports of 127.0.0.1 that nobody listens on at this moment; somebody may at the next. */
final class FreePorts {

  private FreePorts() {}

  static int[] two() {
    try (ServerSocket first = listening();
        ServerSocket second = listening()) {
      return new int[] {first.getLocalPort(), second.getLocalPort()};
    } catch (IOException refused) {
      throw new UncheckedIOException(refused);
    }
  }

  private static ServerSocket listening() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }
}
