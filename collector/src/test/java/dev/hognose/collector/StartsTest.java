package dev.hognose.collector;

import static dev.hognose.collector.Examples.T0;
import static dev.hognose.collector.Examples.process;
import static dev.hognose.collector.Examples.sample;
import static dev.hognose.collector.Examples.started;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.collector.fleet.Fleet;
import dev.hognose.collector.history.PastStarts.Found;
import dev.hognose.collector.history.PastStarts.Looked;
import dev.hognose.sample.ProcessId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who is looked for, and how often. */
class StartsTest {

  private final Fleet fleet = new Fleet(new ManualClock(T0), Duration.ofDays(1));
  private final Queue<Looked> answers = new ArrayDeque<>();
  private final List<Collection<ProcessId>> asked = new ArrayList<>();
  private final List<Found> learnt = new ArrayList<>();

  @Test
  void whoCouldNotBeLookedForIsLookedForAgainAndTheOthersAreNot() {
    for (int pid = 1; pid <= 2; pid++) {
      fleet.apply(0, sample(process(pid), 2, T0), T0);
    }
    fleet.publish();
    Found found = new Found(0, started(process(2), 1, T0));
    answers.add(new Looked(List.of(), Set.of(process(1))));
    answers.add(new Looked(List.of(found), Set.of(process(2))));

    try (Starts starts = new Starts(fleet::snapshot, () -> true, this::look, learnt::add)) {
      starts.look();
      starts.look();
      starts.look();
    }

    assertThat(asked).containsExactly(List.of(process(1), process(2)), List.of(process(2)));
    assertThat(learnt).containsExactly(found);
  }

  private Looked look(Collection<ProcessId> wanted) {
    asked.add(wanted);
    return answers.remove();
  }
}
