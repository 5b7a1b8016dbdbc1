package dev.hognose.loop;

import dev.hognose.service.LoopTime;
import dev.hognose.service.ProcessMinute;
import dev.hognose.service.Waits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * Minutes in which loops of a service ran late for one cause, closer together than the quiet time.
 *
 * <p>Everything in it is a sum, a least or a greatest, so that it is the same in whatever order the
 * processes' minutes come.
 *
 * @param crossedAt when the first of the minutes was over
 * @param minutes of all processes
 * @param worst the mean lag of the worst minute
 * @param told what was last said about it; several after episodes were found to be one
 * @param changed since then
 */
public record LagEpisode(
    Extent extent,
    Instant crossedAt,
    Origin origin,
    Affected affected,
    long minutes,
    LoopTime time,
    Waits waits,
    Duration worst,
    List<Told> told,
    boolean changed) {

  public LagEpisode {
    told = List.copyOf(told);
  }

  static LagEpisode of(ProcessMinute minute, Duration lag) {
    BlockId id = BlockId.of(minute.process(), minute.minute().getEpochSecond());
    return new LagEpisode(
        new Extent(minute.minute(), minute.until()),
        minute.until(),
        new Origin(minute.minute(), id, minute.version()),
        Affected.one(id.process()),
        1,
        minute.loop(),
        minute.waits(),
        lag,
        List.of(),
        true);
  }

  LagEpisode and(LagEpisode other) {
    return new LagEpisode(
        extent.and(other.extent),
        crossedAt.isBefore(other.crossedAt) ? crossedAt : other.crossedAt,
        origin.or(other.origin),
        affected.and(other.affected),
        minutes + other.minutes,
        time.plus(other.time),
        waits.plus(other.waits),
        worst.compareTo(other.worst) >= 0 ? worst : other.worst,
        Stream.concat(told.stream(), other.told.stream()).toList(),
        true);
  }

  LagEpisode told(Told last) {
    return new LagEpisode(
        extent, crossedAt, origin, affected, minutes, time, waits, worst, List.of(last), false);
  }
}
