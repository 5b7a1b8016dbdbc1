package dev.hognose.diagnosis;

import dev.hognose.packed.PackedText;
import dev.hognose.packed.Packer;
import dev.hognose.packed.Varint;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Names in their order, each once; packed when they are made, as many readings share them and each
 * change of a process is written.
 */
public final class Names {

  static final Names NONE = of(List.of());

  private final String[] names;
  private final byte[] packed;

  private Names(String[] names, byte[] packed) {
    this.names = names;
    this.packed = packed;
  }

  /**
   * Copies them.
   *
   * @throws IllegalArgumentException when they are not in their order, or one is there twice
   */
  public static Names of(List<String> names) {
    return of(names.toArray(new String[0]));
  }

  /** Keeps the array. */
  static Names of(String[] names) {
    Packer packed = new Packer();
    for (int i = 0; i < names.length; i++) {
      if (i > 0 && names[i - 1].compareTo(names[i]) >= 0) {
        throw new IllegalArgumentException(
            "name " + names[i] + " after " + names[i - 1] + ": expected them in their order");
      }
      PackedText.put(packed, names[i]);
    }
    return new Names(names, packed.bytes());
  }

  /** The length and the name, one after the other. Must not be changed. */
  public byte[] pack() {
    return packed;
  }

  /**
   * Reads what {@link #pack} wrote.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static Names unpack(byte[] packed) {
    ByteBuffer from = ByteBuffer.wrap(packed);
    String[] names = new String[packed.length];
    int size = 0;
    while (from.hasRemaining()) {
      long length = length(from);
      if (length < 0 || length > from.remaining()) {
        throw new IllegalArgumentException(
            "names with " + from.remaining() + " bytes left: expected a name");
      }
      names[size++] = new String(packed, from.position(), (int) length, StandardCharsets.UTF_8);
      from.position(from.position() + (int) length);
    }
    return of(Arrays.copyOf(names, size));
  }

  private static long length(ByteBuffer from) {
    try {
      return Varint.get(from);
    } catch (BufferUnderflowException cut) {
      throw new IllegalArgumentException("names that end within a length: expected a name", cut);
    }
  }

  public int size() {
    return names.length;
  }

  String get(int place) {
    return names[place];
  }

  /** Of the name; below zero when it is not there. */
  int place(String name) {
    return Arrays.binarySearch(names, name);
  }

  /** Whether a name has the same place in both, without a look at any. */
  public boolean areSharedWith(Names other) {
    return names == other.names;
  }

  /** Whether these are the first of the names in the array, and there are so many. */
  boolean are(String[] others, int count) {
    return Arrays.equals(names, 0, names.length, others, 0, count);
  }

  @Override
  public boolean equals(Object other) {
    return this == other || (other instanceof Names that && Arrays.equals(names, that.names));
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(names);
  }

  @Override
  public String toString() {
    return Arrays.toString(names);
  }
}
