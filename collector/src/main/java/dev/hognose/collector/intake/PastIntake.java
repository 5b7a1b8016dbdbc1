package dev.hognose.collector.intake;

import dev.hognose.collector.fleet.Fleet;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Takes records of the past into a fleet: a process was heard when it says. */
public final class PastIntake {

  private final RecordReader reader;

  public PastIntake(Fleet fleet) {
    this.reader = new RecordReader(fleet, new SimpleMeterRegistry());
  }

  /** Takes a record of one of the topics; one that cannot be read changes nothing. */
  public void take(ConsumerRecord<byte[], byte[]> record) {
    reader.read(record, UnaryOperator.identity());
  }
}
