package dev.hognose.leak;

import java.util.function.Supplier;

/**
 * What closed buckets have left of a process.
 *
 * <p>It changes with a bucket, not with a sample; so it may stay packed, and is then read anew by
 * each closing. Immutable; two states that no closing lies between have the same object.
 */
final class Rings {

  static final Rings NONE = of(Judgement.NONE);

  private final Supplier<Judgement> judgement;

  private Rings(Supplier<Judgement> judgement) {
    this.judgement = judgement;
  }

  static Rings of(Judgement judgement) {
    return new Rings(() -> judgement);
  }

  /** Keeps the array, which nobody may change. */
  static Rings packed(byte[] bytes) {
    return new Rings(() -> StatePacking.unpackRings(bytes));
  }

  Judgement judgement() {
    return judgement.get();
  }
}
