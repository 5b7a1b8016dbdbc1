package dev.hognose.wire.state;

import dev.hognose.loop.Affected;
import dev.hognose.loop.BlockId;
import dev.hognose.loop.Episode;
import dev.hognose.loop.Episodes;
import dev.hognose.loop.Extent;
import dev.hognose.loop.LoopCost;
import dev.hognose.loop.LoopMinute;
import dev.hognose.loop.LoopMinutes;
import dev.hognose.loop.MergedStacks;
import dev.hognose.loop.Recent;
import dev.hognose.loop.Tally;
import dev.hognose.loop.Worst;
import dev.hognose.state.v1.LoopEpisode;
import dev.hognose.state.v1.LoopEpisodes;
import dev.hognose.v1.Stack;
import dev.hognose.wire.Codec;
import dev.hognose.wire.Parsing;
import dev.hognose.wire.part.LoopBlockCodec;
import dev.hognose.wire.part.StackCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** The message {@code LoopEpisodes} of state.proto. */
public final class EpisodesCodec implements Codec<Episodes> {

  @Override
  public Episodes decode(byte[] bytes) {
    return Parsing.parse(LoopEpisodes.parser(), bytes, EpisodesCodec::read);
  }

  @Override
  public byte[] encode(Episodes episodes) {
    return LoopEpisodes.newBuilder()
        .setFingerprint(LoopStateCodec.write(episodes.fingerprint()))
        .addAllEpisodes(episodes.all().stream().map(EpisodesCodec::write).toList())
        .build()
        .toByteArray();
  }

  private static Episodes read(LoopEpisodes m) {
    return new Episodes(
        LoopStateCodec.read(m.getFingerprint()),
        m.getEpisodesList().stream().map(EpisodesCodec::read).toList());
  }

  private static Episode read(LoopEpisode m) {
    return new Episode(
        new Extent(Instant.ofEpochMilli(m.getFromMs()), Instant.ofEpochMilli(m.getUntilMs())),
        LoopStateCodec.read(m.getOrigin()),
        read(m.getWorst()),
        read(m.getTally()),
        readStacks(m.getStacksList()),
        new Affected(new TreeSet<>(m.getProcessesList())),
        Times.read(m.hasCrossedMs(), m.getCrossedMs()),
        Duration.ofMillis(m.getWorstMinuteMs()),
        m.getToldList().stream().map(LoopStateCodec::read).toList(),
        m.getChanged());
  }

  private static Worst read(LoopEpisode.Worst m) {
    return new Worst(
        LoopStateCodec.read(m.getBlock()),
        Instant.ofEpochMilli(m.getStartedMs()),
        Duration.ofMillis(m.getDurationMs()),
        m.getEnded(),
        m.hasCulprit() ? Optional.of(StackCodec.readFrame(m.getCulprit())) : Optional.empty(),
        m.getStackLate(),
        LoopBlockCodec.readSplit(m.getSplit()));
  }

  private static Tally read(LoopEpisode.Tally m) {
    TreeMap<BlockId, Recent> recent = new TreeMap<>();
    m.getRecentList().forEach(each -> recent.put(LoopStateCodec.read(each.getBlock()), read(each)));
    return new Tally(
        m.getFolded(),
        Duration.ofMillis(m.getFoldedLostMs()),
        Times.read(m.hasFoldedLastingMs(), m.getFoldedLastingMs()),
        readMinutes(m.getMinutesList()),
        recent);
  }

  private static LoopMinutes readMinutes(List<LoopEpisode.Minute> minutes) {
    TreeMap<LoopMinute, LoopCost> costs = new TreeMap<>();
    for (LoopEpisode.Minute each : minutes) {
      LoopMinute minute = new LoopMinute(each.getNumber(), each.getLoop());
      costs.put(
          minute,
          new LoopCost(
              each.getBlocks(),
              Duration.ofMillis(each.getLostMs()),
              minute.begin().plusMillis(each.getUntilMs())));
    }
    return new LoopMinutes(costs);
  }

  private static Recent read(LoopEpisode.Recent m) {
    return new Recent(
        Instant.ofEpochMilli(m.getStartedMs()),
        Duration.ofMillis(m.getDurationMs()),
        m.getEnded(),
        m.getLoop(),
        readStacks(m.getStacksList()));
  }

  private static MergedStacks readStacks(List<Stack> stacks) {
    return new MergedStacks(stacks.stream().map(StackCodec::readStack).toList());
  }

  private static LoopEpisode write(Episode episode) {
    LoopEpisode.Builder m =
        LoopEpisode.newBuilder()
            .setFromMs(episode.extent().from().toEpochMilli())
            .setUntilMs(episode.extent().until().toEpochMilli())
            .setOrigin(LoopStateCodec.write(episode.origin()))
            .setWorst(write(episode.worst()))
            .setTally(write(episode.tally()))
            .addAllStacks(write(episode.stacks()))
            .addAllProcesses(episode.affected().processes())
            .setWorstMinuteMs(episode.worstMinute().toMillis())
            .addAllTold(episode.told().stream().map(LoopStateCodec::write).toList())
            .setChanged(episode.changed());
    episode.crossedAt().ifPresent(at -> m.setCrossedMs(at.toEpochMilli()));
    return m.build();
  }

  private static LoopEpisode.Worst write(Worst worst) {
    LoopEpisode.Worst.Builder m =
        LoopEpisode.Worst.newBuilder()
            .setBlock(LoopStateCodec.write(worst.block()))
            .setStartedMs(worst.startedAt().toEpochMilli())
            .setDurationMs(worst.duration().toMillis())
            .setEnded(worst.ended())
            .setStackLate(worst.stackLate())
            .setSplit(LoopBlockCodec.writeSplit(worst.split()));
    worst.culprit().ifPresent(culprit -> m.setCulprit(StackCodec.write(culprit)));
    return m.build();
  }

  private static LoopEpisode.Tally write(Tally tally) {
    LoopEpisode.Tally.Builder m =
        LoopEpisode.Tally.newBuilder()
            .setFolded(tally.folded())
            .setFoldedLostMs(tally.foldedLost().toMillis());
    tally.foldedLasting().ifPresent(at -> m.setFoldedLastingMs(at.toEpochMilli()));
    tally.minutes().costs().forEach((minute, cost) -> m.addMinutes(write(minute, cost)));
    tally
        .recent()
        .forEach(
            (id, block) ->
                m.addRecentBuilder()
                    .setBlock(LoopStateCodec.write(id))
                    .setStartedMs(block.startedAt().toEpochMilli())
                    .setDurationMs(block.duration().toMillis())
                    .setEnded(block.ended())
                    .setLoop(block.loop())
                    .addAllStacks(write(block.stacks())));
    return m.build();
  }

  private static LoopEpisode.Minute write(LoopMinute minute, LoopCost cost) {
    return LoopEpisode.Minute.newBuilder()
        .setNumber(minute.number())
        .setLoop(minute.loop())
        .setBlocks(cost.blocks())
        .setLostMs(cost.lost().toMillis())
        .setUntilMs(Duration.between(minute.begin(), cost.until()).toMillis())
        .build();
  }

  private static List<Stack> write(MergedStacks stacks) {
    return stacks.stacks().stream().map(StackCodec::write).toList();
  }
}
