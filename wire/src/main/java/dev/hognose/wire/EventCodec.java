package dev.hognose.wire;

import dev.hognose.sample.AllocationGrowth;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.Event;
import dev.hognose.sample.ExceptionCount;
import dev.hognose.sample.Frame;
import dev.hognose.sample.LoopBlock;
import dev.hognose.sample.PythonWarning;
import dev.hognose.sample.Retention;
import dev.hognose.sample.StackProfile;
import dev.hognose.sample.Started;
import dev.hognose.sample.Stopped;
import dev.hognose.sample.Whereabouts;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The message {@code Event} of telemetry.proto. */
public final class EventCodec implements Codec<Event> {

  private static final double NANOS_PER_MS = 1e6;

  @Override
  public Event decode(byte[] bytes) {
    return Parsing.parse(dev.hognose.v1.Event.parser(), bytes, EventCodec::read);
  }

  @Override
  public byte[] encode(Event event) {
    return write(event).toByteArray();
  }

  private static Event read(dev.hognose.v1.Event m) {
    return new Event(
        ProcessCodec.read(m.getProcess()),
        m.getSequence(),
        Instant.ofEpochMilli(m.getAtMs()),
        m.getVersion(),
        readWhat(m));
  }

  private static Event.What readWhat(dev.hognose.v1.Event m) {
    return switch (m.getWhatCase()) {
      case STARTED -> readStarted(m.getStarted());
      case STOPPED -> readStopped(m.getStopped());
      case LOOP_BLOCK -> readLoopBlock(m.getLoopBlock());
      case ALLOCATION_GROWTH -> readGrowth(m.getAllocationGrowth());
      case RETENTION -> readRetention(m.getRetention());
      case STACK_PROFILE ->
          new StackProfile(
              Seconds.ofMillis(m.getStackProfile().getWindowMs()),
              m.getStackProfile().getSamples(),
              m.getStackProfile().getStacksList().stream().map(StackCodec::readStack).toList(),
              m.getStackProfile().getCut());
      case PYTHON_WARNING ->
          new PythonWarning(
              m.getPythonWarning().getCategory(),
              m.getPythonWarning().getMessage(),
              frame(m.getPythonWarning().hasSite(), m.getPythonWarning().getSite()),
              m.getPythonWarning().getCount());
      case EXCEPTION_COUNT ->
          new ExceptionCount(
              m.getExceptionCount().getType(),
              frame(m.getExceptionCount().hasSite(), m.getExceptionCount().getSite()),
              m.getExceptionCount().getCount(),
              m.getExceptionCount().getHandled());
      case WHAT_NOT_SET ->
          throw new MalformedRecordException("event of no kind that is known here");
    };
  }

  private static Stopped readStopped(dev.hognose.v1.Stopped m) {
    return new Stopped(
        EnumCodec.read(m.getReason(), Stopped.Reason.UNKNOWN),
        m.hasExitCode() ? OptionalInt.of(m.getExitCode()) : OptionalInt.empty());
  }

  private static dev.hognose.v1.Stopped writeStopped(Stopped stopped) {
    dev.hognose.v1.Stopped.Builder m = dev.hognose.v1.Stopped.newBuilder();
    m.setReason(
        EnumCodec.write(stopped.reason(), dev.hognose.v1.Stopped.Reason.REASON_UNSPECIFIED));
    stopped.exitCode().ifPresent(m::setExitCode);
    return m.build();
  }

  private static Started readStarted(dev.hognose.v1.Started m) {
    Map<String, String> packages = new HashMap<>();
    m.getPackagesList().forEach(each -> packages.put(each.getName(), each.getVersion()));
    return new Started(
        m.getCommand(),
        m.getPython(),
        packages,
        m.getParentPid(),
        m.getWorkerKind(),
        new Whereabouts(
            m.getEnvironment(), m.getPod(), m.getNode(), m.getNamespace(), m.getContainer()));
  }

