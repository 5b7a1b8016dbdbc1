package dev.hognose.streams;

import dev.hognose.alert.Alert;
import dev.hognose.alert.Evidence;
import dev.hognose.diagnosis.Ailment;
import dev.hognose.diagnosis.Case;
import dev.hognose.diagnosis.Cases;
import dev.hognose.diagnosis.Presence;
import dev.hognose.diagnosis.Presences;
import dev.hognose.diagnosis.Sighting;
import dev.hognose.diagnosis.Sign;
import dev.hognose.diagnosis.Told;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.Frame;
import dev.hognose.sample.ProcessId;
import dev.hognose.sample.Retention;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What can be told of diagnoses, a number of its own in each place. */
final class CaseExamples {

  private CaseExamples() {}

  /** Two processes, and what was said of them: whatever can be there is. */
  static Cases cases() {
    Frame place = new Frame("/srv/shop/cart.py", 31, "price");
    Retention holder =
        new Retention(
            "shop.cart:SEEN",
            Retention.Kind.LRU_CACHE,
            32,
            33,
            new Bytes(34),
            OptionalLong.of(35),
            OptionalLong.of(36),
            OptionalLong.of(37),
            "dict[str, int]");
    Sign other =
        new Sign(
            "shop.cart:SEEN",
            "the container shop.cart:SEEN keeps 38 entries, in price (shop/cart.py:31)",
            39,
            List.of(new Evidence("entries", 40, "count"), new Evidence("mass", 41, "stone")),
            Optional.of(place),
            Optional.of(holder));
    Presence both =
        presence(
            42, ProcessExamples.PROCESS, sign(), Optional.of(ProcessExamples.T0.plusSeconds(43)));
    ProcessId second = new ProcessId("orders", "web-2", 44, ProcessExamples.T0.plusSeconds(45));
    Presence late = presence(46, second, other, Optional.empty());
    Told told = new Told(id(), 50, 51, Told.Life.RESOLVED, ProcessExamples.T0.plusSeconds(52));
    return new Cases(
        new Ailment("orders", Alert.Kind.UNEXPECTED_ERROR, sign().culprit(), Ailment.Scope.ONE),
        List.of(
            new Case(Presences.of(List.of(both, late)), List.of(told), true),
            new Case(Presences.of(List.of(late)), List.of(), false)));
  }

  private static Presence presence(
      int first, ProcessId process, Sign sign, Optional<Instant> before) {
    return new Presence(
        process,
        "1.4." + first,
        ProcessExamples.T0.plusSeconds(first),
        ProcessExamples.T0.plusSeconds(first + 1),
        ProcessExamples.T0.plusSeconds(first + 2),
        Duration.ofMillis(first + 3),
        sign,
        before);
  }

  private static String id() {
    return "0123456789abcdeffedcba9876543210";
  }

  private static Sign sign() {
    return new Sign(
        "/srv/shop/views.py in checkout",
        "53 times TypeError within 54 s, in checkout (shop/views.py:55)",
        2,
        List.of(
            new Evidence("count", 53, "count"),
            new Evidence("rate", 0.5, "per_second"),
            new Evidence("confidence", 0.75, "ratio")),
        Optional.of(new Frame("/srv/shop/views.py", 55, "checkout")),
        Optional.empty());
  }

  static Sighting sighting() {
    return new Sighting(
        ProcessExamples.PROCESS,
        "1.4.2",
        Alert.Kind.UNEXPECTED_ERROR,
        sign(),
        ProcessExamples.T0.plusSeconds(1),
        ProcessExamples.T0.plusSeconds(3),
        Duration.ofSeconds(4),
        Sighting.State.WITHDRAWN);
  }
}
