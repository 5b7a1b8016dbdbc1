package dev.hognose.wire.state;

import dev.hognose.packed.PackedDuration;
import dev.hognose.sample.Bytes;
import dev.hognose.service.ServiceSummary;
import dev.hognose.service.WorstProcess;
import dev.hognose.state.v1.ServiceMinute;
import dev.hognose.wire.KeyedCodec;
import dev.hognose.wire.Parsing;
import dev.hognose.wire.part.ProcessCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.TreeMap;

/** The message {@code ServiceMinute} of state.proto: a summary that can still be added to. */
public final class ServiceMinuteCodec implements KeyedCodec<ServiceSummary> {

  @Override
  public ServiceSummary decode(String key, byte[] bytes) {
    return Parsing.parse(ServiceMinute.parser(), bytes, m -> read(key, m));
  }

  @Override
  public byte[] encode(ServiceSummary summary) {
    ServiceMinute.Builder m =
        ServiceMinute.newBuilder()
            .setMinuteMs(summary.minute().toEpochMilli())
            .setProcesses(summary.processes())
            .setWatchedNs(PackedDuration.nanos(summary.watched()))
            .setLoop(MinuteCodec.write(summary.loop()))
            .setWaits(MinuteCodec.write(summary.waits()))
            .setCpuNs(PackedDuration.nanos(summary.cpu()))
            .setRssBytes(summary.rss().count())
            .setMemoryBytes(summary.memory().count())
            .setExceptions(summary.exceptions());
    summary
        .releases()
        .forEach(
            (version, processes) ->
                m.addReleasesBuilder().setVersion(version).setProcesses(processes));
    summary.worst().forEach(worst -> m.addWorst(write(worst)));
    return m.build().toByteArray();
  }

  private static ServiceMinute.Worst write(WorstProcess worst) {
    return ServiceMinute.Worst.newBuilder()
        .setProcess(ProcessCodec.write(worst.process()).toBuilder().clearService())
        .setLostNs(PackedDuration.nanos(worst.lost()))
        .setBlockedNs(PackedDuration.nanos(worst.blocked()))
        .setMemoryBytes(worst.memory().count())
        .build();
  }

  private static ServiceSummary read(String service, ServiceMinute m) {
    TreeMap<String, Integer> releases = new TreeMap<>();
    m.getReleasesList().forEach(each -> releases.put(each.getVersion(), each.getProcesses()));
    return new ServiceSummary(
        service,
        Instant.ofEpochMilli(m.getMinuteMs()),
        m.getProcesses(),
        Duration.ofNanos(m.getWatchedNs()),
        MinuteCodec.read(m.getLoop()),
        MinuteCodec.read(m.getWaits()),
        Duration.ofNanos(m.getCpuNs()),
        new Bytes(m.getRssBytes()),
        new Bytes(m.getMemoryBytes()),
        m.getExceptions(),
        releases,
        m.getWorstList().stream().map(worst -> read(service, worst)).toList());
  }

  private static WorstProcess read(String service, ServiceMinute.Worst m) {
    return new WorstProcess(
        ProcessCodec.read(m.getProcess().toBuilder().setService(service).build()),
        Duration.ofNanos(m.getLostNs()),
        Duration.ofNanos(m.getBlockedNs()),
        new Bytes(m.getMemoryBytes()));
  }
}
