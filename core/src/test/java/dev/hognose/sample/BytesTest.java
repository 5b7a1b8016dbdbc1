package dev.hognose.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BytesTest {

  @Test
  void writtenForPeople() {
    assertThat(new Bytes(512)).hasToString("512 B");
    assertThat(new Bytes(1023)).hasToString("1023 B");
    assertThat(new Bytes(1024)).hasToString("1.0 KiB");
    assertThat(new Bytes(1536)).hasToString("1.5 KiB");
    assertThat(Bytes.ofMebi(300)).hasToString("300.0 MiB");
    assertThat(new Bytes(Long.MAX_VALUE)).hasToString("8.0 EiB");
    assertThat(new GrowthRate(-2.5 * (1 << 20))).hasToString("-2.5 MiB/h");
  }

  @Test
  void whatIsBeyondAllUnitsIsWrittenInTheLargest() {
    assertThat(new GrowthRate(0x1p80)).hasToString("1048576.0 EiB/h");
    assertThat(new GrowthRate(-0x1p70)).hasToString("-1024.0 EiB/h");
  }

  @Test
  void growthIsPerHour() {
    assertThat(new GrowthRate(4.0 * (1 << 20)).bytesPerSecond()).isEqualTo(4.0 * (1 << 20) / 3600);
  }

  @Test
  void refusesWhatIsNoAmount() {
    assertThatThrownBy(() -> new Bytes(-1)).hasMessage("bytes=-1: expected none or more");
    assertThatThrownBy(() -> new GrowthRate(Double.NaN))
        .hasMessage("growth=NaN: expected a finite number");
  }

  @Test
  void orderedByHowMuchThereIs() {
    assertThat(new Bytes(1)).isLessThan(new Bytes(2)).isGreaterThan(Bytes.ZERO);
    assertThat(new GrowthRate(-1)).isLessThan(GrowthRate.ZERO);
    assertThat(new GrowthRate(2)).isGreaterThan(new GrowthRate(1));
  }
}
