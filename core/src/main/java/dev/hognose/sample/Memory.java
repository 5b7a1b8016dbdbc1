package dev.hognose.sample;

import java.util.Optional;

/**
 * Memory of a process, as the kernel, CPython, tracemalloc and glibc see it.
 *
 * @param uss what only this process has
 * @param pss with its share of what it shares
 * @param allocatedBlocks {@code sys.getallocatedblocks()}
 * @param traced live bytes that tracemalloc saw allocated; absent while it is off
 * @param tracer what tracemalloc itself occupies
 * @param mallocUsed glibc {@code mallinfo2}: in use
 * @param mallocFree glibc {@code mallinfo2}: free but kept
 * @param swap what of it was moved out of the memory
 */
public record Memory(
    Bytes rss,
    Optional<Bytes> uss,
    Optional<Bytes> pss,
    long allocatedBlocks,
    Optional<Bytes> traced,
    Optional<Bytes> tracer,
    Optional<Bytes> mallocUsed,
    Optional<Bytes> mallocFree,
    Optional<Bytes> swap) {

  public Memory {
    if (allocatedBlocks < 0) {
      throw new IllegalArgumentException(
          "allocated_blocks=" + allocatedBlocks + ": expected none or more");
    }
  }
}
