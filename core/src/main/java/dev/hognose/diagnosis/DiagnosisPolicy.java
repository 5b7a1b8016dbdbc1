package dev.hognose.diagnosis;

import dev.hognose.alert.Alert;
import dev.hognose.sample.Multiple;
import dev.hognose.sample.SilencePolicy;
import java.time.Duration;

/**
 * The numbers that decide, a part for each sort of diagnosis. Reasons: docs/detection.md.
 *
 * @param quiet without a sign for so long an illness is over
 * @param mostCulprits of a service that are told apart
 */
public record DiagnosisPolicy(
    Windows windows,
    Rises rises,
    Loads loads,
    Counts counts,
    SurgePolicy surge,
    SlowTasksPolicy slowTasks,
    HolderPolicy holder,
    Lives lives,
    Repeats repeats,
    Duration quiet,
    int mostCulprits) {

  /** What may yet be one of those that weigh most has to be known: for each that is told. */
  private static final int KNOWN = 32;

  public static final DiagnosisPolicy DEFAULT =
      new DiagnosisPolicy(
          new Windows(Duration.ofSeconds(4), 4, 12),
          Rises.DEFAULT,
          Loads.DEFAULT,
          Counts.DEFAULT,
          new SurgePolicy(20, 10, 2, 2, 1 / 300.0),
          new SlowTasksPolicy(Duration.ofSeconds(10), 3),
          new HolderPolicy(100, 100),
          new Lives(Duration.ofMinutes(2), 3, SilencePolicy.DEFAULT, Duration.ofSeconds(2)),
          Repeats.DEFAULT,
          Duration.ofMinutes(10),
          500);

  /**
   * How a process's time is divided.
   *
   * @param least length of a window
   * @param intervals of the agent that a window holds at least
   * @param kept readings of a process, one a window
   */
  public record Windows(Duration least, int intervals, int kept) {

    Duration of(Duration interval) {
      Duration several = Multiple.of(interval, intervals);
      return several.compareTo(least) > 0 ? several : least;
    }
  }

  /** What is made and never given back. */
  public record Rises(
      RisePolicy threads, RisePolicy descriptors, RisePolicy children, RisePolicy tasks) {

    static final Rises DEFAULT =
        new Rises(
            new RisePolicy(12, 40, RisePolicy.Shape.DEFAULT),
            new RisePolicy(30, 130, RisePolicy.Shape.DEFAULT),
            new RisePolicy(8, 12, RisePolicy.Shape.DEFAULT),
            new RisePolicy(50, 100, RisePolicy.Shape.DEFAULT));
  }

  /** What takes the processor's time. */
  public record Loads(
      GilPolicy gil,
      OversubscriptionPolicy pools,
      SharePolicy throttled,
      SharePolicy collector,
      CyclesPolicy cycles) {

    static final Loads DEFAULT =
        new Loads(
            new GilPolicy(0.003, 0.5, 0.5, 0.4, 0.5, 3),
            new OversubscriptionPolicy(2, 0.5, 0.5, 0.05, 3),
            new SharePolicy(0.05, 3),
            new SharePolicy(0.05, 3),
            new CyclesPolicy(5_000, 2, 1_000, 9));
  }

  /** What must not happen, or not so often. */
  public record Counts(
      CountPolicy unread,
      CountPolicy neverAwaited,
      CountPolicy destroyed,
      CountPolicy errors,
      CountPolicy resources,
      CountPolicy deprecations,
      CountPolicy dropped) {

    static final Counts DEFAULT =
        new Counts(
            new CountPolicy(3, 3),
            new CountPolicy(1, 3),
            new CountPolicy(1, 3),
            new CountPolicy(3, 3),
            new CountPolicy(3, 3),
            new CountPolicy(1, 3),
            new CountPolicy(1, 3));
  }

  /**
   * How processes end.
   *
   * @param young age until which an end counts as soon
   * @param crashes that are a loop, each of another process
   * @param silence when a process counts as silent, from the end of its last window
   * @param setBack of a clock that is tolerated
   */
  public record Lives(Duration young, int crashes, SilencePolicy silence, Duration setBack) {}

  /** Culprits of a service that are known apart; beyond that only the strongest signs are. */
  int mostKnown() {
    return KNOWN * mostCulprits;
  }

  /** Without a sign for so long an illness is over. */
  Duration quiet(Alert.Kind kind) {
    return switch (kind) {
      // Said once in a process's life, and once more only when it is deployed again.
      case DEPRECATION_WARNINGS, NEVER_AWAITED -> Multiple.of(quiet, 6);
      default -> quiet;
    };
  }

  /**
   * Whether all that is seen is told at once. Of a silence that is its beginning and its end, and
   * nothing more: a process that is heard again is no other than one that never was, while what is
   * told of an illness goes on in every window.
   */
  boolean tellsEachSighting(Alert.Kind kind) {
    return kind == Alert.Kind.SILENT_PROCESS;
  }

  /** How many processes must show it before it is told. */
  int needed(Alert.Kind kind) {
    return kind == Alert.Kind.CRASH_LOOP ? lives.crashes : 1;
  }
}
