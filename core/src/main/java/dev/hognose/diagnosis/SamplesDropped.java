package dev.hognose.diagnosis;

import dev.hognose.alert.Alert;
import java.util.ArrayList;
import java.util.List;

/** The agent could not deliver what it had read. */
record SamplesDropped(CountPolicy policy) implements Diagnosis {

  @Override
  public Alert.Kind kind() {
    return Alert.Kind.SAMPLES_DROPPED;
  }

  @Override
  public List<Sign> signs(History history) {
    Span span = history.lastAsOne(policy.windows());
    Named dropped = span.to().group(Group.DROPPED);
    List<Sign> signs = new ArrayList<>(0);
    for (int i = 0; i < dropped.size(); i++) {
      double grown = span.grown(Group.DROPPED, i);
      if (grown >= policy.least()) {
        signs.add(sign(dropped.name(i), grown));
      }
    }
    return signs;
  }

  private Sign sign(String name, double grown) {
    return Sign.of(
        name,
        "the agent dropped " + Words.number(grown) + " records: " + name,
        grown / policy.least(),
        List.of(Words.count("dropped", grown)));
  }
}
