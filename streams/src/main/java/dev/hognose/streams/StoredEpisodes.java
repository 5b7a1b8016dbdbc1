package dev.hognose.streams;

import dev.hognose.loop.Episodes;
import dev.hognose.loop.Fingerprint;
import dev.hognose.loop.Shelf;
import java.util.Optional;
import org.apache.kafka.streams.state.KeyValueStore;

/** Episodes in a store of the stream. */
record StoredEpisodes(KeyValueStore<String, Episodes> store) implements Shelf {

  @Override
  public Optional<Episodes> get(String key) {
    return Optional.ofNullable(store.get(key));
  }

  @Override
  public void put(Episodes episodes) {
    store.put(episodes.fingerprint().key(), episodes);
  }

  @Override
  public void remove(Fingerprint fingerprint) {
    store.delete(fingerprint.key());
  }
}
