package dev.hognose.diagnosis;

import dev.hognose.packed.Packer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The cases of one ailment that sightings may still be added to, earliest first; of more than
 * {@value #MOST} the earliest are forgotten.
 */
public record Cases(Ailment ailment, List<Case> all) {

  static final int MOST = 8;

  public Cases {
    all = List.copyOf(all);
  }

  public static Cases none(Ailment ailment) {
    return new Cases(ailment, List.of());
  }

  /**
   * Reads what {@link #pack} wrote of that ailment.
   *
   * @throws IllegalArgumentException for what cannot be
   * @throws java.nio.BufferUnderflowException when the bytes end before it
   */
  public static Cases unpack(Ailment ailment, ByteBuffer in) {
    return CasePacking.get(in, ailment);
  }

  /** All of them, without the ailment. */
  public void pack(Packer out) {
    CasePacking.put(out, this);
  }

  /** With the sighting in its case; cases that it connects become one. */
  Cases and(Sighting sighting, Duration quiet) {
    Case seen = Case.of(Presence.of(sighting));
    List<Case> apart = new ArrayList<>();
    Case grown = seen;
    for (Case each : all) {
      if (each.isNear(seen, quiet)) {
        grown = each.and(grown);
      } else {
        apart.add(each);
      }
    }
    List<Case> kept =
        Stream.concat(apart.stream(), Stream.of(grown))
            .sorted(Comparator.comparing(Case::from))
            .toList();
    return new Cases(ailment, kept.subList(Math.max(0, kept.size() - MOST), kept.size()));
  }

  /** With those of others, as if nothing had been said of these. */
  Cases joined(Collection<Cases> others, Duration quiet) {
    List<Case> inOrder =
        Stream.concat(
                all.stream(), others.stream().flatMap(each -> each.all.stream()).map(Case::untold))
            .sorted(Comparator.comparing(Case::from))
            .toList();
    List<Case> joined = new ArrayList<>();
    for (Case each : inOrder) {
      int last = joined.size() - 1;
      if (last >= 0 && joined.get(last).isNear(each, quiet)) {
        joined.set(last, joined.get(last).and(each));
      } else {
        joined.add(each);
      }
    }
    return new Cases(ailment, joined.subList(Math.max(0, joined.size() - MOST), joined.size()));
  }

  /** Without the sighting, which did not stand. */
  Cases without(Sighting withdrawn) {
    return new Cases(
        ailment,
        all.stream().map(each -> each.without(withdrawn)).flatMap(Optional::stream).toList());
  }

  Cases with(List<Case> changed) {
    return new Cases(ailment, changed);
  }

  /** When the last of them was seen. */
  Instant newest() {
    return all.stream().map(Case::until).max(Instant::compareTo).orElse(Instant.MIN);
  }

  /** When the first of them was seen. */
  Instant oldest() {
    return all.stream().map(Case::from).min(Instant::compareTo).orElse(Instant.MAX);
  }

  /** When all of them are over, if nothing more comes. */
  Instant overAt(Duration quiet) {
    return all.stream().map(each -> each.overAt(quiet)).max(Instant::compareTo).orElse(Instant.MIN);
  }

  /** The time of the last word on any of them. */
  Instant toldAt() {
    return all.stream()
        .flatMap(each -> each.told().stream())
        .map(Told::updatedAt)
        .max(Instant::compareTo)
        .orElse(Instant.MIN);
  }

  /** Ids under which something was told. */
  List<String> toldIds() {
    return all.stream().flatMap(each -> each.told().stream()).map(Told::id).toList();
  }
}
