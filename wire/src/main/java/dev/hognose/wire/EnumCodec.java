package dev.hognose.wire;

/**
 * Choices: equal names on both sides, so that a value that we do not know yet has one place to go.
 */
final class EnumCodec {

  private EnumCodec() {}

  /** Our value of the same name, or {@code otherwise} for one that we do not know. */
  static <E extends Enum<E>> E read(Enum<?> message, E otherwise) {
    for (E ours : otherwise.getDeclaringClass().getEnumConstants()) {
      if (ours.name().equals(message.name())) {
        return ours;
      }
    }
    return otherwise;
  }

  /** The wire's value of the same name, or {@code otherwise} where the wire has none. */
  static <M extends Enum<M>> M write(Enum<?> ours, M otherwise) {
    return read(ours, otherwise);
  }
}
