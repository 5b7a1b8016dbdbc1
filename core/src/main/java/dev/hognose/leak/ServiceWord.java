package dev.hognose.leak;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;

/**
 * What the lives of a service say of one of its processes, at the end of a stretch.
 *
 * @param place of the process, as its observations name it
 * @param startedAtMs of the life that was judged; 0 while unknown
 * @param at end of the stretch: nothing later is known to it
 * @param leak that stands
 * @param cleared the leak that stood has ended in this stretch
 * @param stand of its latest growth against what other lives have shown
 */
public record ServiceWord(
    String place,
    long startedAtMs,
    Instant at,
    Optional<Growth> leak,
    boolean cleared,
    Stand stand,
    Sharing sharing) {

  /**
   * How a process's growth is shared within its service.
   *
   * @param rising processes that something rises in
   * @param processes of the service that are followed
   * @param version that the leak began with; of a process without a leak, that it runs; empty while
   *     unknown
   * @param deploy every process of that version rises, and those of other versions came to rest
   */
  public record Sharing(int rising, int processes, String version, boolean deploy) {

    /** Of a process that nothing is known of but itself. */
    public static final Sharing ALONE = new Sharing(1, 1, "", false);
  }

  private static final Frame FRAME = new Frame("service word", (byte) 1);
  private static final int MOST_BYTES = 2048;

  /** Key of the process in its service. */
  public String processKey(String service) {
    return service + "/" + place + "/" + startedAtMs;
  }

  /** Whether there are others to be judged by: one process alone is judged alone. */
  public boolean isOfPeers() {
    return sharing.processes() > 1;
  }

  public byte[] pack() {
    return FRAME.write(MOST_BYTES, this::put);
  }

  private void put(ByteBuffer out) {
    PackedText.put(out, place);
    out.putLong(startedAtMs).putLong(at.toEpochMilli());
    out.put((byte) (leak.isPresent() ? 1 : 0));
    leak.ifPresent(growth -> LevelPacking.putGrowth(out, growth));
    out.put((byte) (cleared ? 1 : 0));
    ServicePacking.put(out, stand);
    out.putInt(sharing.rising()).putInt(sharing.processes());
    PackedText.put(out, sharing.version());
    out.put((byte) (sharing.deploy() ? 1 : 0));
  }

  /**
   * Reads what {@link #pack} wrote.
   *
   * @throws IllegalArgumentException for anything else, and for the form of a newer version
   */
  public static ServiceWord unpack(byte[] packed) {
    return FRAME.read(
        packed,
        in ->
            new ServiceWord(
                PackedText.get(in),
                in.getLong(),
                Instant.ofEpochMilli(in.getLong()),
                in.get() == 1 ? Optional.of(LevelPacking.getGrowth(in)) : Optional.empty(),
                in.get() == 1,
                ServicePacking.getStand(in),
                new Sharing(in.getInt(), in.getInt(), PackedText.get(in), in.get() == 1)));
  }
}
