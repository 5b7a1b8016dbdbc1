package dev.hognose.collector.page;

import dev.hognose.alert.Alert;
import dev.hognose.sample.Frame;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * An alert in the words of the page.
 *
 * @param culprit empty where none is known
 * @param cause empty where that is no question
 * @param facts what was seen, name and figure
 */
record AlertView(
    String address,
    boolean firing,
    String severity,
    String title,
    String service,
    String serviceAddress,
    String process,
    String processAddress,
    String culprit,
    String cause,
    String since,
    String resolved,
    List<Fact> facts,
    String advice) {

  /** A name and a figure. */
  record Fact(String name, String figure) {}

  static AlertView of(Alert alert, Instant now) {
    List<Fact> facts = new ArrayList<>();
    alert.evidence().forEach(each -> facts.add(new Fact(each.name(), Wording.figure(each))));
    facts.add(new Fact("processes affected", Integer.toString(alert.processesAffected())));
    if (!alert.version().isEmpty()) {
      facts.add(new Fact("version", alert.version()));
    }
    return new AlertView(
        Address.alert(alert.id()),
        alert.state() == Alert.State.FIRING,
        Wording.choice(alert.severity()),
        alert.title(),
        alert.service(),
        Address.service(alert.service()),
        alert.process().map(process -> process.host() + ", pid " + process.pid()).orElse(""),
        alert.process().map(Address::process).orElse(""),
        alert.culprit().map(Frame::toString).orElse(""),
        alert.cause(),
        Wording.since(alert.firedAt(), now),
        alert.resolvedAt().map(at -> Wording.since(at, now)).orElse(""),
        facts,
        alert.advice());
  }
}
