package dev.hognose.wire;

import dev.hognose.sample.AllocationGrowth;
import dev.hognose.sample.Event;
import dev.hognose.sample.ExceptionCount;
import dev.hognose.sample.LoopBlock;
import dev.hognose.sample.PythonWarning;
import dev.hognose.sample.Retention;
import dev.hognose.sample.StackProfile;
import dev.hognose.sample.Started;
import dev.hognose.sample.Stopped;
import dev.hognose.wire.part.EnumCodec;
import dev.hognose.wire.part.LoopBlockCodec;
import dev.hognose.wire.part.ProcessCodec;
import dev.hognose.wire.part.RetentionCodec;
import dev.hognose.wire.part.Seconds;
import dev.hognose.wire.part.StackCodec;
import java.time.Instant;
import java.util.OptionalInt;

/** The message {@code Event} of telemetry.proto. */
public final class EventCodec implements Codec<Event> {

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
      case STARTED -> StartedCodec.read(m.getStarted());
      case STOPPED -> readStopped(m.getStopped());
      case LOOP_BLOCK -> LoopBlockCodec.read(m.getLoopBlock());
      case ALLOCATION_GROWTH -> AllocationGrowthCodec.read(m.getAllocationGrowth());
      case RETENTION -> RetentionCodec.read(m.getRetention());
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
              StackCodec.readFrame(m.getPythonWarning().hasSite(), m.getPythonWarning().getSite()),
              m.getPythonWarning().getCount());
      case EXCEPTION_COUNT ->
          new ExceptionCount(
              m.getExceptionCount().getType(),
              StackCodec.readFrame(
                  m.getExceptionCount().hasSite(), m.getExceptionCount().getSite()),
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
      m.setStarted(StartedCodec.write(started));
    } else if (what instanceof Stopped stopped) {
      m.setStopped(writeStopped(stopped));
    } else if (what instanceof LoopBlock block) {
      m.setLoopBlock(LoopBlockCodec.write(block));
    } else if (what instanceof AllocationGrowth growth) {
      m.setAllocationGrowth(AllocationGrowthCodec.write(growth));
    } else if (what instanceof Retention retention) {
      m.setRetention(RetentionCodec.write(retention));
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
}
