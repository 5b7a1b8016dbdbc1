package dev.hognose.diagnosis;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A shelf that is a map, in the order in which ailments were put there first. */
final class KeptCases implements Shelf {

  private final Map<String, Cases> byKey = new LinkedHashMap<>();

  @Override
  public Optional<Cases> get(String key) {
    return Optional.ofNullable(byKey.get(key));
  }

  @Override
  public void put(Cases changed) {
    byKey.put(changed.ailment().key(), changed);
  }

  @Override
  public void remove(Ailment ailment) {
    byKey.remove(ailment.key());
  }

  Collection<Cases> all() {
    return byKey.values();
  }
}