  private static LoopBlock readLoopBlock(dev.hognose.v1.LoopBlock m) {
    return new LoopBlock(
        m.getId(),
        Instant.ofEpochMilli(m.getStartedMs()),
        Seconds.ofMillis(m.getDurationMs()),
        m.getEnded(),
        m.getLoop(),
        m.getTask(),
        m.getCoroutine(),
        EnumCodec.read(m.getCause(), LoopBlock.Cause.UNKNOWN),
        frame(m.hasCulprit(), m.getCulprit()),
        m.getStacksList().stream().map(StackCodec::readStack).toList(),
        m.getStackLate(),
        readSplit(m.getSplit()),
        m.getCut());
  }

  static LoopBlock.TimeSplit readSplit(dev.hognose.v1.LoopBlock.TimeSplit m) {
    return new LoopBlock.TimeSplit(
        Seconds.ofMillis(m.getCpuMs()),
        Seconds.ofMillis(m.getRunqueueMs()),
        Seconds.ofMillis(m.getThrottledMs()),
        Seconds.ofMillis(m.getGcMs()),
        Seconds.ofMillis(m.getGilMs()));
  }

  private static AllocationGrowth readGrowth(dev.hognose.v1.AllocationGrowth m) {
    return new AllocationGrowth(
        Seconds.ofMillis(m.getWindowMs()),
        Seconds.toDuration("predicted_pause_ms", m.getPredictedPauseMs() / 1000),
        Seconds.toDuration("pause_ms", m.getPauseMs() / 1000),
        m.getSitesList().stream().map(StackCodec::readSite).toList(),
        m.getCut());
  }

  static Retention readRetention(dev.hognose.v1.Retention m) {
    return new Retention(
        m.getName(),
        EnumCodec.read(m.getKind(), Retention.Kind.UNKNOWN),
        m.getEntries(),
        m.getGrowthPerHour(),
        new Bytes(m.getSampleBytes()),
        m.hasHits() ? OptionalLong.of(m.getHits()) : OptionalLong.empty(),
        m.hasMisses() ? OptionalLong.of(m.getMisses()) : OptionalLong.empty(),
        m.hasMaxSize() ? OptionalLong.of(m.getMaxSize()) : OptionalLong.empty(),
        m.getEntryTypes());
  }

  private static Optional<Frame> frame(boolean present, dev.hognose.v1.Frame m) {
    return present ? Optional.of(StackCodec.readFrame(m)) : Optional.empty();
  }

  private static dev.hognose.v1.Event write(Event event) {
    dev.hognose.v1.Event.Builder m =
        dev.hognose.v1.Event.newBuilder()
            .setProcess(ProcessCodec.write(event.process()))
            .setSequence(event.sequence())
            .setAtMs(event.at().toEpochMilli())
            .setVersion(event.version());
    writeWhat(event.what(), m);
    return m.build();
  }

  private static void writeWhat(Event.What what, dev.hognose.v1.Event.Builder m) {
    if (what instanceof Started started) {
      m.setStarted(writeStarted(started));
    } else if (what instanceof Stopped stopped) {
      m.setStopped(writeStopped(stopped));
    } else if (what instanceof LoopBlock block) {
      m.setLoopBlock(writeLoopBlock(block));
    } else if (what instanceof AllocationGrowth growth) {
      m.setAllocationGrowth(writeGrowth(growth));
    } else if (what instanceof Retention retention) {
      m.setRetention(write(retention));
    } else if (what instanceof StackProfile profile) {
      m.getStackProfileBuilder()
          .setWindowMs(Seconds.millis(profile.window()))
          .setSamples(profile.samples())
          .addAllStacks(profile.stacks().stream().map(StackCodec::write).toList())
          .setCut(profile.cut());
    } else if (what instanceof PythonWarning warning) {
      dev.hognose.v1.PythonWarning.Builder warned =
          m.getPythonWarningBuilder()
              .setCategory(warning.category())
              .setMessage(warning.message())
              .setCount(warning.count());
      warning.site().ifPresent(site -> warned.setSite(StackCodec.write(site)));
    } else if (what instanceof ExceptionCount exceptions) {
      dev.hognose.v1.ExceptionCount.Builder counted =
          m.getExceptionCountBuilder()
              .setType(exceptions.type())
              .setCount(exceptions.count())
              .setHandled(exceptions.handled());
      exceptions.site().ifPresent(site -> counted.setSite(StackCodec.write(site)));
    } else {
      throw new AssertionError(what);
    }
  }

