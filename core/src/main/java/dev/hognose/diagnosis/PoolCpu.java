package dev.hognose.diagnosis;

import dev.hognose.alert.Alert;
import java.util.List;

/** A thread pool that is given work for the processor: it takes turns with the event loop. */
record PoolCpu(GilPolicy policy) implements Diagnosis {

  @Override
  public Alert.Kind kind() {
    return Alert.Kind.POOL_CPU;
  }

  @Override
  public List<Sign> signs(History history) {
    return BusyThreads.of(history, policy).filter(BusyThreads::isPool).stream()
        .map(
            each ->
                each.sign(
                    "CPU work in the thread pool " + each.name() + ":", history.hot(each.name())))
        .toList();
  }
}
