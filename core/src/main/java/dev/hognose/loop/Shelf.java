package dev.hognose.loop;

import java.util.Optional;

/** Where episodes are kept, by the key of their fingerprint. */
public interface Shelf {

  Optional<Episodes> get(String key);

  void put(Episodes episodes);

  void remove(Fingerprint fingerprint);
}
