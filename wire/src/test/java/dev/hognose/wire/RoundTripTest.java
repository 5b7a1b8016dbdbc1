package dev.hognose.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.alert.Alert;
import dev.hognose.sample.Event;
import dev.hognose.sample.Sample;
import dev.hognose.wire.sample.SampleCodec;
import dev.hognose.wire.sample.SampleInWords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RoundTripTest {

  private final SampleCodec samples = new SampleCodec();
  private final EventCodec events = new EventCodec();
  private final AlertCodec alerts = new AlertCodec();

  @Test
  void samplesKeepEveryFigure() {
    Sample full = Examples.fullSample();
    Sample sparse = Examples.sparseSample();

    assertThat(samples.decode(Examples.KEY, samples.encode(full))).isEqualTo(full);
    assertThat(samples.decode(Examples.KEY, samples.encode(sparse))).isEqualTo(sparse);
  }

  @Test
  void samplesOfTheFirstFormKeepEveryFigure() {
    Sample full = Examples.fullSample();
    Sample sparse = Examples.sparseSample();

    assertThat(samples.decode(Examples.KEY, SampleInWords.of(full).toByteArray())).isEqualTo(full);
    assertThat(samples.decode(null, SampleInWords.of(sparse).toByteArray())).isEqualTo(sparse);
  }

  static Stream<Event.What> happenings() {
    return Examples.happenings().stream();
  }

  @ParameterizedTest
  @MethodSource("happenings")
  void eventsKeepTheirEvidence(Event.What what) {
    Event event = new Event(Examples.PROCESS, 18, Examples.AT, "1.4.2", what);

    assertThat(events.decode(events.encode(event))).isEqualTo(event);
  }

  /** No agent tells it; a spoilt record that did was another one when it was written again. */
  @Test
  void pauseThatTheYoungestGenerationTellsItselfIsNotRead() throws IOException {
    byte[] first = Files.readAllBytes(Path.of("..", "proto", "golden", "v1sample.bin"));
    dev.hognose.v1.Sample.Builder spoiltFirst = dev.hognose.v1.Sample.parseFrom(first).toBuilder();
    spoiltFirst.getGcBuilder().getGenerationBuilder(0).getPauseSecondsBuilder().addCounts(7);
    byte[] second = Files.readAllBytes(Path.of("..", "proto", "golden", "sample.bin"));
    dev.hognose.v2.Sample.Builder spoilt = dev.hognose.v2.Sample.parseFrom(second).toBuilder();
    spoilt.getGcBuilder().getGenerationBuilder(0).addPauseUs(7);

    Sample golden = samples.decode(GoldenTest.KEY, second);
    assertThat(samples.decode(null, spoiltFirst.build().toByteArray())).isEqualTo(golden);
    assertThat(samples.decode(GoldenTest.KEY, spoilt.build().toByteArray())).isEqualTo(golden);
  }

  @Test
  void everyKindOfEventHasAnExample() {
    assertThat(Examples.happenings().stream().map(Object::getClass))
        .containsExactlyInAnyOrder(Event.What.class.getPermittedSubclasses());
  }

  @Test
  void trendsKeepTheirFigures() {
    TrendCodec trends = new TrendCodec();

    assertThat(trends.decode(trends.encode(Examples.trend()))).isEqualTo(Examples.trend());
  }

  @Test
  void alertsKeepTheirLife() {
    Alert firing = Examples.alert();
    Alert resolved = firing.resolved(Examples.AT.plusSeconds(600));

    assertThat(alerts.decode(alerts.encode(firing))).isEqualTo(firing);
    assertThat(alerts.decode(alerts.encode(resolved))).isEqualTo(resolved);
  }
}
