package dev.hognose.app;

import dev.hognose.fixture.ContainerBuilder;
import dev.hognose.fixture.LoopBlockBuilder;
import dev.hognose.fixture.MemoryBuilder;
import dev.hognose.fixture.SampleBuilder;
import dev.hognose.sample.AllocationGrowth;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.Cpu;
import dev.hognose.sample.Event;
import dev.hognose.sample.EventLoop;
import dev.hognose.sample.Frame;
import dev.hognose.sample.Histogram;
import dev.hognose.sample.ProcessId;
import dev.hognose.sample.Sample;
import dev.hognose.sample.Stack;
import dev.hognose.sample.Started;
import dev.hognose.sample.Stopped;
import dev.hognose.sample.Whereabouts;
import dev.hognose.wire.EventCodec;
import dev.hognose.wire.Schema;
import dev.hognose.wire.Topics;
import dev.hognose.wire.sample.SampleCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.kafka.clients.producer.ProducerRecord;

/** What an agent in one process would send. */
public final class Telemetry {

  private static final Duration SHORT = Duration.ofMillis(250);

  private final ProcessId process;
  private final Duration interval;
  private long sequence;

  public Telemetry(ProcessId process) {
    this(process, SHORT);
  }

  public Telemetry(ProcessId process, Duration interval) {
    this.process = process;
    this.interval = interval;
  }

  public ProducerRecord<byte[], byte[]> sample(Instant at, Bytes rss, long blocks) {
    return sample(at, rss, blocks, Histogram.EMPTY);
  }

  /** As of a process whose memory does not grow, and whose loop was so late until now. */
  public ProducerRecord<byte[], byte[]> sample(Instant at, Histogram lag) {
    return sample(at, Bytes.ofMebi(50), 100_000, lag);
  }

  private ProducerRecord<byte[], byte[]> sample(Instant at, Bytes rss, long blocks, Histogram lag) {
    Sample sample =
        SampleBuilder.of(process, ++sequence, at)
            .interval(interval)
            .version("1.0")
            .cpu(new Cpu(Duration.ofSeconds(1), Duration.ZERO))
            .memory(MemoryBuilder.of(rss).uss(rss).allocatedBlocks(blocks).build())
            .container(
                ContainerBuilder.limited(Bytes.ofMebi(256)).memoryUsage(Optional.of(rss)).build())
            .loops(
                List.of(new EventLoop("MainThread", "asyncio", lag, Duration.ZERO, 1, List.of())))
            .build();
    return record(Topics.SAMPLES.name(), at, new SampleCodec().encode(sample));
  }

  public ProducerRecord<byte[], byte[]> block(Instant started, Duration duration, Frame culprit) {
    return event(started.plus(duration), block(culprit, started, duration).build());
  }

  /** Of two seconds, in a stack whose last frame is to blame. */
  public ProducerRecord<byte[], byte[]> block(Instant started, List<Frame> frames) {
    Duration duration = Duration.ofSeconds(2);
    LoopBlockBuilder block = block(frames.get(frames.size() - 1), started, duration);
    return event(started.plus(duration), block.stacks(List.of(new Stack(frames, 1, ""))).build());
  }

  /** As it is told while it lasts. */
  public ProducerRecord<byte[], byte[]> lastingBlock(Instant started, Frame culprit) {
    Duration soFar = Duration.ofSeconds(1);
    return event(started.plus(soFar), block(culprit, started, soFar).lasting(soFar).build());
  }

  public ProducerRecord<byte[], byte[]> started(Instant at, String python) {
    return event(
        at, new Started("python app.py", python, Map.of(), 1, "uvicorn", Whereabouts.UNKNOWN));
  }

  /** Ended by an exception that nobody caught. */
  public ProducerRecord<byte[], byte[]> crashed(Instant at) {
    return event(at, new Stopped(Stopped.Reason.EXCEPTION, OptionalInt.of(1)));
  }

  /** Ended of itself. */
  public ProducerRecord<byte[], byte[]> exited(Instant at) {
    return event(at, new Stopped(Stopped.Reason.EXIT, 0));
  }

  public ProducerRecord<byte[], byte[]> growth(Instant at, Frame site, Bytes bytes) {
    AllocationGrowth.Site grown = new AllocationGrowth.Site(List.of(site), bytes, 1000);
    Duration pause = Duration.ofMillis(1);
    return event(
        at, new AllocationGrowth(Duration.ofSeconds(2), pause, pause, List.of(grown), false));
  }

  private LoopBlockBuilder block(Frame culprit, Instant started, Duration duration) {
    return LoopBlockBuilder.of(sequence + 1, started, duration)
        .in("MainThread", "Task-1", culprit.function())
        .culprit(culprit)
        .stacks(List.of(new Stack(List.of(culprit), 1, "")));
  }

  private ProducerRecord<byte[], byte[]> event(Instant at, Event.What what) {
    Event event = new Event(process, ++sequence, at, "1.0", what);
    return record(Topics.EVENTS.name(), at, new EventCodec().encode(event));
  }

  private ProducerRecord<byte[], byte[]> record(String topic, Instant at, byte[] value) {
    byte[] key = process.key().getBytes(StandardCharsets.UTF_8);
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic, null, at.toEpochMilli(), key, value);
    record.headers().add(Schema.HEADER, Schema.header());
    return record;
  }
}
