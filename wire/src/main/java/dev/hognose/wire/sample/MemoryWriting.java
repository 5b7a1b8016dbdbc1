package dev.hognose.wire.sample;

import dev.hognose.sample.Memory;

/** The memory of a sample's process; the other way is {@link MemoryReading}. */
final class MemoryWriting {

  private MemoryWriting() {}

  static void write(Memory memory, dev.hognose.v2.Memory.Builder m) {
    m.setRssBytes(memory.rss().count()).setAllocatedBlocks(memory.allocatedBlocks());
    BytesCodec.write(memory.uss(), m::setUssBytes);
    BytesCodec.write(memory.pss(), m::setPssBytes);
    BytesCodec.write(memory.swap(), m::setSwapBytes);
    BytesCodec.write(memory.mallocUsed(), m::setMallocUsedBytes);
    BytesCodec.write(memory.mallocFree(), m::setMallocFreeBytes);
    BytesCodec.write(memory.traced(), m::setTracedBytes);
    BytesCodec.write(memory.tracer(), m::setTracerBytes);
  }
}
