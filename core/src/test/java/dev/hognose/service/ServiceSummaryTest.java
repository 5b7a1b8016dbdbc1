package dev.hognose.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.sample.Bytes;
import dev.hognose.sample.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceSummaryTest {

  @Test
  void quantilesComeFromMergedCountsAndNotFromMeans() {
    List<ProcessMinute> minutes = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      minutes.add(minute(i, 0.0005, "1"));
    }
    minutes.add(minute(9, 0.4, "2"));

    ServiceSummary summary = merged(minutes);

    assertThat(summary.processes()).isEqualTo(10);
    assertThat(summary.loop().lag().count()).isEqualTo(6_000);
    assertThat(summary.loop().lag().quantileBound(0.5)).isEqualTo(0.0005);
    assertThat(summary.loop().lag().quantileBound(0.95)).isEqualTo(0.5);
    assertThat(summary.releases()).isEqualTo(Map.of("1", 9, "2", 1));
    assertThat(summary.memory()).isEqualTo(Bytes.ofMebi(1_000));
    assertThat(summary.worst().get(0).process().pid()).isEqualTo(109);
    assertThat(summary.worst()).hasSize(5);
  }

  @Test
  void theBlockedShareIsOfTheTimeOfAllLoops() {
    Readings blocked = new Readings(1);
    Totals before = Totals.first(blocked.sample());
    ProcessMinute bad = between(before, blocked.pass(54, 0).block(6).ended(6).sample());

    ServiceSummary summary = ServiceSummary.of(bad).and(minute(2, 0, "1"));

    assertThat(summary.blockedShare()).isEqualTo(0.05);
    assertThat(summary.worst())
        .singleElement()
        .satisfies(worst -> assertThat(worst.blocked()).isEqualTo(Duration.ofSeconds(6)));
  }

  @Test
  void ofManyReleasesTheFirstTwentyByNameAreCounted() {
    List<ProcessMinute> minutes = new ArrayList<>();
    for (int i = 0; i < 21; i++) {
      minutes.add(minute(i, 0, "v" + (30 - i)));
    }

    assertThat(merged(minutes.subList(0, 20)).releases()).hasSize(20).containsKey("v30");
    assertThat(merged(minutes).releases()).hasSize(20).containsKey("v10").doesNotContainKey("v30");
  }

  @Test
  void exceptionsAddUpAndMemoryStaysTheLargestThereIs() {
    Readings process = new Readings(1);
    Totals before = Totals.first(process.sample());
    Sample sample = process.pass(60, 0).exceptions(7).sample(new Bytes(Long.MAX_VALUE));
    ServiceSummary two = ServiceSummary.of(between(before, sample)).and(between(before, sample));

    assertThat(two.exceptions()).isEqualTo(14);
    assertThat(two.rss()).isEqualTo(new Bytes(Long.MAX_VALUE));
    assertThat(two.memory()).isEqualTo(new Bytes(Long.MAX_VALUE));
  }

  @Test
  void processesWithoutMemoryHaveNoneTogether() {
    Readings process = new Readings(1);
    Totals before = Totals.first(process.sample());
    Sample sample = process.pass(60, 0).sample(Bytes.ZERO);
    ServiceSummary two = ServiceSummary.of(between(before, sample)).and(between(before, sample));

    assertThat(two.rss()).isEqualTo(Bytes.ZERO);
    assertThat(two.memory()).isEqualTo(Bytes.ZERO);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void theOrderOfProcessesMakesNoDifference(long seed) {
    Random random = new Random(seed);
    List<ProcessMinute> minutes = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      minutes.add(minute(i, random.nextDouble() / 3, "v" + random.nextInt(4)));
    }
    ServiceSummary summary = merged(minutes);
    Collections.shuffle(minutes, random);

    assertThat(merged(minutes)).as("seed %s", seed).isEqualTo(summary);
  }

  private static ServiceSummary merged(List<ProcessMinute> minutes) {
    ServiceSummary summary = ServiceSummary.of(minutes.get(0));
    for (ProcessMinute minute : minutes.subList(1, minutes.size())) {
      summary = summary.and(minute);
    }
    return summary;
  }

  private static ProcessMinute minute(int number, double late, String version) {
    Readings process = new Readings(number).version(version);
    Totals before = Totals.first(process.sample());
    return between(before, process.pass(60, late).sample());
  }

  private static ProcessMinute between(Totals before, Sample sample) {
    return ProcessMinute.between(before, before.next(sample), sample);
  }
}
