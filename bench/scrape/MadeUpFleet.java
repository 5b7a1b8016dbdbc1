import dev.hognose.collector.fleet.Fleet;
import dev.hognose.sample.EventLoop;
import dev.hognose.sample.ProcessId;
import dev.hognose.sample.Sample;
import dev.hognose.wire.sample.SampleCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** A fleet as the collector knows it, of processes like one that an agent has told of. */
final class MadeUpFleet {

  private static final Instant AT = Instant.parse("2026-03-01T08:00:00Z");

  private MadeUpFleet() {}

  /** Each process with names of its own, decoded from bytes of its own, as the intake does. */
  static Fleet of(Sample like, long processes) {
    Fleet fleet = new Fleet(InstantSource.fixed(AT), Duration.ofDays(1));
    SampleCodec codec = new SampleCodec();
    for (int i = 0; i < processes; i++) {
      ProcessId id =
          new ProcessId("service-" + i / 50, "host-" + i % 50, 1000 + i, AT.minusSeconds(600));
      for (int sequence = 1; sequence <= 7; sequence++) {
        Instant at = AT.minusSeconds(10L * (7 - sequence));
        fleet.apply(0, codec.decode(id.key().getBytes(StandardCharsets.UTF_8), codec.encode(sample(like, id, sequence, at))), AT);
      }
    }
    fleet.publish();
    return fleet;
  }

  private static Sample sample(Sample like, ProcessId id, long sequence, Instant at) {
    List<EventLoop> loops = like.loops().subList(0, Math.min(1, like.loops().size()));
    return new Sample(
        id, sequence, at, Duration.ofSeconds(10), like.version(), like.cpu(), like.memory(),
        like.container(), like.kernel(), like.gc(), loops, like.gilWait(), like.threadCpu(),
        like.nativePools(), like.counters(), like.agent());
  }
}
