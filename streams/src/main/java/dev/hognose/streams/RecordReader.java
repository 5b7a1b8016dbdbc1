package dev.hognose.streams;

import dev.hognose.sample.Event;
import dev.hognose.sample.ProcessId;
import dev.hognose.sample.Sample;
import dev.hognose.wire.Codec;
import dev.hognose.wire.EventCodec;
import dev.hognose.wire.MalformedRecordException;
import dev.hognose.wire.Schema;
import dev.hognose.wire.sample.SampleCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.jspecify.annotations.Nullable;

/** Reads the records of one topic, and refuses those that cannot be what they say. */
record RecordReader<T>(
    Decoding<T> decoding,
    Function<T, ProcessId> process,
    ToLongFunction<T> sequence,
    Function<T, Instant> at) {

  static final RecordReader<Sample> OF_SAMPLES =
      new RecordReader<>(new SampleCodec()::decode, Sample::process, Sample::sequence, Sample::at);
  static final RecordReader<Event> OF_EVENTS =
      new RecordReader<>(withoutKey(new EventCodec()), Event::process, Event::sequence, Event::at);

  /** What an agent's producer sends at most. */
  private static final int MOST_BYTES = 128 << 10;

  /** The broker refuses records ahead of its clock; the time within must not be ahead of theirs. */
  private static final Duration AHEAD = Duration.ofSeconds(60);

  /** What a record says. */
  interface Decoding<T> {

    /**
     * Of its key and its value.
     *
     * @throws MalformedRecordException with the reason
     */
    T decode(byte @Nullable [] key, byte[] value);
  }

  private static <T> Decoding<T> withoutKey(Codec<T> codec) {
    return (key, value) -> codec.decode(value);
  }

  /**
   * Reads one.
   *
   * @throws MalformedRecordException with the reason
   */
  T read(FixedKeyRecord<byte[], byte[]> record) {
    byte @Nullable [] value = record.value();
    if (value == null) {
      throw new MalformedRecordException("no value: expected a message");
    }
    if (value.length > MOST_BYTES) {
      throw new MalformedRecordException(
          "value of " + value.length + " bytes: expected at most " + MOST_BYTES);
    }
    Schema.check(record.headers());
    T read = decoding.decode(record.key(), value);
    checkKey(record.key(), process.apply(read).key());
    checkTime(at.apply(read), record.timestamp());
    return read;
  }

  private static void checkKey(byte @Nullable [] key, String expected) {
    if (!Arrays.equals(key, expected.getBytes(StandardCharsets.UTF_8))) {
      String found = key == null ? "none" : new String(key, StandardCharsets.UTF_8);
      throw new MalformedRecordException("key=" + found + ": expected the process, " + expected);
    }
  }

  private static void checkTime(Instant at, long recordMs) {
    long ahead = at.toEpochMilli() - recordMs;
    if (ahead > AHEAD.toMillis()) {
      throw new MalformedRecordException(
          "at_ms="
              + at.toEpochMilli()
              + " is "
              + ahead
              + " ms ahead of the record's timestamp: expected at most "
              + AHEAD.toMillis());
    }
  }
}
