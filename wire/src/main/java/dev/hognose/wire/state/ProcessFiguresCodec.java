package dev.hognose.wire.state;

import dev.hognose.sample.ProcessId;
import dev.hognose.service.LoopTotals;
import dev.hognose.service.ProcessFigures;
import dev.hognose.service.Totals;
import dev.hognose.wire.KeyedCodec;
import dev.hognose.wire.Parsing;
import dev.hognose.wire.part.HistogramCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The message {@code ProcessFigures} of state.proto. */
public final class ProcessFiguresCodec implements KeyedCodec<ProcessFigures> {

  @Override
  public ProcessFigures decode(String key, byte[] bytes) {
    return Parsing.parse(
        dev.hognose.state.v1.ProcessFigures.parser(),
        bytes,
        m ->
            new ProcessFigures(
                read(m.getTotals()),
                m.hasOpen()
                    ? Optional.of(ProcessMinuteCodec.read(ProcessId.parse(key), m.getOpen()))
                    : Optional.empty()));
  }

  @Override
  public byte[] encode(ProcessFigures figures) {
    dev.hognose.state.v1.ProcessFigures.Builder m =
        dev.hognose.state.v1.ProcessFigures.newBuilder().setTotals(write(figures.totals()));
    figures.open().ifPresent(open -> m.setOpen(ProcessMinuteCodec.write(open)));
    return m.build().toByteArray();
  }

  private static Totals read(dev.hognose.state.v1.ProcessFigures.Totals m) {
    List<LoopTotals> loops =
        m.getLoopsList().stream()
            .map(
                loop ->
                    new LoopTotals(
                        loop.getName(),
                        HistogramCodec.read(loop.getLag()),
                        Duration.ofNanos(loop.getBlockedNs()),
                        Duration.ofNanos(loop.getOwedNs())))
            .toList();
    return new Totals(
        Instant.ofEpochMilli(m.getAtMs()),
        Duration.ofNanos(m.getCpuNs()),
        MinuteCodec.read(m.getWaits()),
        m.getExceptions(),
        loops);
  }

  private static dev.hognose.state.v1.ProcessFigures.Totals write(Totals totals) {
    dev.hognose.state.v1.ProcessFigures.Totals.Builder m =
        dev.hognose.state.v1.ProcessFigures.Totals.newBuilder()
            .setAtMs(totals.at().toEpochMilli())
            .setCpuNs(MinuteCodec.nanos(totals.cpu()))
            .setWaits(MinuteCodec.write(totals.waits()))
            .setExceptions(totals.exceptions());
    totals
        .loops()
        .forEach(
            loop ->
                m.addLoopsBuilder()
                    .setName(loop.name())
                    .setLag(HistogramCodec.write(loop.lag()))
                    .setBlockedNs(MinuteCodec.nanos(loop.blocked()))
                    .setOwedNs(MinuteCodec.nanos(loop.owed())));
    return m.build();
  }
}
