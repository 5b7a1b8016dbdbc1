package dev.hognose.diagnosis;

import java.util.Optional;

/** Where cases are kept, by the key of their ailment. */
public interface Shelf {

  Optional<Cases> get(String key);

  void put(Cases cases);

  void remove(Ailment ailment);
}
