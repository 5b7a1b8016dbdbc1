package dev.hognose.diagnosis;

import dev.hognose.alert.Alert;
import dev.hognose.sample.Retention;
import java.time.Duration;
import java.util.List;

/** What the first process shows of one culprit at a moment, until a test says otherwise. */
final class SightingBuilder {

  private int process = 1;
  private String version = "1.4.2";
  private Alert.Kind kind = Alert.Kind.TASK_LEAK;
  private String culprit = "shop.cart.remind";
  private String phrase = "tasks of shop.cart.remind";
  private double weight = 2;
  private final double from;
  private final double until;
  private Duration beat = Duration.ofSeconds(4);
  private List<Retention> holders = List.of();

  private SightingBuilder(double from, double until) {
    this.from = from;
    this.until = until;
  }

  /** From the one second until the other. */
  static SightingBuilder within(double from, double until) {
    return new SightingBuilder(from, until);
  }

  static SightingBuilder at(double second) {
    return within(second, second);
  }

  SightingBuilder by(int number) {
    process = number;
    return this;
  }

  SightingBuilder version(String name) {
    version = name;
    return this;
  }

  SightingBuilder kind(Alert.Kind other) {
    kind = other;
    return this;
  }

  SightingBuilder culprit(String name) {
    culprit = name;
    return phrase("tasks of " + name);
  }

  SightingBuilder phrase(String words) {
    phrase = words;
    return this;
  }

  SightingBuilder weight(double times) {
    weight = times;
    return this;
  }

  SightingBuilder beat(int seconds) {
    beat = Duration.ofSeconds(seconds);
    return this;
  }

  SightingBuilder keptBy(Retention holder) {
    holders = List.of(holder);
    return this;
  }

  Sighting build() {
    Sign sign = Sign.of(culprit, phrase, weight, List.of());
    for (Retention holder : holders) {
      sign = sign.keptBy(holder);
    }
    return new Sighting(
        Shop.process(process),
        version,
        kind,
        sign,
        Shop.at(from),
        Shop.at(until),
        beat,
        Sighting.State.SEEN);
  }

  Presence presence() {
    return Presence.of(build());
  }
}
