package dev.hognose.diagnosis;

import dev.hognose.packed.Changes;
import dev.hognose.packed.Packer;
import dev.hognose.packed.Varint;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * How stores have a {@link Reading}: what has changed since the one before, in its time and number,
 * its figures, the values of its groups.
 */
final class ReadingPacking {

  private static final Group[] GROUPS = Group.values();
  private static final Figure[] FIGURES = Figure.values();

  private ReadingPacking() {}

  static byte[] pack(Reading reading, Reading before) {
    List<Names> names = names(reading);
    double[] numbers = known(reading, names);
    Packer into = new Packer();
    Varint.putSigned(into, reading.atMs() - before.atMs());
    Varint.putSigned(into, reading.sequence() - before.sequence());
    Changes.put(into, numbers, known(before, names));
    return into.bytes();
  }

  static Reading unpack(byte[] packed, Reading before, List<Names> names) {
    if (names.size() != Reading.GROUPS) {
      throw new IllegalArgumentException(
          "reading of %d groups: expected %d".formatted(names.size(), Reading.GROUPS));
    }
    ByteBuffer from = ByteBuffer.wrap(packed);
    try {
      long atMs = before.atMs() + Varint.getSigned(from);
      long sequence = before.sequence() + Varint.getSigned(from);
      double[] numbers = Changes.get(from, known(before, names));
      if (from.hasRemaining()) {
        throw new IllegalArgumentException(
            "reading with " + from.remaining() + " bytes more than its figures: expected none");
      }
      return Reading.unpacked(
          atMs, sequence, Arrays.copyOf(numbers, Reading.FIGURES), groups(numbers, names));
    } catch (BufferUnderflowException tooShort) {
      throw new IllegalArgumentException(
          "reading of " + packed.length + " bytes: expected more", tooShort);
    }
  }

  private static Named[] groups(double[] numbers, List<Names> names) {
    Named[] groups = new Named[Reading.GROUPS];
    int from = Reading.FIGURES;
    for (int i = 0; i < groups.length; i++) {
      int to = from + names.get(i).size();
      groups[i] = new Named(names.get(i), Arrays.copyOfRange(numbers, from, to));
      from = to;
    }
    return groups;
  }

  private static List<Names> names(Reading reading) {
    Names[] names = new Names[Reading.GROUPS];
    for (Group group : GROUPS) {
      names[group.code()] = reading.group(group).names();
    }
    return Arrays.asList(names);
  }

  /** What a reading has of names in their order; not a number where it has none of the name. */
  private static double[] known(Reading reading, List<Names> names) {
    int count = Reading.FIGURES;
    for (Names each : names) {
      count += each.size();
    }
    double[] numbers = new double[count];
    for (Figure figure : FIGURES) {
      numbers[figure.code()] = reading.figure(figure);
    }
    int at = Reading.FIGURES;
    for (Group group : GROUPS) {
      Names wanted = names.get(group.code());
      Named had = reading.group(group);
      for (int i = 0; i < wanted.size(); i++) {
        numbers[at++] = had.valueAsIn(wanted, i);
      }
    }
    return numbers;
  }
}
