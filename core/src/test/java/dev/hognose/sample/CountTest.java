package dev.hognose.sample;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
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
        row("count", n -> new PythonWarning("UserWarning", "", Optional.empty(), n)));
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
        .isThrownBy(() -> limited(cores))
        .withMessage("cpu_limit_cores=" + cores + ": expected 0 or more");
  }

  private static Container limited(double cores) {
    return new Container(
        Optional.empty(),
        Optional.empty(),
        OptionalLong.empty(),
        OptionalDouble.of(cores),
        Optional.empty(),
        Pressure.UNKNOWN);
  }
}
