package dev.hognose.loop;

import dev.hognose.service.ProcessMinute;
import dev.hognose.service.Waits;
import java.time.Duration;

/** What made a loop run late that no block explains. */
public enum LagCause {
  GIL("waiting for the GIL"),
  GC("in garbage collections"),
  STARVED("for want of a processor"),
  UNEXPLAINED("and neither the GIL, nor garbage collection, nor the processor explains it");

  private final String words;

  LagCause(String words) {
    this.words = words;
  }

  /** The end of a sentence: the loop runs late ... */
  String words() {
    return words;
  }

  /**
   * From the figures of the same minute. Collections first, as who waits for one waits for the GIL;
   * then the processor, as a thread without one does not come to ask for the GIL. What a quota held
   * back is added up over the processors of a container: it counts last, and only where nobody
   * knows how long the loops' own threads waited.
   */
  static LagCause of(ProcessMinute minute, LoopLagPolicy policy) {
    Duration enough =
        Duration.ofNanos(Math.round(minute.loop().excess().toNanos() * policy.explains()));
    Waits waits = minute.waits();
    if (waits.gc().compareTo(enough) >= 0) {
      return GC;
    }
    if (waits.runQueue().compareTo(enough) >= 0) {
      return STARVED;
    }
    if (waits.gil().minus(waits.gc()).compareTo(enough) >= 0) {
      return GIL;
    }
    boolean isHeldBack = waits.runQueue().isZero() && waits.throttled().compareTo(enough) >= 0;
    return isHeldBack ? STARVED : UNEXPLAINED;
  }
}
