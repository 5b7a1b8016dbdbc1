package dev.hognose.loop;

import static dev.hognose.loop.Blocks.T0;
import static dev.hognose.loop.Blocks.blamed;
import static dev.hognose.loop.Blocks.block;
import static dev.hognose.loop.Blocks.event;
import static dev.hognose.loop.Blocks.process;
import static dev.hognose.loop.Blocks.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.alert.Alert;
import dev.hognose.sample.Event;
import dev.hognose.sample.Frame;
import dev.hognose.sample.LoopBlock;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One culprit is told apart, two are the rest: what is left of each when it is forgotten. */
class ForgettingTest {

  private static final LoopBlockPolicy ONE_APART = Blocks.apart(1);
  private static final Fingerprint REST = Fingerprint.rest("orders");
  private static final Fingerprint BEYOND = Fingerprint.beyond("orders");

  private final Service service = new Service(ONE_APART);

  @BeforeEach
  void threeCulpritsThatAreOver() {
    service.take(blocked("large", 1, 5));
    service.take(blocked("middle", 2, 2));
    service.take(blocked("small", 3, 1.5));
    service.quiet();
  }

  private static Event blocked(String function, int number, double seconds) {
    return event(process(1), number, culprit(function, number, seconds));
  }

  private static LoopBlock culprit(String function, int number, double seconds) {
    return blamed(
        block(number, T0.plusSeconds(20L * number), seconds(seconds)),
        new Frame("/srv/shop/views.py", 10, function),
        LoopBlock.Cause.CPU);
  }

  private static Fingerprint of(String function) {
    return Fingerprint.of("orders", culprit(function, 1, 1));
  }

  private Alert rest() {
    return service.told().values().stream()
        .filter(alert -> alert.culprit().isEmpty())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whatIsOverIsSaidOnce() {
    int said = service.history().size();
    service.quiet();

    assertThat(service.history()).hasSize(said);
    assertThat(service.told().values())
        .hasSize(2)
        .allSatisfy(alert -> assertThat(alert.resolvedAt()).isPresent());
  }

  @Test
  void whoIsToldApartIsForgottenWhole() {
    BlocksChange change = service.forget(of("large"));

    assertThat(change.absorbed()).isEmpty();
    assertThat(change.forgotten()).extracting(Episodes::fingerprint).containsExactly(of("large"));
    assertThat(service.kept()).isEqualTo(3);
    assertThat(service.forget(of("large"))).isEqualTo(BlocksChange.forgotten(List.of()));
  }

  @Test
  void whoIsPartOfTheRestStaysPartOfItsSum() {
    Alert before = rest();

    assertThat(service.forget(of("small")).absorbed())
        .extracting(Episodes::fingerprint)
        .containsExactly(of("small"));
    assertThat(service.forget(of("middle")).absorbed()).hasSize(1);
    assertThat(service.kept()).isEqualTo(3);
    service.take(blocked("tiny", 4, 1.2));
    service.quiet();

    assertThat(rest().evidence().get(0).value()).isEqualTo(3);
    assertThat(rest().evidence().get(3).value()).isEqualTo(4.7);
    assertThat(rest().id()).isEqualTo(before.id());
  }

  @Test
  void theSumIsForgottenWithTheRest() {
    service.forget(of("small"));
    assertThat(service.forget(BEYOND).forgotten()).isEmpty();
    assertThat(service.kept()).isEqualTo(4);

    BlocksChange change = service.forget(REST);

    assertThat(change.forgotten()).extracting(Episodes::fingerprint).containsExactly(BEYOND);
    assertThat(service.kept()).isEqualTo(2);
    assertThat(service.forget(REST).outcome()).isEqualTo(LoopBlockStep.Outcome.STALE);
    assertThat(service.forget(of("middle")).forgotten())
        .extracting(Episodes::fingerprint)
        .containsExactly(of("middle"));
  }

  @Test
  void whoComesAgainIsToldWithoutWhatWasForgotten() {
    service.forget(of("large"));
    service.take(blocked("large", 4, 1.1));
    service.quiet();

    // Less than what the middle one has cost, who takes its room once he changes.
    assertThat(service.told().values())
        .filteredOn(alert -> alert.culprit().isPresent())
        .extracting(alert -> alert.evidence().get(0).value())
        .contains(1.0);
  }

  @Test
  void anotherTaskKnowsWhoIsToldApart() {
    Service next = service.takenOver(ONE_APART);

    assertThat(next.take(blocked("tiny", 4, 1.2))).isEqualTo(LoopBlockStep.Outcome.REST);
    assertThat(next.take(blocked("large", 5, 1.2))).isEqualTo(LoopBlockStep.Outcome.END_ONLY);
    next.quiet();
    service.take(blocked("tiny", 4, 1.2));
    service.take(blocked("large", 5, 1.2));
    service.quiet();

    assertThat(next.told()).isEqualTo(service.told());
  }

  /** The only one in it was raised: what was told of it is told under its own name now. */
  @Test
  void aRestThatNothingIsLeftOfIsTakenBack() {
    Service two = new Service(ONE_APART);
    two.take(blocked("large", 1, 5));
    two.take(blocked("small", 2, 1.5));
    Alert rest = two.last();
    two.forget(of("large"));
    two.take(blocked("small", 3, 1.5));

    LoopBlockStep over = two.over(REST).orElseThrow();

    assertThat(over.withdrawn()).containsExactly(rest.id());
    assertThat(over.at()).isEqualTo(rest.updatedAt());
    assertThat(two.over(REST)).as("it was said").isEmpty();
  }

  /** The one that is told apart was to die with what it cost: the next one takes its room. */
  @Test
  void whoCostsMostOfThoseThatAreLeftIsToldApart() {
    service.forget(of("large"));
    service.take(blocked("tiny", 4, 0.2));

    assertThat(service.told().values())
        .flatExtracting(alert -> alert.culprit().stream().map(Frame::function).toList())
        .contains("middle");
    service.quiet();
    assertThat(rest().evidence().get(0).value()).isEqualTo(2);
  }
}
