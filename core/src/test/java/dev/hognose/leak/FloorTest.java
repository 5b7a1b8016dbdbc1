package dev.hognose.leak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.sample.Bytes;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is left of the figures of one bucket. */
class FloorTest {

  /** Resident, Python's and kept memory of both, -1 where it is unknown, and what is left. */
  @ParameterizedTest
  @CsvSource({
    "90, 40, 20, 90, 40, 20",
    "100, 40, 20, 100, 40, 20",
    "100, 50, 20, 100, 50, 20",
    "90, 60, 40, 90, 50, 30",
    "110, 40, -1, 100, 40, 30",
    "101, 50, 29, 100, 50, 29"
  })
  void eachFigureIsLoweredAlone(
      int resident, int python, int kept, int lowResident, int lowPython, int lowKept) {
    Floor floor = new Floor(7, 100, 50, 30);

    assertThat(floor.lowered(new Floor(7, resident, python, kept)))
        .isEqualTo(new Floor(7, lowResident, lowPython, lowKept));
  }

  @ParameterizedTest
  @CsvSource({"100, 50, 30", "110, 60, 40", "100, 50, -1"})
  void whatLowersNothingLeavesItAsItIs(int resident, int python, int kept) {
    Floor floor = new Floor(7, 100, 50, 30);

    assertThat(floor.lowered(new Floor(7, resident, python, kept))).isSameAs(floor);
  }

  @Test
  void whatIsKeptIsKnownAsSoonAsAnyReadingTellsIt() {
    Floor unknown = new Floor(7, 100, 50);

    assertThat(unknown.lowered(new Floor(7, 100, 50, 30))).isEqualTo(new Floor(7, 100, 50, 30));
    assertThat(unknown.lowered(new Floor(7, 100, 50))).isSameAs(unknown);
  }

  @Test
  void beforeAnyReadingThereIsNone() {
    assertThat(Floor.NONE.isNone()).isTrue();
    assertThat(new Floor(0, 100, 50).isNone()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"0, 13", "1, 6", "2, 3", "3, 1", "7, 0"})
  void widerBucketsHoldTwiceAsMuch(int level, long bucket) {
    assertThat(new Floor(13, 100, 50, 30).at(level)).isEqualTo(new Floor(bucket, 100, 50, 30));
  }

  @ParameterizedTest
  @CsvSource({"0,", "-1,", "1, 1024", "2048, 2097152"})
  void footprintHasALimitWhereThereIsOne(long limitKib, Long limit) {
    assertThat(Footprint.ofKib(3, limitKib))
        .isEqualTo(new Footprint(new Bytes(3_072), Optional.ofNullable(limit).map(Bytes::new)));
  }

  /** Floors of a ring, one of them unknown. */
  @Test
  void whatIsKeptIsAShareOfResidentMemory() {
    KeptShares shares = KeptShares.NONE;
    assertThat(shares.isKnown()).isFalse();
    shares = shares.append(new Floor(1, 254, 0), 0);
    assertThat(shares.isKnown()).as("one that is unknown").isFalse();

    shares = shares.append(new Floor(2, 254, 0, 127), 0);

    assertThat(shares.isKnown()).isTrue();
    assertThat(shares.isKnown(0)).isFalse();
    assertThat(shares.isKnown(1)).isTrue();
    assertThat(shares.kib(1, 254)).isEqualTo(127);
    assertThat(shares.kib(1, 508)).isEqualTo(254);
    assertThat(shares.append(new Floor(3, 254, 0), 1).bytes()).hasSize(2);
  }

  /** Kept and resident KiB, and what the share comes to of 254. */
  @ParameterizedTest
  @CsvSource({"0, 100, 0", "100, 100, 254", "300, 100, 254", "1, 254, 1", "0, 0, 0", "5, 0, 254"})
  void shareOfWhatIsKeptIsTheWholeAtMost(int kept, int resident, double share) {
    KeptShares shares = KeptShares.NONE.append(new Floor(1, resident, 0, kept), 0);

    assertThat(shares.isKnown(0)).isTrue();
    assertThat(shares.kib(0, 254)).isEqualTo(share);
  }
}
