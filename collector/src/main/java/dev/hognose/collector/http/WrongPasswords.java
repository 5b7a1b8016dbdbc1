package dev.hognose.collector.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Slows down who tries passwords: an address may show {@value #AT_ONCE} wrong ones at once, and one
 * more every six seconds. Until then nothing that it shows is looked at, so that it does not learn
 * whether that was right.
 *
 * <p>Of IPv6 the network of 64 bits counts, as whoever has one address there has them all. Memory
 * is bounded: of more than {@value #MOST_ADDRESSES} addresses the one that was seen longest ago is
 * forgotten. Safe from any thread.
 */
final class WrongPasswords {

  /** A person who does not find the right one; nobody guesses sixteen characters in these. */
  static final int AT_ONCE = 10;

  static final Duration ONE_MORE_EVERY = Duration.ofSeconds(6);

  static final int MOST_ADDRESSES = 4_096;

  private static final int NETWORK_BYTES = 8;

  private final LongSupplier nanoTime;

  /** When all of an address's wrong ones will be forgiven, by the same clock. */
  private final Map<String, Long> forgivenAt =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > MOST_ADDRESSES;
        }
      };

  /** One that has seen none; the clock counts nanoseconds. */
  WrongPasswords(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** How long an address must wait until what it shows is looked at; zero if it need not. */
  synchronized Duration wait(String address) {
    long ahead = ahead(address) - (AT_ONCE - 1) * ONE_MORE_EVERY.toNanos();
    return Duration.ofNanos(Math.max(0, ahead));
  }

  synchronized void add(String address) {
    forgivenAt.put(
        network(address), nanoTime.getAsLong() + ahead(address) + ONE_MORE_EVERY.toNanos());
  }

  synchronized int size() {
    return forgivenAt.size();
  }

  private long ahead(String address) {
    long now = nanoTime.getAsLong();
    return Math.max(0, forgivenAt.getOrDefault(network(address), now) - now);
  }

  /** Of what the socket says; an address is never looked up. */
  private static String network(String address) {
    if (address.indexOf(':') < 0) {
      return address;
    }
    try {
      byte[] bytes = InetAddress.getByName(address).getAddress();
      return HexFormat.of().formatHex(Arrays.copyOf(bytes, Math.min(bytes.length, NETWORK_BYTES)));
    } catch (UnknownHostException noAddress) {
      return address;
    }
  }
}
