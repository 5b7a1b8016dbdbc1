package dev.hognose.diagnosis;

import static dev.hognose.diagnosis.Shop.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.fixture.SampleBuilder;
import dev.hognose.sample.AllocationGrowth;
import dev.hognose.sample.Event;
import dev.hognose.sample.Frame;
import dev.hognose.sample.Retention;
import dev.hognose.sample.Stack;
import dev.hognose.sample.StackProfile;
import dev.hognose.sample.Started;
import dev.hognose.sample.Stopped;
import dev.hognose.sample.Whereabouts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of each sample and event of a process, and what is known of it then. */
class ProcessWatchTest {

  private static final ProcessWatch WATCH = new ProcessWatch(DiagnosisPolicy.DEFAULT);

  /** After a sample of second 4.5; windows of four seconds begin at 3.75 and 7.75. */
  @ParameterizedTest
  @CsvSource({
    "the next window,          3, 7.75,  JUDGED",
    "the same window,          3, 7.749, WITHIN",
    "an earlier one of it,     1, 3.75,  KEPT",
    "the same once more,       2, 4.5,   WITHIN",
    "an earlier window,        1, 3.749, STALE",
    "a clock that is slewed,   3, 2.5,   STALE",
    "one that is set back,     3, 2.499, SET_BACK",
    "what is only late,        1, -9,    STALE"
  })
  void eachSampleIsCountedOnce(
      String what, long sequence, double second, ProcessStep.Outcome outcome) {
    ProcessState before = after(sample(2, 4.5));

    ProcessStep step = WATCH.next(before, sample(sequence, second).build());

    assertThat(step.outcome()).as(what).isEqualTo(outcome);
    assertThat(step.state().equals(before)).isEqualTo(!outcome.changesState());
  }

  @ParameterizedTest
  @CsvSource({"JUDGED, true", "KEPT, true", "WITHIN, false", "STALE, false", "SET_BACK, true"})
  void onlyWhatBeginsSomethingChangesAnything(ProcessStep.Outcome outcome, boolean changes) {
    assertThat(outcome.changesState()).isEqualTo(changes);
  }

  /** A process that is seen from its beginning has had no exception before it. */
  @ParameterizedTest
  @CsvSource({"1, 2", "16, 2", "17, 1"})
  void aYoungProcessIsKnownFromItsBirthOn(long sequence, int readings) {
    ProcessState begun = after(sample(sequence, 2));

    assertThat(begun.readings()).hasSize(readings);
    assertThat(begun.readings().get(0).equals(Reading.birth(startOf(begun))))
        .isEqualTo(readings == 2);
  }

  private static Instant startOf(ProcessState state) {
    return state.process().startedAt();
  }

  @Test
  void birthComesBeforeTheFirstSampleWhateverTheClockSays() {
    ProcessState begun = after(sample(1, -5));

    assertThat(begun.readings()).first().extracting(Reading::at).isEqualTo(at(-5).minusMillis(1));
  }

  @Test
  void noMoreReadingsAreKeptThanAreJudged() {
    ProcessState state = after(sample(20, 0));
    for (int i = 1; i <= 20; i++) {
      state = WATCH.next(state, sample(20 + i, 4.0 * i).build()).state();
      assertThat(state.readings()).hasSize(Math.min(i + 1, 12));
    }

    assertThat(state.readings()).first().extracting(Reading::at).isEqualTo(at(36));
    assertThat(state.newest()).map(Reading::at).contains(at(80));
  }

  /** Interval of the agent, the window, and for how long the process may say nothing. */
  @ParameterizedTest
  @CsvSource({"1, 4, 20", "5, 20, 20", "10, 40, 30", "60, 240, 180"})
  void intervalOfTheAgentDecidesOnWindowAndPatience(int interval, int window, int silence) {
    ProcessState state = after(sample(1, 1.75).interval(Duration.ofSeconds(interval)));
    Settled settled = Settled.of(state.readings().get(1), Duration.ofSeconds(window));

    assertThat(WATCH.patience(state)).isEqualTo(Duration.ofSeconds(window + silence));
    assertThat(WATCH.settled(state)).contains(settled);
  }

  @Test
  void nothingIsSettledOfAProcessThatNobodyHeard() {
    assertThat(WATCH.settled(ProcessState.unknown(Shop.process(1)))).isEmpty();
  }

  @Test
  void versionIsLegibleAndOfBearableLength() {
    ProcessState state = after(sample(1, 2).version("1.4\n" + "x".repeat(300)));

    assertThat(state.version()).hasSize(200).startsWith("1.4\uFFFDxx");
  }

