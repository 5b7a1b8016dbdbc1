package dev.hognose.streams;

import dev.hognose.leak.LifeObservation;
import dev.hognose.packed.Packer;
import dev.hognose.streams.TaskReport.Idle;
import dev.hognose.streams.TaskReport.Reached;
import dev.hognose.streams.TaskReport.Showed;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import org.apache.kafka.common.serialization.Serde;

/** A report as bytes: its kind, the task, and what is said. */
final class TaskReportSerde {

  private static final byte SHOWED = 1;
  private static final byte REACHED = 2;
  private static final byte IDLE = 3;

  private TaskReportSerde() {}

  static Serde<TaskReport> of() {
    return Stored.packed(TaskReportSerde::pack, TaskReportSerde::unpack).serde();
  }

  static byte[] pack(TaskReport report) {
    return report
        .match(
            showed -> head(SHOWED, showed).put(showed.shown().pack()),
            reached -> head(REACHED, reached).putLong(reached.reachedMs()),
            idle -> head(IDLE, idle))
        .bytes();
  }

  private static Packer head(byte kind, TaskReport report) {
    return new Packer().put(kind).putInt(report.task());
  }

  /**
   * Reads what {@link #pack} wrote.
   *
   * @throws IllegalArgumentException for anything else
   */
  static TaskReport unpack(byte[] packed) {
    ByteBuffer in = ByteBuffer.wrap(packed);
    try {
      byte kind = in.get();
      int task = in.getInt();
      return switch (kind) {
        case SHOWED -> new Showed(task, LifeObservation.unpack(rest(in)));
        case REACHED -> new Reached(task, in.getLong());
        case IDLE -> new Idle(task);
        default ->
            throw new IllegalArgumentException("task report of kind " + kind + ": expected 1 to 3");
      };
    } catch (BufferUnderflowException tooShort) {
      throw new IllegalArgumentException(
          "task report of " + packed.length + " bytes: expected more", tooShort);
    }
  }

  private static byte[] rest(ByteBuffer in) {
    byte[] rest = new byte[in.remaining()];
    in.get(rest);
    return rest;
  }
}
