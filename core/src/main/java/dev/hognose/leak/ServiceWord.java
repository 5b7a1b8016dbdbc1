package dev.hognose.leak;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the lives of a service say of one of its processes, when a stretch is over.
 *
 * @param place of the process, as its observations name it
 * @param startedAtMs of the life that was judged; 0 while unknown
 * @param at when the stretch was over: nothing later is known to it
 * @param leak that stands
 * @param cleared the leak that stood has ended in this stretch
 * @param stand of its latest growth against what other lives have shown
 * @param ownLeak that its own floors showed when it was observed
 * @param footprint of the process when it was observed
 */
public record ServiceWord(
    String place,
    long startedAtMs,
    Instant at,
    Optional<Growth> leak,
    boolean cleared,
    Stand stand,
    Sharing sharing,
    Optional<OwnLeak> ownLeak,
    Footprint footprint) {

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

  /** On a process that is not judged with the others: its own leak is all there is to tell. */
  static ServiceWord alone(LifeObservation observation, Instant at) {
    return new ServiceWord(
        observation.place(),
        observation.startedAtMs(),
        at,
        Optional.empty(),
        false,
        Stand.NONE,
        new Sharing(1, 1, observation.version(), false),
        observation.ownLeak(),
        Footprint.ofKib(observation.residentKib(), observation.limitKib()));
  }

  /** Key of the process in its service. */
  public String processKey(String service) {
    return service + "/" + place + "/" + startedAtMs;
  }

  /** Whether there are others to be judged by: one process alone is judged alone. */
  public boolean isOfPeers() {
    return sharing.processes() > 1;
  }

  /**
   * The leak that stands at the word's time.
   *
   * <p>Where the service decides, so does the leak that it tells; a leak that the process was
   * accused of alone, before it had peers, goes on until either ends it. All figures are of the
   * word: it does not matter what the process has said since.
   *
   * @param open that is being told
   * @param runs version of the process
   */
  Optional<OpenLeak> standing(Optional<OpenLeak> open, String runs) {
    String version = sharing.version.isEmpty() ? runs : sharing.version;
    if (leak.isPresent()) {
      Instant firedAt = open.map(OpenLeak::firedAt).orElse(at);
      return Optional.of(new OpenLeak(firedAt, version, false, told(leak.get())));
    }
    boolean goesOn = open.filter(OpenLeak::alone).isPresent() && !cleared;
    if (isOfPeers() && !goesOn) {
      return Optional.empty();
    }
    Optional<Instant> known = open.filter(told -> !told.alone()).map(OpenLeak::firedAt);
    return ownLeak.map(
        own -> new OpenLeak(known.orElse(own.firedAt()), version, true, told(own.growth())));
  }

  private OpenLeak.Told told(Growth growth) {
    return new OpenLeak.Told(at, growth, sharing, footprint);
  }

  public byte[] pack() {
    return WordPacking.pack(List.of(this));
  }

  /**
   * Reads what {@link #pack} wrote.
   *
   * @throws IllegalArgumentException for anything else, and for the form of a newer version
   */
  public static ServiceWord unpack(byte[] packed) {
    List<ServiceWord> words = WordPacking.unpack(packed);
    if (words.size() != 1) {
      throw new IllegalArgumentException(words.size() + " words: expected 1");
    }
    return words.get(0);
  }
}
