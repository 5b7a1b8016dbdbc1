package dev.hognose.wire.state;

import dev.hognose.loop.Affected;
import dev.hognose.loop.Extent;
import dev.hognose.loop.LagCause;
import dev.hognose.loop.LagEpisode;
import dev.hognose.loop.LagEpisodes;
import dev.hognose.packed.PackedDuration;
import dev.hognose.wire.Codec;
import dev.hognose.wire.Parsing;
import dev.hognose.wire.part.EnumCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.TreeSet;

/** The message {@code LagEpisodes} of state.proto. */
public final class LagEpisodesCodec implements Codec<LagEpisodes> {

  @Override
  public LagEpisodes decode(byte[] bytes) {
    return Parsing.parse(
        dev.hognose.state.v1.LagEpisodes.parser(),
        bytes,
        m ->
            new LagEpisodes(
                m.getService(),
                EnumCodec.read(m.getCause(), LagCause.UNEXPLAINED),
                m.getEpisodesList().stream().map(LagEpisodesCodec::read).toList()));
  }

  @Override
  public byte[] encode(LagEpisodes episodes) {
    return dev.hognose.state.v1.LagEpisodes.newBuilder()
        .setService(episodes.service())
        .setCause(
            EnumCodec.write(
                episodes.cause(), dev.hognose.state.v1.LagEpisodes.Cause.CAUSE_UNSPECIFIED))
        .addAllEpisodes(episodes.all().stream().map(LagEpisodesCodec::write).toList())
        .build()
        .toByteArray();
  }

  private static LagEpisode read(dev.hognose.state.v1.LagEpisodes.Episode m) {
    return new LagEpisode(
        new Extent(Instant.ofEpochMilli(m.getFromMs()), Instant.ofEpochMilli(m.getUntilMs())),
        Instant.ofEpochMilli(m.getCrossedMs()),
        LoopStateCodec.read(m.getOrigin()),
        new Affected(new TreeSet<>(m.getProcessesList())),
        m.getMinutes(),
        MinuteCodec.read(m.getTime()),
        MinuteCodec.read(m.getWaits()),
        Duration.ofNanos(m.getWorstNs()),
        m.getToldList().stream().map(LoopStateCodec::read).toList(),
        m.getChanged());
  }

  private static dev.hognose.state.v1.LagEpisodes.Episode write(LagEpisode episode) {
    return dev.hognose.state.v1.LagEpisodes.Episode.newBuilder()
        .setFromMs(episode.extent().from().toEpochMilli())
        .setUntilMs(episode.extent().until().toEpochMilli())
        .setCrossedMs(episode.crossedAt().toEpochMilli())
        .setOrigin(LoopStateCodec.write(episode.origin()))
        .addAllProcesses(episode.affected().processes())
        .setMinutes(episode.minutes())
        .setTime(MinuteCodec.write(episode.time()))
        .setWaits(MinuteCodec.write(episode.waits()))
        .setWorstNs(PackedDuration.nanos(episode.worst()))
        .addAllTold(episode.told().stream().map(LoopStateCodec::write).toList())
        .setChanged(episode.changed())
        .build();
  }
}
