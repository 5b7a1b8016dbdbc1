package dev.hognose.app.judge;

import dev.hognose.leak.LeakEvent;
import dev.hognose.sample.GrowthRate;
import java.util.List;
import java.util.Optional;

/**
 * What a trace says about one process.
 *
 * @param onsets of leaks, in order
 * @param standing slope of the leak that stands after the last sample
 */
record ProcessVerdict(
    String trace, ProcessKey process, List<LeakEvent.Onset> onsets, Optional<GrowthRate> standing) {

  ProcessVerdict {
    onsets = List.copyOf(onsets);
  }
}