  @Test
  void latestSampleSaysVersionAndInterval() {
    ProcessState first = after(sample(1, 2).version("1"));

    ProcessState next =
        WATCH
            .next(first, sample(2, 60).version("2").interval(Duration.ofSeconds(7)).build())
            .state();

    assertThat(next.version()).isEqualTo("2");
    assertThat(next.interval()).isEqualTo(Duration.ofSeconds(7));
  }

  static Stream<Arguments> events() {
    Retention holder = Illness.retention("shop.cart:SEEN");
    AllocationGrowth growth =
        new AllocationGrowth(Duration.ZERO, Duration.ZERO, Duration.ZERO, List.of(), false);
    Started started = new Started("", "3.12.1", Map.of(), 1, "", Whereabouts.UNKNOWN);
    return Stream.of(
        Arguments.of(new Stopped(Stopped.Reason.EXIT, 0), true),
        Arguments.of(holder, true),
        Arguments.of(profile("/srv/shop/views.py"), true),
        Arguments.of(growth, true),
        Arguments.of(started, false));
  }

  @ParameterizedTest
  @MethodSource("events")
  void eventsConcernItThatCanShowAnything(Event.What what, boolean concerns) {
    Event event = Shop.event(Shop.process(1), 3, what);

    assertThat(ProcessWatch.concerns(event)).isEqualTo(concerns);
    if (!(what instanceof StackProfile)) {
      assertThat(ProcessWatch.essence(event)).isSameAs(event);
    }
  }

  @Test
  void essenceOfAProfileSaysTheSameOfThreads() {
    StackProfile profile = profile("/srv/shop/views.py", "/srv/shop/models.py");
    Event event = Shop.event(Shop.process(1), 3, profile);

    Event essence = ProcessWatch.essence(event);

    assertThat(((StackProfile) essence.what()).stacks())
        .singleElement()
        .satisfies(stack -> assertThat(stack.frames()).hasSize(1));
    assertThat(HotThreads.of(essence, (StackProfile) essence.what()))
        .isEqualTo(HotThreads.of(event, profile));
  }

  @Test
  void latestProfileStandsWhicheverWasReadFirst() {
    Event early = Shop.event(Shop.process(1), 3, profile("/srv/shop/early.py"));
    Event late = Shop.event(Shop.process(1), 63, profile("/srv/shop/late.py"));
    ProcessState begun = after(sample(1, 2));

    for (List<Event> order : List.of(List.of(early, late), List.of(late, early))) {
      ProcessState state = begun;
      for (Event event : order) {
        state = WATCH.next(state, event).state();
      }
      assertThat(state.hot().places().get("worker"))
          .isEqualTo(new Frame("/srv/shop/late.py", 41, "checkout"));
    }
  }

  @Test
  void lifeGoesFromRunningToItsEnd() {
    ProcessState running = after(sample(1, 2));
    ProcessState silent = WATCH.silence(running).state();
    Event end = Shop.event(Shop.process(1), 3, new Stopped(Stopped.Reason.EXIT, 0));

    assertThat(running.life()).isEqualTo(ProcessState.Life.RUNNING);
    assertThat(silent.life()).isEqualTo(ProcessState.Life.SILENT);
    assertThat(silent.silentSince()).contains(at(23.75));
    assertThat(WATCH.next(silent, sample(2, 6).build()).state().life())
        .isEqualTo(ProcessState.Life.RUNNING);
    assertThat(WATCH.next(silent, end).state().life()).isEqualTo(ProcessState.Life.STOPPED);
  }

  /** It counts as silent from second 23.75 on, twenty seconds after its window. */
  @ParameterizedTest
  @CsvSource({"23.75, true", "23.751, false", "3, true"})
  void anEndTakesBackASilenceThatItCameBefore(double second, boolean isTakenBack) {
    ProcessState silent = WATCH.silence(after(sample(20, 2))).state();
    Event end = Shop.event(Shop.process(1), second, new Stopped(Stopped.Reason.EXIT, 0));

    assertThat(WATCH.next(silent, end).sightings())
        .extracting(Sighting::state)
        .containsExactlyElementsOf(
            isTakenBack ? List.of(Sighting.State.WITHDRAWN, Sighting.State.WITHDRAWN) : List.of());
  }

  private static ProcessState after(SampleBuilder first) {
    return WATCH.next(ProcessState.unknown(Shop.process(1)), first.build()).state();
  }

  private static SampleBuilder sample(long sequence, double second) {
    return SampleBuilder.of(Shop.process(1), sequence, at(second)).interval(Duration.ofSeconds(1));
  }

  private static StackProfile profile(String... files) {
    List<Frame> frames = Stream.of(files).map(file -> new Frame(file, 41, "checkout")).toList();
    List<Stack> stacks = List.of(new Stack(frames, 5, "worker"));
    return new StackProfile(Duration.ofSeconds(60), 5, stacks, false);
  }
}
