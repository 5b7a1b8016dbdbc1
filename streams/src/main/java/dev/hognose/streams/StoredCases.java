package dev.hognose.streams;

import dev.hognose.diagnosis.Ailment;
import dev.hognose.diagnosis.Cases;
import dev.hognose.diagnosis.Shelf;
import dev.hognose.wire.KeyedCodec;
import java.util.Optional;
import org.apache.kafka.streams.state.KeyValueStore;

/** Cases in a store of the stream. */
record StoredCases(KeyValueStore<String, Cases> store) implements Shelf {

  static KeyedCodec<Cases> codec() {
    return new PackedCodec<>(
        (out, cases) -> cases.pack(out), (key, in) -> Cases.unpack(Ailment.parse(key), in));
  }

  @Override
  public Optional<Cases> get(String key) {
    return Optional.ofNullable(store.get(key));
  }

  @Override
  public void put(Cases cases) {
    store.put(cases.ailment().key(), cases);
  }

  @Override
  public void remove(Ailment ailment) {
    store.delete(ailment.key());
  }
}