  private static dev.hognose.v1.Started writeStarted(Started started) {
    dev.hognose.v1.Started.Builder m =
        dev.hognose.v1.Started.newBuilder()
            .setCommand(started.command())
            .setPython(started.python())
            .setParentPid(started.parentPid())
            .setWorkerKind(started.workerKind())
            .setEnvironment(started.whereabouts().environment())
            .setPod(started.whereabouts().pod())
            .setNode(started.whereabouts().node())
            .setNamespace(started.whereabouts().namespace())
            .setContainer(started.whereabouts().container());
    started.packages().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(each -> m.addPackagesBuilder().setName(each.getKey()).setVersion(each.getValue()));
    return m.build();
  }

  private static dev.hognose.v1.LoopBlock writeLoopBlock(LoopBlock block) {
    dev.hognose.v1.LoopBlock.Builder m =
        dev.hognose.v1.LoopBlock.newBuilder()
            .setId(block.id())
            .setStartedMs(block.startedAt().toEpochMilli())
            .setDurationMs(Seconds.millis(block.duration()))
            .setEnded(block.ended())
            .setLoop(block.loop())
            .setTask(block.task())
            .setCoroutine(block.coroutine())
            .setCause(
                EnumCodec.write(block.cause(), dev.hognose.v1.LoopBlock.Cause.CAUSE_UNSPECIFIED))
            .addAllStacks(block.stacks().stream().map(StackCodec::write).toList())
            .setStackLate(block.stackLate())
            .setSplit(writeSplit(block.split()))
            .setCut(block.cut());
    block.culprit().ifPresent(culprit -> m.setCulprit(StackCodec.write(culprit)));
    return m.build();
  }

  static dev.hognose.v1.LoopBlock.TimeSplit writeSplit(LoopBlock.TimeSplit split) {
    return dev.hognose.v1.LoopBlock.TimeSplit.newBuilder()
        .setCpuMs(Seconds.millis(split.cpu()))
        .setRunqueueMs(Seconds.millis(split.runQueue()))
        .setThrottledMs(Seconds.millis(split.throttled()))
        .setGcMs(Seconds.millis(split.gc()))
        .setGilMs(Seconds.millis(split.gil()))
        .build();
  }

  private static dev.hognose.v1.AllocationGrowth writeGrowth(AllocationGrowth growth) {
    return dev.hognose.v1.AllocationGrowth.newBuilder()
        .setWindowMs(Seconds.millis(growth.window()))
        .setPredictedPauseMs(fractionalMillis(growth.predictedPause()))
        .setPauseMs(fractionalMillis(growth.pause()))
        .addAllSites(growth.sites().stream().map(StackCodec::write).toList())
        .setCut(growth.cut())
        .build();
  }

  private static double fractionalMillis(Duration duration) {
    return duration.toNanos() / NANOS_PER_MS;
  }

  static dev.hognose.v1.Retention write(Retention retention) {
    dev.hognose.v1.Retention.Builder m =
        dev.hognose.v1.Retention.newBuilder()
            .setName(retention.name())
            .setKind(
                EnumCodec.write(retention.kind(), dev.hognose.v1.Retention.Kind.KIND_UNSPECIFIED))
            .setEntries(retention.entries())
            .setGrowthPerHour(retention.growthPerHour())
            .setSampleBytes(retention.sampleBytes().count())
            .setEntryTypes(retention.entryTypes());
    retention.hits().ifPresent(m::setHits);
    retention.misses().ifPresent(m::setMisses);
    retention.maxSize().ifPresent(m::setMaxSize);
    return m.build();
  }
}
