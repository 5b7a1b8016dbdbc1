package dev.hognose.diagnosis;

import dev.hognose.alert.Alert;
import dev.hognose.alert.Evidence;
import java.util.ArrayList;
import java.util.List;

/**
 * The container's CPU quota holds it back. The kernel adds up for how long over the container's
 * processors, so that the share of the time is known as a bound only.
 */
record CpuThrottled(SharePolicy policy) implements Diagnosis {

  @Override
  public Alert.Kind kind() {
    return Alert.Kind.CPU_THROTTLED;
  }

  @Override
  public List<Sign> signs(History history) {
    boolean isThrottled =
        history.always(
            policy.windows(), span -> span.rate(Figure.THROTTLED_SECONDS) >= policy.limit());
    return isThrottled ? List.of(sign(history)) : List.of();
  }

  private Sign sign(History history) {
    double share = Math.min(1, history.lastAsOne(policy.windows()).rate(Figure.THROTTLED_SECONDS));
    double quota = history.newest().figure(Figure.CPU_LIMIT_CORES);
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(Words.ratio("throttled", share));
    String limit = "";
    if (quota > 0) {
      evidence.add(Words.count("quota_cores", quota));
      limit = " by its quota of " + Words.number(quota) + " cores";
    }
    String phrase = "held back up to " + Words.percent(share) + " of the time" + limit;
    return Sign.of("", phrase, share / policy.limit(), evidence);
  }
}
