package dev.hognose.collector.intake;

import dev.hognose.collector.fleet.Fleet;
import dev.hognose.sample.Event;
import dev.hognose.wire.client.AccessRefusal;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads samples, events, trends, services and alerts into the fleet until closed.
 *
 * <p>Every topic is shared among the collectors of a group by partition number, so that all about a
 * process comes to one collector. Alerts are keyed by their own id: a collector shows those of its
 * partitions, whatever process they are about. So each alert is shown by exactly one of several
 * collectors, and sums over them count it once.
 *
 * <p>While there is no broker, or topics are missing, it waits and says why.
 */
public final class Intake implements Runnable, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
  private static final Duration BEAT = Duration.ofMillis(250);
  private static final Duration LEAVE_WITHIN = Duration.ofSeconds(2);
  private final Source source;
  private final Consumer<byte[], byte[]> consumer;
  private final Fleet fleet;
  private final RecordReader reader;
  private final Assignment assignment;
  private final Availability availability;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Queue<Learnt> learnt = new ConcurrentLinkedQueue<>();
  private volatile Optional<String> waitingFor = Optional.of("starting");
  private volatile Optional<String> shownElsewhere = Optional.empty();

  /** One that has not begun; it closes the consumer when it ends. */
  public Intake(Source source, Fleet fleet, MeterRegistry registry) {
    this.source = source;
    this.consumer = source.consumer();
    this.fleet = fleet;
    this.reader = new RecordReader(fleet, registry);
    this.assignment = new Assignment(consumer, fleet);
    this.availability = new Availability(consumer, source.servers());
  }

  /** Why the fleet is not whole yet, safe from any thread; empty when it is. */
  public Optional<String> waitingFor() {
    return waitingFor;
  }

  /** What other collectors show instead of us, safe from any thread; empty when that is nothing. */
  public Optional<String> shownElsewhere() {
    return shownElsewhere;
  }

  /** Takes what a process said long ago, safe from any thread. */
  public void learn(int partition, Event event) {
    learnt.add(new Learnt(partition, event));
  }

  private record Learnt(int partition, Event event) {}

  /** Safe from any thread; {@link #run} returns soon after. */
  @Override
  public void close() {
    closing.countDown();
    consumer.wakeup();
  }

  /**
   * Reads until closed.
   *
   * @throws NameTakenException when the group knows another collector by our name
   */
  @Override
  public void run() {
    try {
      while (closing.getCount() > 0) {
        try {
          awaitTopics();
          consume();
        } catch (WakeupException closed) {
          LOG.debug("closed while waiting for Kafka");
        } catch (FencedInstanceIdException taken) {
          throw nameTaken(taken);
        } catch (KafkaException failed) {
          beginAgain(failed);
        }
      }
      new Farewell(source, assignment, fleet).say();
    } finally {
      consumer.close(CloseOptions.timeout(LEAVE_WITHIN).withGroupMembershipOperation(parting()));
    }
  }

  private GroupMembershipOperation parting() {
    return switch (source.member().parting()) {
      case LEAVES -> GroupMembershipOperation.LEAVE_GROUP;
      case IS_EXPECTED_BACK -> GroupMembershipOperation.REMAIN_IN_GROUP;
    };
  }

  private NameTakenException nameTaken(FencedInstanceIdException taken) {
    return new NameTakenException(
        source.member().takenSentence(taken).orElse(String.valueOf(taken.getMessage())), taken);
  }

  private void awaitTopics() {
    Optional<String> complaint = availability.complaint();
    while (complaint.isPresent() && closing.getCount() > 0) {
      complain(complaint.get());
      pause();
      complaint = availability.complaint();
    }
  }

  private void consume() {
    consumer.subscribe(TopicCheck.TOPICS, assignment);
    availability.heard(fleet.now());
    while (closing.getCount() > 0) {
      ConsumerRecords<byte[], byte[]> records = consumer.poll(assignment.idle(BEAT));
      for (ConsumerRecord<byte[], byte[]> record : records) {
        reader.read(record, heardAt(record));
      }
      for (Learnt next = learnt.poll(); next != null; next = learnt.poll()) {
        fleet.apply(next.partition(), next.event(), next.event().at());
      }
      assignment.advance(records);
      assignment.passOn();
      fleet.publish();
      if (!records.isEmpty()) {
        availability.heard(fleet.now());
      }
      availability
          .complaintNowAndThen(fleet.now())
          .ifPresentOrElse(this::complain, this::tellProgress);
    }
  }

  /** A record that was there before tells when its process lived; a new one, that it lives now. */
  private UnaryOperator<Instant> heardAt(ConsumerRecord<?, ?> record) {
    Instant now = fleet.now();
    return assignment.isBacklog(record) ? at -> at.isBefore(now) ? at : now : at -> now;
  }

  private void beginAgain(KafkaException failed) {
    Throwable reason = failed.getCause() == null ? failed : failed.getCause();
    complain(
        "reading from "
            + source.servers()
            + " failed: "
            + AccessRefusal.sentence(failed).orElse(String.valueOf(reason.getMessage())));
    consumer.unsubscribe();
    assignment.clear();
    fleet.publish();
    pause();
  }

  private void tellProgress() {
    Optional<String> behind = assignment.waitingFor();
    if (behind.isEmpty() && waitingFor.isPresent()) {
      LOG.info("the fleet is whole: {} live processes", fleet.snapshot().processes().size());
    }
    shownElsewhere = assignment.shownElsewhere();
    waitingFor = behind;
  }

  private void complain(String reason) {
    if (!waitingFor.equals(Optional.of(reason))) {
      LOG.warn("waiting: {}", reason);
    }
    waitingFor = Optional.of(reason);
  }

  private void pause() {
    try {
      if (closing.await(BEAT.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.debug("closed while waiting");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      closing.countDown();
    }
  }
}
