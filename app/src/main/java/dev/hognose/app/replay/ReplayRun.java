package dev.hognose.app.replay;

import dev.hognose.app.console.Shell;
import dev.hognose.collector.CollectorSettings;
import dev.hognose.settings.Env;
import dev.hognose.streams.StreamsSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** One replay as it was asked for: by what is judged, who listens, and what is told of it. */
final class ReplayRun {

  /** What somebody wants to know. */
  enum Purpose {
    /** What was told. */
    TELL,
    /** Whether that is what was told live. */
    VERIFY,
    /** What other numbers would have told. */
    COMPARE
  }

  /**
   * What was asked.
   *
   * @param service the only one; absent: all
   * @param whatIf the other numbers by their keys, for a comparison
   * @param origin for the head of a report: which records, judged by what
   * @param collector whose scrapes are written, where series are
   */
  record Asked(
      Purpose purpose,
      TimeLine.Form form,
      Optional<String> service,
      Map<String, String> whatIf,
      Map<String, String> origin,
      CollectorSettings collector) {

    Asked {
      whatIf = Collections.unmodifiableMap(new LinkedHashMap<>(whatIf));
      origin = Collections.unmodifiableMap(new LinkedHashMap<>(origin));
    }
  }

  private final Shell shell;
  private final Asked asked;

  ReplayRun(Shell shell, Asked asked) {
    this.shell = shell;
    this.asked = asked;
  }

  /**
   * Judges the records and tells what was asked.
   *
   * @param series where a scrape of the past goes, if it was asked for
   * @param page where a report goes, if it was asked for
   * @return whether all is as it was live, where that was asked
   */
  boolean of(PastRecords records, WrittenFile series, WrittenFile page) throws IOException {
    Window window = records.window();
    Map<String, String> environment = PolicyKey.under(records.policy(), shell.environment());
    Rules rules = Rules.of(StreamsSettings.from(new Env(environment)));
    PastReport report = new PastReport(window, facts(window, rules));
    List<Telling> told = new ArrayList<>();
    List<Telling> otherwise = new ArrayList<>();
    try (Performance performance = new Performance(rules, listener(window, told))) {
      series
          .out()
          .ifPresent(out -> performance.series(new PastSeries(window, asked.collector(), out)));
      page.out().ifPresent(out -> performance.report(report));
      if (asked.purpose() == Purpose.COMPARE) {
        performance.beside(Rules.changed(environment, "--what-if", asked.whatIf()), otherwise::add);
      }
      new Passage(shell, asked.service()).of(records, performance.listeners());
      performance.end();
    }
    if (asked.purpose() == Purpose.COMPARE) {
      WhatIf compared = new WhatIf(window, told, otherwise);
      compared.tell(asked.form(), shell.out());
      report.compared(compared.comparison(PolicyKey.written(asked.whatIf())));
    }
    if (page.out().isPresent()) {
      report.write(page.out().get());
    }
    return asked.purpose() != Purpose.VERIFY || verified(records, told);
  }

  /** Who is to be told at the end must wait for all of it. */
  private Consumer<Telling> listener(Window window, List<Telling> told) {
    return asked.purpose() == Purpose.TELL
        ? new TimeLine(window, asked.form(), shell.out())
        : told::add;
  }

  /** For the head of a report. */
  private Map<String, String> facts(Window window, Rules rules) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("window", window.isOpen() ? "all that the capture holds" : window.toString());
    facts.put("policy", PolicyKey.written(PolicyKey.inForce(rules.settings())));
    facts.putAll(asked.origin());
    asked.service().ifPresent(only -> facts.put("only the service", only));
    return facts;
  }

  private boolean verified(PastRecords records, List<Telling> told) throws IOException {
    Window window = records.window();
    List<Telling> within = told.stream().filter(each -> window.tells(each.at())).toList();
    return Verification.of(records.told(), within, asked.service()).tell(shell.out());
  }
}
