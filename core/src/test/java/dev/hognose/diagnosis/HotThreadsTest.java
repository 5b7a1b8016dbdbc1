package dev.hognose.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.alert.Alert;
import dev.hognose.sample.Event;
import dev.hognose.sample.Frame;
import dev.hognose.sample.Stack;
import dev.hognose.sample.StackProfile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who computes is told with the function, where the process was profiled. */
class HotThreadsTest {

  private static final String POOL = "ThreadPoolExecutor-#_#";
  private static final Frame RUN =
      new Frame("/usr/lib/python3.12/concurrent/futures/thread.py", 58, "run");
  private static final Frame RESIZE = new Frame("/srv/shop/images.py", 12, "resize");
  private static final Frame SHARPEN = new Frame("/srv/shop/images.py", 40, "sharpen");
  private static final Frame CODEC =
      new Frame("/venv/lib/python3.12/site-packages/pil/codec.py", 7, "encode");

  private final Fleet fleet = new Fleet();

  @Test
  void thePoolsFunctionIsNamed() {
    live(profiled(stack(POOL, 9, RUN, RESIZE, CODEC), stack(POOL, 4, RUN, SHARPEN)));

    assertThat(fleet.told())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.kind()).isEqualTo(Alert.Kind.POOL_CPU);
              assertThat(alert.culprit()).contains(RESIZE);
              assertThat(alert.title()).contains("mostly in resize (shop/images.py:12)");
            });
  }

  @Test
  void anotherThreadsFunctionIsNot() {
    live(profiled(stack("MainThread", 90, RESIZE), stack(POOL, 9, RUN)));

    assertThat(fleet.told())
        .singleElement()
        .satisfies(alert -> assertThat(alert.culprit()).isEmpty());
  }

  @Test
  void aServiceThatIsInstalledIsNamedAllTheSame() {
    live(profiled(stack(POOL, 9, RUN, CODEC)));

    assertThat(fleet.told())
        .singleElement()
        .satisfies(alert -> assertThat(alert.culprit()).contains(CODEC));
  }

  @Test
  void aProfileStandsUntilTheNextOneIsDue() {
    Event event = Shop.event(Shop.process(1), 20, profiled(stack(POOL, 9, RUN, RESIZE)));
    HotThreads hot = HotThreads.of(event, (StackProfile) event.what());

    assertThat(hot.in(POOL, Shop.at(40))).contains(RESIZE);
    assertThat(hot.in(POOL, Shop.at(41))).isEqualTo(Optional.empty());
  }

  @Test
  void theEssenceOfAProfileSaysTheSame() {
    StackProfile profile =
        profiled(
            stack(POOL, 5, RUN, RESIZE),
            stack(POOL, 5, RUN, SHARPEN, RESIZE),
            stack(POOL, 9, RUN, SHARPEN),
            stack("reports", 1, RUN));
    Event event = Shop.event(Shop.process(1), 20, profile);
    Event essence = ProcessWatch.essence(event);

    assertThat(HotThreads.of(essence, (StackProfile) essence.what()))
        .isEqualTo(HotThreads.of(event, profile));
    assertThat(((StackProfile) essence.what()).stacks())
        .containsExactly(stack(POOL, 10, RESIZE), stack(POOL, 9, SHARPEN));
  }

  @Test
  void ofPlacesAsFrequentTheFirstByNameIsNamed() {
    List<Frame> frames = new ArrayList<>();
    for (char name = 'j'; name >= 'a'; name--) {
      frames.add(new Frame("/srv/shop/images.py", 12, "resize_" + name));
    }
    StackProfile profile =
        profiled(frames.stream().map(frame -> stack(POOL, 5, RUN, frame)).toArray(Stack[]::new));

    assertThat(HotThreads.of(Shop.event(Shop.process(1), 20, profile), profile).places())
        .isEqualTo(Map.of(POOL, frames.get(frames.size() - 1)));
  }

  @Test
  void manyThreadsAreBounded() {
    List<Stack> stacks = new ArrayList<>();
    for (int n = 0; n < 500; n++) {
      stacks.add(stack("t" + "x".repeat(10_000) + n, 1, RESIZE));
    }
    Event event =
        Shop.event(Shop.process(1), 20, new StackProfile(Duration.ofSeconds(20), 9, stacks, false));
    HotThreads hot = HotThreads.of(event, (StackProfile) event.what());

    assertThat(hot.places()).hasSize(16);
    assertThat(hot.places().keySet()).allSatisfy(name -> assertThat(name).hasSize(300));
  }

  private void live(StackProfile profile) {
    for (int second = 1; second <= 40; second++) {
      fleet.take(DiagnosesTest.sample(HotThreadsTest::busy, second, 1));
      if (second == 5) {
        fleet.take(Shop.event(Shop.process(1), second, profile));
      }
    }
  }

  private static void busy(Shop shop) {
    shop.cpuSeconds = 0.95 * shop.second;
    shop.threadCpu.put(POOL, 0.85 * shop.second);
    shop.gilWaitSeconds = 0.005 * shop.gilWaits;
  }

  private static StackProfile profiled(Stack... stacks) {
    return new StackProfile(Duration.ofSeconds(20), 20, List.of(stacks), false);
  }

  private static Stack stack(String thread, int count, Frame... frames) {
    return new Stack(List.of(frames), count, thread);
  }
}
