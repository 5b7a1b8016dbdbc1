package dev.hognose.collector.page;

import dev.hognose.alert.Alert;
import dev.hognose.sample.Frame;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * An alert in the words of the page.
 *
 * @param address and the other addresses are empty where there are no other pages
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
    return of(alert, at -> Wording.since(at, now), Links.TO_PAGES);
  }

  /** Of a page that stands alone: there is no other to lead to, and no now. */
  static AlertView past(Alert alert) {
    return of(alert, Wording::at, Links.NONE);
  }

  /** Whether there are other pages. */
  private enum Links {
    TO_PAGES,
    NONE;

    String to(String address) {
      return this == TO_PAGES ? address : "";
    }
  }

  private static AlertView of(Alert alert, Function<Instant, String> time, Links links) {
    return new AlertView(
        links.to(Address.alert(alert.id())),
        alert.state() == Alert.State.FIRING,
        Wording.choice(alert.severity()),
        alert.title(),
        alert.service(),
        links.to(Address.service(alert.service())),
        alert.process().map(process -> process.host() + ", pid " + process.pid()).orElse(""),
        alert.process().map(Address::process).map(links::to).orElse(""),
        alert.culprit().map(Frame::toString).orElse(""),
        alert.cause(),
        time.apply(alert.firedAt()),
        alert.resolvedAt().map(time).orElse(""),
        facts(alert),
        alert.advice());
  }

  private static List<Fact> facts(Alert alert) {
    List<Fact> facts = new ArrayList<>();
    alert
        .evidence()
        .forEach(each -> facts.add(new Fact(each.name().replace('_', ' '), each.figure())));
    facts.add(new Fact("processes affected", Integer.toString(alert.processesAffected())));
    if (!alert.version().isEmpty()) {
      facts.add(new Fact("version", alert.version()));
    }
    return facts;
  }
}
