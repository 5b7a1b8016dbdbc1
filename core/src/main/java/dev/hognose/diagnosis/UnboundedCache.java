package dev.hognose.diagnosis;

import dev.hognose.alert.Alert;
import dev.hognose.sample.Event;
import dev.hognose.sample.Retention;
import java.util.List;

/** An {@code lru_cache} without a size, which keeps what it has ever been asked for. */
record UnboundedCache(HolderPolicy policy) implements Diagnosis {

  @Override
  public Alert.Kind kind() {
    return Alert.Kind.UNBOUNDED_CACHE;
  }

  @Override
  public List<Sign> signs(Event event) {
    return event.what() instanceof Retention holder
            && holder.kind() == Retention.Kind.LRU_CACHE
            && holder.maxSize().isEmpty()
        ? GrowingHolder.signs("the unbounded cache", holder, policy)
        : List.of();
  }
}
