package dev.hognose.wire.sample;

import dev.hognose.sample.Bytes;
import dev.hognose.sample.Container;
import dev.hognose.sample.Cpu;
import dev.hognose.sample.Memory;
import dev.hognose.sample.NamedCounter;
import dev.hognose.sample.NativePool;
import dev.hognose.sample.Pressure;
import dev.hognose.sample.Sample;
import dev.hognose.sample.ThreadCpu;
import dev.hognose.wire.Parsing;
import dev.hognose.wire.part.ProcessCodec;
import dev.hognose.wire.part.Seconds;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * A sample of the first form, which agents sent before hognose.v2 and topics and captures still
 * hold; the other way is {@link SampleInWords}.
 */
final class FirstSampleReading {

  private FirstSampleReading() {}

  static Sample decode(byte[] bytes) {
    return Parsing.parse(dev.hognose.v1.Sample.parser(), bytes, FirstSampleReading::read);
  }

  private static Sample read(dev.hognose.v1.Sample m) {
    return new Sample(
        ProcessCodec.read(m.getProcess()),
        m.getSequence(),
        Instant.ofEpochMilli(m.getAtMs()),
        Seconds.ofMillis(m.getIntervalMs()),
        m.getVersion(),
        new Cpu(
            Seconds.toDuration("cpu_user_seconds_total", m.getCpuUserSecondsTotal()),
            Seconds.toDuration("cpu_system_seconds_total", m.getCpuSystemSecondsTotal())),
        readMemory(m),
        readContainer(m),
        FirstKernelReading.read(m),
        FirstGarbageCollectorReading.read(m.getGc()),
        m.getLoopsList().stream().map(FirstLoopReading::read).toList(),
        FirstHistogramReading.read(m.getGilWaitSeconds()),
        m.getThreadCpuList().stream().map(FirstSampleReading::readThread).toList(),
        m.getNativePoolsList().stream()
            .map(pool -> new NativePool(pool.getLibrary(), pool.getThreads()))
            .toList(),
        m.getCountersList().stream()
            .map(
                counter ->
                    new NamedCounter(counter.getName(), counter.getSite(), counter.getTotal()))
            .toList(),
        FirstAgentReading.read(m.getAgent()));
  }

  private static Memory readMemory(dev.hognose.v1.Sample m) {
    return new Memory(
        new Bytes(m.getRssBytes()),
        BytesCodec.read(m.hasUssBytes(), m.getUssBytes()),
        BytesCodec.read(m.hasPssBytes(), m.getPssBytes()),
        m.getAllocatedBlocks(),
        BytesCodec.read(m.hasTracedBytes(), m.getTracedBytes()),
        BytesCodec.read(m.hasTracerBytes(), m.getTracerBytes()),
        BytesCodec.read(m.hasMallocUsedBytes(), m.getMallocUsedBytes()),
        BytesCodec.read(m.hasMallocFreeBytes(), m.getMallocFreeBytes()),
        BytesCodec.read(m.hasSwapBytes(), m.getSwapBytes()));
  }

  private static Container readContainer(dev.hognose.v1.Sample m) {
    return new Container(
        BytesCodec.read(m.hasMemoryLimitBytes(), m.getMemoryLimitBytes()),
        BytesCodec.read(m.hasMemoryUsageBytes(), m.getMemoryUsageBytes()),
        m.hasOomKillsTotal() ? OptionalLong.of(m.getOomKillsTotal()) : OptionalLong.empty(),
        m.hasCpuLimitCores() ? OptionalDouble.of(m.getCpuLimitCores()) : OptionalDouble.empty(),
        m.hasThrottledSecondsTotal()
            ? Optional.of(
                Seconds.toDuration("throttled_seconds_total", m.getThrottledSecondsTotal()))
            : Optional.empty(),
        readPressure(m));
  }

  private static Pressure readPressure(dev.hognose.v1.Sample m) {
    return new Pressure(
        seconds(m.hasCpuPressureSecondsTotal(), m.getCpuPressureSecondsTotal()),
        seconds(m.hasMemoryPressureSecondsTotal(), m.getMemoryPressureSecondsTotal()),
        seconds(m.hasIoPressureSecondsTotal(), m.getIoPressureSecondsTotal()));
  }

  private static ThreadCpu readThread(dev.hognose.v1.ThreadCpu m) {
    return new ThreadCpu(
        m.getName(),
        Seconds.toDuration("thread cpu_seconds_total", m.getCpuSecondsTotal()),
        Seconds.toDuration("thread runqueue_seconds_total", m.getRunqueueSecondsTotal()));
  }

  private static Optional<Duration> seconds(boolean present, double total) {
    return present
        ? Optional.of(Seconds.toDuration("pressure_seconds_total", total))
        : Optional.empty();
  }
}
