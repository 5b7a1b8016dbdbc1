package dev.hognose.app.fuzz;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Bytes that are nearly what a decoder expects: whole examples, spoilt in a few places. */
public final class Mutations {

  private static final int MOST_PLACES = 3;
  private static final int LONGEST_PIECE = 64;
  private static final int LONGEST_NOISE = 200;

  /** Lengths, tags and numbers that decoders stumble over. */
  private static final byte[][] TELLING = {
    {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x07},
    {
      (byte) 0xff,
      (byte) 0xff,
      (byte) 0xff,
      (byte) 0xff,
      (byte) 0xff,
      (byte) 0xff,
      (byte) 0xff,
      (byte) 0xff,
      (byte) 0xff,
      0x01
    },
    {(byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80},
    {0, 0, 0, 0, 0, 0, (byte) 0xf8, 0x7f},
    {0, 0, 0, 0, 0, 0, (byte) 0xf0, (byte) 0xff},
    {0x0b, 0x0b, 0x0b, 0x0b},
    {0x0c},
    {(byte) 0xc0, (byte) 0x80},
    {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
    {'-', '1'},
    {'N', 'a', 'N'},
    {'9', '9', '9', '9', '9', '9', '9', '9', '9', '9', '9', '9', '9', '9', '9', '9', '9', '9', '9'},
    {'"', ',', '\n'},
    {0x1b, '['},
  };

  private final List<byte[]> examples;

  public Mutations(List<byte[]> examples) {
    this.examples = List.copyOf(examples);
  }

  /** The same for the same number. */
  public byte[] number(long number) {
    Random random = new Random(number);
    if (random.nextInt(50) == 0) {
      byte[] noise = new byte[random.nextInt(LONGEST_NOISE)];
      random.nextBytes(noise);
      return noise;
    }
    byte[] bytes = example(random).clone();
    for (int places = 1 + random.nextInt(MOST_PLACES); places > 0; places--) {
      bytes = spoilt(bytes, random);
    }
    return bytes;
  }

  private byte[] example(Random random) {
    return examples.get(random.nextInt(examples.size()));
  }

  private byte[] spoilt(byte[] bytes, Random random) {
    if (bytes.length == 0) {
      return telling(random);
    }
    int at = random.nextInt(bytes.length);
    int end = Math.min(bytes.length, at + random.nextInt(LONGEST_PIECE));
    return switch (random.nextInt(8)) {
      case 0 -> with(bytes, at, (byte) (bytes[at] ^ 1 << random.nextInt(8)));
      case 1 -> with(bytes, at, (byte) random.nextInt());
      case 2 -> Arrays.copyOf(bytes, at);
      case 3 -> spliced(bytes, at, end, new byte[0]);
      case 4 -> spliced(bytes, at, at, Arrays.copyOfRange(bytes, at, end));
      case 5 -> spliced(bytes, at, at, telling(random));
      case 6 -> spliced(bytes, at, end, telling(random));
      default -> spliced(bytes, at, end, piece(example(random), random));
    };
  }

  private static byte[] piece(byte[] of, Random random) {
    int from = random.nextInt(of.length + 1);
    return Arrays.copyOfRange(of, from, Math.min(of.length, from + LONGEST_PIECE));
  }

  private static byte[] telling(Random random) {
    return TELLING[random.nextInt(TELLING.length)];
  }

  private static byte[] with(byte[] bytes, int at, byte value) {
    bytes[at] = value;
    return bytes;
  }

  private static byte[] spliced(byte[] bytes, int from, int to, byte[] piece) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + piece.length);
    out.write(bytes, 0, from);
    out.writeBytes(piece);
    out.write(bytes, to, bytes.length - to);
    return out.toByteArray();
  }
}
