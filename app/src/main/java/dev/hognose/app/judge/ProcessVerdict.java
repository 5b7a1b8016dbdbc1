package dev.hognose.app.judge;

import dev.hognose.leak.Growth;
import dev.hognose.leak.LeakEvent;
import dev.hognose.sample.GrowthRate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a trace says about one process.
 *
 * @param onsets of leaks, in order
 * @param firstGrowth what grew at the first onset
 * @param firstVersion of the program at the first onset, empty when it is not known
 * @param standing slope of the leak that stands after the last sample
 * @param outOfMemorySoon when the limit was within the hour
 */
record ProcessVerdict(
    String trace,
    ProcessKey process,
    List<LeakEvent.Onset> onsets,
    Optional<Growth> firstGrowth,
    String firstVersion,
    Optional<GrowthRate> standing,
    List<Instant> outOfMemorySoon) {

  ProcessVerdict {
    onsets = List.copyOf(onsets);
    outOfMemorySoon = List.copyOf(outOfMemorySoon);
  }
}
