package dev.hognose.wire.sample;

import dev.hognose.sample.Container;
import dev.hognose.sample.Pressure;
import dev.hognose.wire.part.Seconds;

/** The cgroup of a sample's process; the other way is {@link ContainerReading}. */
final class ContainerWriting {

  private ContainerWriting() {}

  static void write(Container container, dev.hognose.v2.Container.Builder m) {
    BytesCodec.write(container.memoryLimit(), m::setMemoryLimitBytes);
    BytesCodec.write(container.memoryUsage(), m::setMemoryUsageBytes);
    container.oomKills().ifPresent(m::setOomKillsTotal);
    container
        .cpuLimitCores()
        .ifPresent(
            cores -> m.setCpuLimitMicrocores(Math.round(cores * ContainerReading.MICROCORES)));
    container.throttled().ifPresent(time -> m.setThrottledUsTotal(Seconds.micros(time)));
    Pressure pressure = container.pressure();
    pressure.cpu().ifPresent(time -> m.setCpuPressureUsTotal(Seconds.micros(time)));
    pressure.memory().ifPresent(time -> m.setMemoryPressureUsTotal(Seconds.micros(time)));
    pressure.io().ifPresent(time -> m.setIoPressureUsTotal(Seconds.micros(time)));
  }
}
