package dev.hognose.wire.sample;

import static dev.hognose.v2.Memory.ALLOCATED_BLOCKS_FIELD_NUMBER;
import static dev.hognose.v2.Memory.MALLOC_FREE_BYTES_FIELD_NUMBER;
import static dev.hognose.v2.Memory.MALLOC_USED_BYTES_FIELD_NUMBER;
import static dev.hognose.v2.Memory.PSS_BYTES_FIELD_NUMBER;
import static dev.hognose.v2.Memory.RSS_BYTES_FIELD_NUMBER;
import static dev.hognose.v2.Memory.SWAP_BYTES_FIELD_NUMBER;
import static dev.hognose.v2.Memory.TRACED_BYTES_FIELD_NUMBER;
import static dev.hognose.v2.Memory.TRACER_BYTES_FIELD_NUMBER;
import static dev.hognose.v2.Memory.USS_BYTES_FIELD_NUMBER;

import dev.hognose.sample.Bytes;
import dev.hognose.sample.Memory;

/** The memory of a sample's process. */
final class MemoryReading {

  private MemoryReading() {}

  static SampleNumbers numbers() {
    return new SampleNumbers(TRACER_BYTES_FIELD_NUMBER);
  }

  static Memory read(SampleNumbers m) {
    return new Memory(
        new Bytes(m.of(RSS_BYTES_FIELD_NUMBER)),
        m.bytes(USS_BYTES_FIELD_NUMBER),
        m.bytes(PSS_BYTES_FIELD_NUMBER),
        m.of(ALLOCATED_BLOCKS_FIELD_NUMBER),
        m.bytes(TRACED_BYTES_FIELD_NUMBER),
        m.bytes(TRACER_BYTES_FIELD_NUMBER),
        m.bytes(MALLOC_USED_BYTES_FIELD_NUMBER),
        m.bytes(MALLOC_FREE_BYTES_FIELD_NUMBER),
        m.bytes(SWAP_BYTES_FIELD_NUMBER));
  }
}
