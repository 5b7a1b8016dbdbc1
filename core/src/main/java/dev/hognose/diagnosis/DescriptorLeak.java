package dev.hognose.diagnosis;

import dev.hognose.alert.Alert;
import dev.hognose.alert.Evidence;
import java.util.List;

/** Files and sockets are opened and never closed. */
record DescriptorLeak(RisePolicy policy) implements Diagnosis {

  @Override
  public Alert.Kind kind() {
    return Alert.Kind.DESCRIPTOR_LEAK;
  }

  @Override
  public List<Sign> signs(History history) {
    double limit = history.newest().figure(Figure.FD_LIMIT);
    Evidence[] more = limit > 0 ? new Evidence[] {Words.count("limit", limit)} : new Evidence[0];
    return SteadyRise.of(history.series(Figure.OPEN_FDS), policy).stream()
        .map(rise -> Rising.sign("", "open descriptors", rise, policy, more))
        .map(sign -> MostGained.of(history, Group.DESCRIPTORS_GAINED).blamedBy(sign))
        .toList();
  }
}
