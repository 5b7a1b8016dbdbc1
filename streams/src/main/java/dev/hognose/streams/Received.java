package dev.hognose.streams;

import java.util.List;

/** What a record of an agent turned out to be. */
sealed interface Received<T> {

  /** It can be read, and says something new. */
  record Message<T>(T value) implements Received<T> {}

  /** It cannot. */
  record Refused<T>(DeadLetter letter) implements Received<T> {}

  /** The message, or nothing. */
  default List<T> messages() {
    return this instanceof Message<T> message ? List.of(message.value()) : List.of();
  }

  /** The letter, or nothing. */
  default List<DeadLetter> letters() {
    return this instanceof Refused<T> refused ? List.of(refused.letter()) : List.of();
  }
}
