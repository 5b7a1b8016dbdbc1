package dev.hognose.loop;

import dev.hognose.sample.ProcessId;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.UUID;

/**
 * A block among all blocks of a service.
 *
 * @param process 64 bits of its key's digest: an episode may touch thousands of processes
 * @param id as the process numbers its blocks
 */
public record BlockId(long process, long id) implements Comparable<BlockId> {

  private static final Comparator<BlockId> ORDER =
      Comparator.comparingLong(BlockId::process).thenComparingLong(BlockId::id);

  static BlockId of(ProcessId process, long id) {
    byte[] key = process.key().getBytes(StandardCharsets.UTF_8);
    return new BlockId(UUID.nameUUIDFromBytes(key).getMostSignificantBits(), id);
  }

  @Override
  public int compareTo(BlockId other) {
    return ORDER.compare(this, other);
  }
}
