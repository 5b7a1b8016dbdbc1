package dev.hognose.wire;

import dev.hognose.sample.Bytes;
import dev.hognose.service.LoopTime;
import dev.hognose.service.ServiceSummary;
import dev.hognose.service.Waits;
import dev.hognose.service.WorstProcess;
import dev.hognose.wire.part.HistogramCodec;
import dev.hognose.wire.part.ProcessCodec;
import dev.hognose.wire.part.Seconds;
import java.time.Duration;
import java.time.Instant;
import java.util.TreeMap;

/** The message {@code ServiceSummary} of alerts.proto. */
public final class ServiceSummaryCodec implements Codec<ServiceSummary> {

  @Override
  public ServiceSummary decode(byte[] bytes) {
    return Parsing.parse(dev.hognose.v1.ServiceSummary.parser(), bytes, ServiceSummaryCodec::read);
  }

  @Override
  public byte[] encode(ServiceSummary summary) {
    return write(summary).toByteArray();
  }

  private static ServiceSummary read(dev.hognose.v1.ServiceSummary m) {
    TreeMap<String, Integer> releases = new TreeMap<>();
    m.getReleasesList()
        .forEach(each -> releases.merge(each.getVersion(), each.getProcesses(), Integer::sum));
    return new ServiceSummary(
        m.getService(),
        Instant.ofEpochMilli(m.getMinuteMs()),
        m.getProcesses(),
        Seconds.toDuration("watched_seconds", m.getWatchedSeconds()),
        readLoop(m),
        new Waits(
            Seconds.toDuration("gil_wait_seconds", m.getGilWaitSeconds()),
            Seconds.toDuration("gc_pause_seconds", m.getGcPauseSeconds()),
            Seconds.toDuration("runqueue_seconds", m.getRunqueueSeconds()),
            Seconds.toDuration("throttled_seconds", m.getThrottledSeconds())),
        Seconds.toDuration("cpu_seconds", m.getCpuSeconds()),
        new Bytes(m.getRssBytes()),
        new Bytes(m.getMemoryBytes()),
        m.getExceptions(),
        releases,
        m.getWorstList().stream().map(ServiceSummaryCodec::readWorst).toList());
  }

  private static LoopTime readLoop(dev.hognose.v1.ServiceSummary m) {
    Duration late = Seconds.toDuration("lag sum_seconds", m.getLagSeconds().getSumSeconds());
    return new LoopTime(
        Seconds.toDuration("loop_seconds", m.getLoopSeconds()),
        HistogramCodec.read(m.getLagSeconds()),
        late,
        Seconds.toDuration("blocked_seconds", m.getBlockedSeconds()),
        Seconds.toDuration("excess_lag_seconds", m.getExcessLagSeconds()));
  }

  private static WorstProcess readWorst(dev.hognose.v1.ServiceSummary.WorstProcess m) {
    return new WorstProcess(
        ProcessCodec.read(m.getProcess()),
        Seconds.toDuration("lost_seconds", m.getLostSeconds()),
        Seconds.toDuration("blocked_seconds", m.getBlockedSeconds()),
        new Bytes(m.getMemoryBytes()));
  }

  public static dev.hognose.v1.ServiceSummary write(ServiceSummary summary) {
    dev.hognose.v1.ServiceSummary.Builder m =
        dev.hognose.v1.ServiceSummary.newBuilder()
            .setService(summary.service())
            .setMinuteMs(summary.minute().toEpochMilli())
            .setProcesses(summary.processes())
            .setWatchedSeconds(Seconds.of(summary.watched()))
            .setLoopSeconds(Seconds.of(summary.loop().watched()))
            .setLagSeconds(HistogramCodec.write(summary.loop().lag()))
            .setBlockedSeconds(Seconds.of(summary.loop().blocked()))
            .setExcessLagSeconds(Seconds.of(summary.loop().excess()))
            .setGilWaitSeconds(Seconds.of(summary.waits().gil()))
            .setGcPauseSeconds(Seconds.of(summary.waits().gc()))
            .setRunqueueSeconds(Seconds.of(summary.waits().runQueue()))
            .setThrottledSeconds(Seconds.of(summary.waits().throttled()))
            .setCpuSeconds(Seconds.of(summary.cpu()))
            .setRssBytes(summary.rss().count())
            .setMemoryBytes(summary.memory().count())
            .setExceptions(summary.exceptions());
    summary
        .releases()
        .forEach(
            (version, processes) ->
                m.addReleasesBuilder().setVersion(version).setProcesses(processes));
    summary.worst().forEach(worst -> m.addWorst(write(worst)));
    return m.build();
  }

  private static dev.hognose.v1.ServiceSummary.WorstProcess write(WorstProcess worst) {
    return dev.hognose.v1.ServiceSummary.WorstProcess.newBuilder()
        .setProcess(ProcessCodec.write(worst.process()))
        .setLostSeconds(Seconds.of(worst.lost()))
        .setBlockedSeconds(Seconds.of(worst.blocked()))
        .setMemoryBytes(worst.memory().count())
        .build();
  }
}
