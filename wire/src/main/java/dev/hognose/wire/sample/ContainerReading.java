package dev.hognose.wire.sample;

import static dev.hognose.v2.Container.CPU_LIMIT_MICROCORES_FIELD_NUMBER;
import static dev.hognose.v2.Container.CPU_PRESSURE_US_TOTAL_FIELD_NUMBER;
import static dev.hognose.v2.Container.IO_PRESSURE_US_TOTAL_FIELD_NUMBER;
import static dev.hognose.v2.Container.MEMORY_LIMIT_BYTES_FIELD_NUMBER;
import static dev.hognose.v2.Container.MEMORY_PRESSURE_US_TOTAL_FIELD_NUMBER;
import static dev.hognose.v2.Container.MEMORY_USAGE_BYTES_FIELD_NUMBER;
import static dev.hognose.v2.Container.OOM_KILLS_TOTAL_FIELD_NUMBER;
import static dev.hognose.v2.Container.THROTTLED_US_TOTAL_FIELD_NUMBER;

import dev.hognose.sample.Container;
import dev.hognose.sample.Pressure;
import java.util.OptionalDouble;

/** The cgroup of a sample's process. */
final class ContainerReading {

  static final double MICROCORES = 1e6;

  /** A million cores, or a limit that is none. */
  private static final long MOST_MICROCORES = 1_000_000_000_000L;

  private ContainerReading() {}

  static SampleNumbers numbers() {
    return new SampleNumbers(IO_PRESSURE_US_TOTAL_FIELD_NUMBER);
  }

  static Container read(SampleNumbers m) {
    return new Container(
        m.bytes(MEMORY_LIMIT_BYTES_FIELD_NUMBER),
        m.bytes(MEMORY_USAGE_BYTES_FIELD_NUMBER),
        m.count(OOM_KILLS_TOTAL_FIELD_NUMBER),
        readCores(m),
        m.maybeMicros(THROTTLED_US_TOTAL_FIELD_NUMBER, "throttled_us_total"),
        new Pressure(
            m.maybeMicros(CPU_PRESSURE_US_TOTAL_FIELD_NUMBER, "cpu_pressure_us_total"),
            m.maybeMicros(MEMORY_PRESSURE_US_TOTAL_FIELD_NUMBER, "memory_pressure_us_total"),
            m.maybeMicros(IO_PRESSURE_US_TOTAL_FIELD_NUMBER, "io_pressure_us_total")));
  }

  private static OptionalDouble readCores(SampleNumbers m) {
    return m.has(CPU_LIMIT_MICROCORES_FIELD_NUMBER)
        ? OptionalDouble.of(cores(m.of(CPU_LIMIT_MICROCORES_FIELD_NUMBER)))
        : OptionalDouble.empty();
  }

  static double cores(long micro) {
    if (micro < 0 || micro > MOST_MICROCORES) {
      throw new IllegalArgumentException(
          "cpu_limit_microcores="
              + Long.toUnsignedString(micro)
              + ": expected millionths of a core, at most "
              + MOST_MICROCORES);
    }
    return micro / MICROCORES;
  }
}
