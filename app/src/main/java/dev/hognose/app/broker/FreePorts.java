package dev.hognose.app.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.random.RandomGenerator;

/**
 * Ports of 127.0.0.1 that nobody listens on at this moment; somebody may at the next.
 *
 * <p>They lie below those that Linux gives to whoever asks for any port, and are drawn by lot: a
 * program that starts at the same time, or an outgoing connection while a broker is down, hardly
 * gets the same.
 */
final class FreePorts {

  private static final int FIRST = 20_000;
  private static final int BEYOND = 32_000;

  private FreePorts() {}

  /**
   * Two different ones.
   *
   * @param listeners Kafka's setting of listeners whose ports are spoken for; empty when none are
   * @throws IllegalStateException when there are none
   */
  static int[] beside(String listeners) {
    int[] two =
        RandomGenerator.getDefault()
            .ints(FIRST, BEYOND)
            .limit(BEYOND)
            .distinct()
            .filter(port -> !listeners.contains(":" + port) && isFree(port))
            .limit(2)
            .toArray();
    if (two.length < 2) {
      throw new IllegalStateException(
          "no two ports of 127.0.0.1 from " + FIRST + " to " + (BEYOND - 1) + " are free");
    }
    return two;
  }

  private static boolean isFree(int port) {
    try (ServerSocket listening = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return listening.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
