package dev.hognose.wire.part;

/**
 * Choices: equal names on both sides, so that a value that we do not know yet has one place to go.
 */
public final class EnumCodec {

  private EnumCodec() {}

  /** Our value of the same name, or {@code otherwise} for one that we do not know. */
  public static <E extends Enum<E>> E read(Enum<?> message, E otherwise) {
    for (E ours : otherwise.getDeclaringClass().getEnumConstants()) {
      if (ours.name().equals(message.name())) {
        return ours;
      }
    }
    return otherwise;
  }

  /** The wire's value of the same name, or {@code otherwise} where the wire has none. */
  public static <M extends Enum<M>> M write(Enum<?> ours, M otherwise) {
    return read(ours, otherwise);
  }
}
