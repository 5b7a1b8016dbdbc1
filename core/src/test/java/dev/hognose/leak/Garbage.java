package dev.hognose.leak;

import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Bytes that mean nothing. */
final class Garbage {

  private static final int MOST = 200;

  private Garbage() {}

  /** One of each size, made of it; the first is empty. */
  static Stream<byte[]> ofEverySize() {
    return IntStream.rangeClosed(0, MOST)
        .mapToObj(
            size -> {
              byte[] garbage = new byte[size];
              new Random(size).nextBytes(garbage);
              return garbage;
            });
  }
}
