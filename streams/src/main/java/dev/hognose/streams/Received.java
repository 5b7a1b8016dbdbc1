package dev.hognose.streams;

import java.util.List;
import java.util.function.Function;

/** What a record of an agent turned out to be. */
sealed interface Received<T> {

  /** It can be read, and says something new. */
  record Message<T>(T value) implements Received<T> {}

  /** It cannot. */
  record Refused<T>(DeadLetter letter) implements Received<T> {}

  /** The message as something else, or nothing. */
  default <R> List<R> messages(Function<T, R> as) {
    return this instanceof Message<T> message ? List.of(as.apply(message.value())) : List.of();
  }

  /** The letter, or nothing. */
  default List<DeadLetter> letters() {
    return this instanceof Refused<T> refused ? List.of(refused.letter()) : List.of();
  }
}
