package dev.hognose.diagnosis;

import dev.hognose.alert.Alert;
import dev.hognose.sample.Event;
import dev.hognose.sample.ProcessId;
import dev.hognose.sample.Sample;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keeps what a stream would keep of processes and their services, and what it would have told. */
final class Fleet {

  private final ProcessWatch watch = new ProcessWatch(DiagnosisPolicy.DEFAULT);
  private final Map<ProcessId, ProcessState> processes = new LinkedHashMap<>();
  private final KeptCases cases = new KeptCases();
  private final Map<String, Alert> told = new LinkedHashMap<>();
  private final List<Alert> history = new ArrayList<>();
  private final ServiceCases serviceCases;

  Fleet() {
    this(DiagnosisPolicy.DEFAULT);
  }

  Fleet(DiagnosisPolicy policy) {
    serviceCases = new ServiceCases(new CaseWatch(policy), cases);
  }

  /** The usual policy, but for the culprits that are told apart. */
  static DiagnosisPolicy tellingApart(int culprits) {
    DiagnosisPolicy usual = DiagnosisPolicy.DEFAULT;
    return new DiagnosisPolicy(
        usual.windows(),
        usual.rises(),
        usual.loads(),
        usual.counts(),
        usual.surge(),
        usual.slowTasks(),
        usual.holder(),
        usual.lives(),
        usual.repeats(),
        usual.quiet(),
        culprits);
  }

  ProcessStep take(Sample sample) {
    return keep(watch.next(state(sample.process()), sample));
  }

  ProcessStep take(Event event) {
    return keep(watch.next(state(event.process()), event));
  }

  /** Takes a sample a second of a process that does nothing. */
  void lives(ProcessId process, int from, int until) {
    for (int second = from; second <= until; second++) {
      take(Shop.quiet(process, second, second));
    }
  }

  /** As when the timer finds that nothing was heard of a process. */
  ProcessStep silence(ProcessId process) {
    return keep(watch.silence(state(process)));
  }

  /** The same of a process whose kill is told. */
  ProcessStep kill(ProcessId process) {
    return keep(watch.killed(state(process)));
  }

  /** As when the timer finds that nothing was seen of any illness. */
  void quiet() {
    List.copyOf(cases.all())
        .forEach(each -> serviceCases.over(each.ailment().key()).ifPresent(this::tell));
  }

  private ProcessState state(ProcessId process) {
    return processes.getOrDefault(process, ProcessState.unknown(process));
  }

  private ProcessStep keep(ProcessStep step) {
    processes.put(step.state().process(), step.state());
    step.sightings().forEach(this::take);
    return step;
  }

  void take(Sighting sighting) {
    serviceCases.take(sighting).forEach(this::tell);
  }

  private void tell(CaseStep step) {
    step.withdrawn().forEach(told::remove);
    step.alerts().forEach(alert -> told.put(alert.id(), alert));
    history.addAll(step.alerts());
  }

  /** The last word on each alert. */
  Collection<Alert> told() {
    return told.values();
  }

  Map<String, Alert> toldById() {
    return told;
  }

  List<Alert> history() {
    return history;
  }

  Collection<Cases> cases() {
    return cases.all();
  }

  ProcessState of(ProcessId process) {
    return state(process);
  }
}
