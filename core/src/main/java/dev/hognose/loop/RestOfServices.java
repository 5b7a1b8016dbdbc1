package dev.hognose.loop;

import dev.hognose.alert.Largest;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Adds up what is not told apart, and not for each block anew. */
final class RestOfServices {

  private final LoopBlockWatch watch;
  private final Shelf shelf;
  private final Largest<Rank> largest;

  /** Events since it was last added up. Only how soon the rest is told depends on it. */
  private final Map<String, Long> sinceSum = new HashMap<>();

  RestOfServices(LoopBlockWatch watch, Shelf shelf, Largest<Rank> largest) {
    this.watch = watch;
    this.shelf = shelf;
    this.largest = largest;
  }

  /** What there is to say when it is the first word, a first alert, or twice as much as before. */
  Optional<LoopBlockStep> due(String service, List<LoopBlockStep> because) {
    Fingerprint rest = Fingerprint.rest(service);
    Episodes before = shelf.get(rest.key()).orElseGet(() -> Episodes.none(rest));
    boolean isMuchMore = sinceSum.merge(service, 1L, Long::sum) > before.blocks();
    boolean isFirst =
        !watch.isFiring(before)
            && because.stream()
                .filter(step -> step.outcome() == LoopBlockStep.Outcome.REST)
                .anyMatch(step -> step.episodes().isWorthTelling());
    return isMuchMore || isFirst ? Optional.of(sum(before, before.newest())) : Optional.empty();
  }

  /**
   * What there is to say.
   *
   * @param before what was said last
   * @param now until when they were looked at
   */
  LoopBlockStep sum(Episodes before, Instant now) {
    String service = before.fingerprint().service();
    sinceSum.remove(service);
    LoopBlockStep step = watch.rest(before, members(service), now);
    shelf.put(step.episodes());
    return step;
  }

  long blocks(String service) {
    return members(service).stream().mapToLong(Episodes::blocks).sum();
  }

  private List<Episodes> members(String service) {
    return Stream.concat(
            largest.rest(service).stream().flatMap(key -> shelf.get(key).stream()),
            shelf.get(Fingerprint.beyond(service).key()).stream())
        .toList();
  }
}
