package dev.hognose.collector.page;

import dev.hognose.collector.fleet.ProcessState;
import dev.hognose.sample.ProcessId;
import dev.hognose.sample.Started;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One process: its latest figures, and how they came about.
 *
 * @param live whether it still tells something
 * @param facts of its latest sample
 */
record ProcessPage(
    String address,
    String title,
    String service,
    String serviceAddress,
    boolean live,
    List<AlertView.Fact> facts,
    Window window,
    List<ChartView> charts) {

  static ProcessPage of(ProcessId id, Optional<ProcessState> state, Window window) {
    return new ProcessPage(
        Address.process(id),
        id.service() + " on " + id.host() + ", pid " + id.pid(),
        id.service(),
        Address.service(id.service()),
        state.isPresent(),
        state.map(ProcessPage::facts).orElse(List.of()),
        window,
        ChartView.all(Address.history(id, window), state.flatMap(ProcessState::trend)));
  }

  private static List<AlertView.Fact> facts(ProcessState state) {
    ProcessView view = ProcessView.of(state);
    List<AlertView.Fact> facts = new ArrayList<>();
    facts.add(new AlertView.Fact("memory", view.memory() + " of " + view.limit()));
    facts.add(new AlertView.Fact("trend", view.trend()));
    facts.add(new AlertView.Fact("CPU", view.cpu()));
    facts.add(new AlertView.Fact("loop lag, 99 %", view.lag()));
    facts.add(new AlertView.Fact("version", view.version()));
    state.started().ifPresent(started -> facts.addAll(facts(started)));
    return facts;
  }

  private static List<AlertView.Fact> facts(Started started) {
    return List.of(
        new AlertView.Fact("command", started.command()),
        new AlertView.Fact("Python", started.python()));
  }
}
