package dev.hognose.streams;

import dev.hognose.diagnosis.DiagnosisPolicy;
import dev.hognose.leak.LeakAlertPolicy;
import dev.hognose.leak.LeakPolicy;
import dev.hognose.leak.ServicePolicy;
import dev.hognose.limit.LimitPolicy;
import dev.hognose.loop.LoopBlockPolicy;
import dev.hognose.loop.LoopLagPolicy;
import java.time.Duration;

/**
 * All numbers that decide, a policy for each topology that judges.
 *
 * @param leak of a process alone
 * @param leakService what its service says of it, where the leak policy asks for that
 * @param leakAlert when a standing leak is told again
 * @param limit when memory runs out, or has
 */
public record Policies(
    LeakPolicy leak,
    ServicePolicy leakService,
    LeakAlertPolicy leakAlert,
    LimitPolicy limit,
    LoopBlockPolicy block,
    LoopLagPolicy lag,
    DiagnosisPolicy diagnosis) {

  /** As an operator has set them; some follow others. */
  public static Policies of(StreamsSettings settings) {
    Duration bucket = settings.leak().bucket();
    return new Policies(
        settings.leak(),
        ServicePolicy.DEFAULT.withBucket(bucket),
        LeakAlertPolicy.DEFAULT,
        settings.limit(),
        settings.blocks(),
        LoopLagPolicy.DEFAULT.withQuiet(settings.blocks().quiet()),
        DiagnosisPolicy.DEFAULT);
  }
}
