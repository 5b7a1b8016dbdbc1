package dev.hognose.leak;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which readings can be, and which of their figures are taken. */
class MemoryReadingTest {

  private static final long AT = 1_760_000_000_000L;
  private static final long KNOWN = MemoryReading.ABSENT + 1;
  private static final MemoryReading USUAL = MemoryReading.of(AT, 100 << 20);

  @ParameterizedTest
  @CsvSource({"1, 1, false", "0, 1, true", "-1, 1, true", "1, 0, true", "1, -1, true"})
  void noMemoryOrNoBlocksIsAFailedRead(long rss, long blocks, boolean failed) {
    assertThat(MemoryReading.of(AT, rss).withBlocks(blocks).failed()).isEqualTo(failed);
  }

  @Test
  void blocksMayBeUnknown() {
    assertThat(USUAL.failed()).isFalse();
    assertThat(USUAL.withBlocks(KNOWN).failed()).isTrue();
  }

  /** From 2015 until 2200. */
  @ParameterizedTest
  @CsvSource({
    "1420070399999, true",
    "1420070400000, false",
    "7258118399999, false",
    "7258118400000, true",
    "0, true"
  })
  void timeIsWithinTheCenturiesOfThisProgram(long atMs, boolean isImplausible) {
    assertThat(MemoryReading.of(atMs, 1).hasImplausibleTime()).isEqualTo(isImplausible);
  }

  /** One less than two tebibytes, and than as many blocks as fit into them. */
  @Test
  void figuresBeyondAllMachinesAreImplausible() {
    long most = (1L << 41) - 1;
    long blocks = (1L << 35) - 1;
    MemoryReading large =
        MemoryReading.of(AT, most).withUss(most).withBlocks(blocks).withTraced(most).withKept(most);

    assertThat(large.hasImplausibleFigure()).isFalse();
    assertThat(MemoryReading.of(AT, most + 1).hasImplausibleFigure()).isTrue();
    assertThat(large.withUss(most + 1).hasImplausibleFigure()).isTrue();
    assertThat(large.withBlocks(blocks + 1).hasImplausibleFigure()).isTrue();
    assertThat(large.withTraced(most + 1).hasImplausibleFigure()).isTrue();
    assertThat(large.withKept(most + 1).hasImplausibleFigure()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "0, false",
    "-1, false",
    "1, true",
    "1152921504606846975, true",
    "1152921504606846976, false",
    "9223372036854771712, false"
  })
  void aLimitThatNoMachineReachesIsNone(long limit, boolean hasLimit) {
    assertThat(USUAL.withLimit(limit).hasLimit()).isEqualTo(hasLimit);
  }

  @ParameterizedTest
  @CsvSource({"0, 102400", "-1, 102400", "1024, 1", "2047, 1", "2048, 2"})
  void memoryOfItsOwnGoesBeforeAllThatIsResident(long uss, int kib) {
    assertThat(USUAL.withUss(uss).residentKib()).isEqualTo(kib);
  }

  @ParameterizedTest
  @CsvSource({"-1, -1", "0, 0", "1023, 0", "1024, 1", "1048576, 1024"})
  void whatIsKeptIsUnknownBelowZero(long kept, int kib) {
    assertThat(USUAL.withKept(kept).keptKib()).isEqualTo(kib);
    assertThat(USUAL.keptKib()).isEqualTo(Floor.ABSENT);
  }

  /** Traced bytes and blocks, and what the Python heap is taken for. */
  @ParameterizedTest
  @CsvSource({"-1, 160, 10", "0, 160, 0", "2048, 160, 2", "4096, 0, 4", "-1, 15, 0"})
  void tracedBytesGoBeforeBlocksOf64Bytes(long traced, long blocks, int kib) {
    MemoryReading reading = USUAL.withTraced(traced).withBlocks(blocks);

    assertThat(reading.pythonKib()).isEqualTo(kib);
    assertThat(reading.traced()).isEqualTo(traced >= 0);
  }

  @Test
  void withoutEitherThePythonHeapIsNothing() {
    assertThat(USUAL.pythonKib()).isZero();
  }

  @Test
  void aSampleHasTheSameFigures() {
    MemoryReading reading = MemoryReading.of(Shop.leaking(4));

    assertThat(reading.atMs()).isEqualTo(Shop.at(4).toEpochMilli());
    assertThat(reading.rssBytes()).isEqualTo(102 << 20);
    assertThat(reading.limitBytes()).isEqualTo(400 << 20);
    assertThat(reading.startedAtMs()).isEqualTo(Shop.T0.toEpochMilli());
    assertThat(reading.tracedBytes()).isEqualTo(MemoryReading.ABSENT);
    assertThat(reading.keptBytes()).isEqualTo(MemoryReading.ABSENT);
  }
}
