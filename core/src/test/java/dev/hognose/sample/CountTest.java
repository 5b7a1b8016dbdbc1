package dev.hognose.sample;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Figures that cannot be are refused by the name of their field, whatever they are figures of. */
class CountTest {

  private static final List<Frame> SITE = List.of(new Frame("/srv/shop/views.py", 41, "checkout"));

  private static Arguments row(String field, LongFunction<Object> of) {
    return Arguments.of(field, (ThrowingCallable) () -> of.apply(-1));
  }

  static Stream<Arguments> counts() {
    return Stream.of(
        row("blocks", n -> new AllocationGrowth.Site(SITE, Bytes.ZERO, n)),
        row("count", n -> new ExceptionCount("KeyError", Optional.empty(), n, true)),
        row("count", n -> new PythonWarning("UserWarning", "", Optional.empty(), n)),
        row("oom_kills_total", n -> container(OptionalLong.of(n), OptionalDouble.empty())),
        row("frozen", n -> collector(n, 0)),
        row("garbage", n -> collector(0, n)),
        row("collections_total", n -> new GarbageCollector.Generation(n, 0, 0)),
        row("collected_total", n -> new GarbageCollector.Generation(0, n, 0)),
        row("uncollectable_total", n -> new GarbageCollector.Generation(0, 0, n)),
        row("threads", n -> kernel((int) n, 0, 0, new long[4])),
        row("open_fds", n -> kernel(0, (int) n, 0, new long[4])),
        row("max_fds", n -> kernel(0, 0, n, new long[4])),
        row("context_switches_voluntary_total", n -> kernel(0, 0, 0, n, 0, 0, 0)),
        row("context_switches_involuntary_total", n -> kernel(0, 0, 0, 0, n, 0, 0)),
        row("page_faults_minor_total", n -> kernel(0, 0, 0, 0, 0, n, 0)),
        row("page_faults_major_total", n -> kernel(0, 0, 0, 0, 0, 0, n)),
        row("counter total", n -> new NamedCounter("exception", "", n)),
        row("threads of a native pool", n -> new NativePool("openblas", (int) n)),
        row("count of a growing kind", n -> new GrowingKind("worker-#", (int) n, 0, "")),
        row("gained", n -> new GrowingKind("worker-#", 0, (int) n, "")),
        row("tasks", n -> loop((int) n)),
        row("outbox", n -> agent((int) n, 0, 0)),
        row("dropped total", n -> agent(0, n, 0)),
        row("skipped total", n -> agent(0, 0, n)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("counts")
  void lessThanNoneIsRefused(String field, ThrowingCallable made) {
    assertThatIllegalArgumentException()
        .isThrownBy(made)
        .withMessage(field + "=-1: expected none or more");
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, -0.5})
  void aLimitThatIsNoNumberOfCoresIsRefused(double cores) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> container(OptionalLong.empty(), OptionalDouble.of(cores)))
        .withMessage("cpu_limit_cores=" + cores + ": expected 0 or more");
  }

  private static Container container(OptionalLong kills, OptionalDouble cores) {
    return new Container(
        Optional.empty(), Optional.empty(), kills, cores, Optional.empty(), Pressure.UNKNOWN);
  }

  private static GarbageCollector collector(long frozen, long garbage) {
    return new GarbageCollector(
        List.of(), Histogram.EMPTY, frozen, garbage, GarbageCollector.Mode.ENABLED);
  }

  private static Kernel kernel(int threads, int openFds, long maxFds, long... counters) {
    return new Kernel(
        threads,
        OptionalInt.of(openFds),
        OptionalLong.of(maxFds),
        counters[0],
        counters[1],
        counters[2],
        counters[3],
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Growing.NOTHING);
  }

  private static EventLoop loop(int tasks) {
    return new EventLoop("MainThread", "asyncio", Histogram.EMPTY, Duration.ZERO, tasks, List.of());
  }

  private static AgentFigures agent(int outbox, long dropped, long skipped) {
    return new AgentFigures(
        Duration.ZERO,
        Duration.ZERO,
        Duration.ZERO,
        outbox,
        Map.of("full", dropped),
        List.of(),
        Map.of("slow", skipped),
        Optional.empty());
  }
}
