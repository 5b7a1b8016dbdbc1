package dev.hognose.loop;

import static dev.hognose.loop.Blocks.T0;
import static dev.hognose.loop.Blocks.block;
import static dev.hognose.loop.Blocks.event;
import static dev.hognose.loop.Blocks.process;
import static dev.hognose.loop.Blocks.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.alert.Alert;
import dev.hognose.alert.Evidence;
import dev.hognose.fixture.LoopBlockBuilder;
import dev.hognose.sample.Frame;
import dev.hognose.sample.LoopBlock;
import dev.hognose.sample.Stack;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told as one of all culprits but the one that costs most. */
class RestTest {

  private final Service service = new Service(Blocks.apart(1));
  private long blocks;

  @BeforeEach
  void oneThatIsToldApart() {
    take("large", 0, 500);
  }

  private void take(String function, double atSeconds, double seconds) {
    take(of(function, atSeconds, seconds));
  }

  private void take(LoopBlock block) {
    service.take(event(process(1), ++blocks, block));
  }

  private LoopBlock of(String function, double atSeconds, double seconds) {
    Frame frame = new Frame("/srv/shop/views.py", 10, function);
    return LoopBlockBuilder.like(block(blocks, T0.plus(seconds(atSeconds)), seconds(seconds)))
        .in(function.equals("large") ? "other" : "loop", "", "")
        .culprit(frame)
        .cause(LoopBlock.Cause.CPU)
        .stacks(List.of(new Stack(List.of(frame), 2, "T")))
        .build();
  }

  private List<Alert> rests() {
    return service.told().values().stream().filter(alert -> alert.culprit().isEmpty()).toList();
  }

  private Alert rest() {
    return assertThat(rests()).singleElement().actual();
  }

  private static double figure(Alert alert, String name) {
    return alert.evidence().stream()
        .filter(each -> each.name().equals(name))
        .mapToDouble(Evidence::value)
        .findFirst()
        .orElse(0);
  }

  /** Each of both alone costs less than the share of a minute. */
  @ParameterizedTest
  @CsvSource({"5, 1", "59, 1", "60, 0"})
  void whatItCostsALoopInAMinuteIsAddedUp(double laterSeconds, int alerts) {
    take("one", 0, 0.4);
    take("two", laterSeconds, 0.4);
    service.quiet();

    assertThat(rests()).hasSize(alerts);
    assertThat(rests())
        .allSatisfy(
            alert -> assertThat(alert.firedAt()).isEqualTo(T0.plus(seconds(laterSeconds + 0.4))));
    assertThat(rests())
        .allSatisfy(alert -> assertThat(figure(alert, "worst_minute_share")).isEqualTo(0.8 / 60));
  }

  @Test
  void stretchesThatTheQuietTimePartsAreAlertsOfTheirOwn() {
    take("one", 10, 1.5);
    take("two", 20, 1.5);
    take("three", 1_500, 1.2);
    take("four", 1_520, 1.2);
    take("five", 1_530, 1.2);
    service.quiet();

    assertThat(rests())
        .extracting(alert -> figure(alert, "blocks"))
        .containsExactlyInAnyOrder(2.0, 3.0);
    assertThat(rests()).extracting(Alert::id).doesNotHaveDuplicates();
    assertThat(rests())
        .extracting(alert -> alert.resolvedAt().orElseThrow())
        .containsExactlyInAnyOrder(over(21.5), over(1_531.2));
  }

  private static Instant over(double endSeconds) {
    return T0.plus(seconds(endSeconds)).plus(Duration.ofMinutes(10));
  }

  @Test
  void stacksAndWhatLastsAreOfAllOfThem() {
    take("one", 10, 1.5);
    LoopBlock whole = of("two", 20, 30);
    take(Blocks.lasting(whole, seconds(4)));
    service.quiet();

    assertThat(figure(rest(), "unended")).isEqualTo(1);
    assertThat(figure(rest(), "lost")).isEqualTo(5.5);
    assertThat(rest().title()).contains("for 4.0 s or longer");
    assertThat(rest().stacks()).extracting(Stack::count).containsExactlyInAnyOrder(2, 2);

    take(whole);
    service.quiet();

    assertThat(figure(rest(), "unended")).isZero();
    assertThat(figure(rest(), "lost")).isEqualTo(31.5);
    assertThat(figure(rest(), "blocks")).isEqualTo(2);
    assertThat(rest().title())
        .contains("blocked 2 times, 30 s at worst, in more places than the 1 that are told apart");
  }

  @Test
  void blocksThatAreOnlyInSumsCountToo() {
    for (int number = 0; number < 140; number++) {
      take("one", number, 0.5);
    }
    take("two", 150, 1);
    service.quiet();

    assertThat(figure(rest(), "blocks")).isEqualTo(141);
    assertThat(figure(rest(), "lost")).isEqualTo(71);
  }

  @Test
  void whatComesBackSaysSoUnderItsIdAndNoEarlier() {
    take("one", 10, 1.5);
    take("two", 20, 1.5);
    service.quiet();
    Alert over = rest();
    take("three", 300, 0.2);
    take("three", 301, 0.2);
    take("three", 302, 0.2);

    assertThat(rest().id()).isEqualTo(over.id());
    assertThat(rest().state()).isEqualTo(Alert.State.FIRING);
    assertThat(rest().updatedAt()).isEqualTo(over.updatedAt());
  }
}
