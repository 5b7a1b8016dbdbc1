package dev.hognose.loop;

import dev.hognose.alert.Alert;
import java.util.List;

/**
 * What a minute of lag, or the want of one, led to.
 *
 * @param alerts to tell, earliest episode first
 * @param withdrawn ids of alerts that never were: what they told is part of another
 */
public record LoopLagStep(LagEpisodes episodes, List<Alert> alerts, List<String> withdrawn) {

  public LoopLagStep {
    alerts = List.copyOf(alerts);
    withdrawn = List.copyOf(withdrawn);
  }
}
