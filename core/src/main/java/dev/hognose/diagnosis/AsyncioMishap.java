package dev.hognose.diagnosis;

import dev.hognose.alert.Alert;
import java.util.List;

/**
 * What asyncio itself complains of: exceptions that nobody read, coroutines that nobody awaited,
 * tasks that were destroyed while pending.
 *
 * @param counter as the agent names it
 * @param happened how it is told after a number
 */
record AsyncioMishap(Alert.Kind kind, String counter, String happened, CountPolicy policy)
    implements Diagnosis {

  static AsyncioMishap unreadExceptions(CountPolicy policy) {
    return new AsyncioMishap(
        Alert.Kind.UNREAD_EXCEPTIONS,
        "asyncio/unread_exception",
        "exceptions of tasks were never read",
        policy);
  }

  static AsyncioMishap neverAwaited(CountPolicy policy) {
    return new AsyncioMishap(
        Alert.Kind.NEVER_AWAITED, "asyncio/never_awaited", "coroutines were never awaited", policy);
  }

  static AsyncioMishap destroyedPending(CountPolicy policy) {
    return new AsyncioMishap(
        Alert.Kind.DESTROYED_PENDING,
        "asyncio/destroyed_pending",
        "tasks were destroyed while pending",
        policy);
  }

  @Override
  public List<Sign> signs(History history) {
    return Counting.signs(history, counter::equals, policy, count -> happened);
  }
}
