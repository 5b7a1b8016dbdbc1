package dev.hognose.diagnosis;

import dev.hognose.alert.Alert;
import java.util.List;

/** Native pools with more threads than the CPU quota has room for, and they are in their way. */
record Oversubscription(OversubscriptionPolicy policy) implements Diagnosis {

  @Override
  public Alert.Kind kind() {
    return Alert.Kind.OVERSUBSCRIPTION;
  }

  @Override
  public List<Sign> signs(History history) {
    double threads = history.newest().figure(Figure.POOL_THREADS);
    double quota = history.newest().figure(Figure.CPU_LIMIT_CORES);
    boolean isTooMany = quota > 0 && threads >= policy.times() * quota;
    return isTooMany && history.always(policy.windows(), this::isFelt)
        ? List.of(sign(history, threads, quota))
        : List.of();
  }

  private boolean isFelt(Span span) {
    boolean isInLine =
        span.grown(Figure.RUN_QUEUE_SECONDS) >= policy.runQueue() * span.grown(Figure.CPU_SECONDS);
    boolean isThrottled = span.rate(Figure.THROTTLED_SECONDS) >= policy.throttled();
    return span.rate(Figure.CPU_SECONDS) >= policy.cores() && (isInLine || isThrottled);
  }

  private Sign sign(History history, double threads, double quota) {
    Span span = history.lastAsOne(policy.windows());
    double waiting = span.rate(Figure.RUN_QUEUE_SECONDS);
    String phrase =
        "native pools of %s threads on a quota of %s cores"
            .formatted(Words.number(threads), Words.number(quota));
    return Sign.of(
        "",
        phrase,
        threads / (policy.times() * quota),
        List.of(
            Words.count("pool_threads", threads),
            Words.count("quota_cores", quota),
            Words.perSecond("run_queue_seconds", zeroIfUnknown(waiting)),
            Words.perSecond(
                "involuntary_switches", zeroIfUnknown(span.rate(Figure.INVOLUNTARY_SWITCHES)))));
  }

  private static double zeroIfUnknown(double rate) {
    return Double.isNaN(rate) ? 0 : rate;
  }
}
