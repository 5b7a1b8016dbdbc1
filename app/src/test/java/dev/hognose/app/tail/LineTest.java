package dev.hognose.app.tail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.wire.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The golden files of proto/golden, as people see them. */
class LineTest {

  private static final Path GOLDEN = Path.of("..", "proto", "golden");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "events | started | started  shop/shop-7c9f-2x/4711  #1"
            + "  python 3.11.7: /srv/venv/bin/uvicorn shop:app --token ***",
        "events | stopped | stopped  shop/kassa-größe-1/1  #900  signal, exit code -15",
        "events | stopped_zero | stopped  shop/kassa-größe-1/1  #901  exit, exit code 0",
        "events | stopped_unknown | stopped  shop/kassa-größe-1/1  #902  exit",
        "events | loop_block | loop_block  shop/shop-7c9f-2x/4711  #362"
            + "  1.20 s sync_sleep at /srv/shop/orders.py:42 in pay",
        "events | allocation_growth | allocation_growth  shop/shop-7c9f-2x/4711  #363"
            + "  2 sites, largest 4.0 MiB at /srv/shop/history.py:18 in remember",
        "events | retention | retention  shop/shop-7c9f-2x/4711  #364"
            + "  shop.history:HISTORY (module_global), 120331 entries",
        "events | stack_profile | stack_profile  shop/shop-7c9f-2x/4711  #365  1200 samples",
        "events | python_warning | python_warning  shop/shop-7c9f-2x/4711  #366"
            + "  RuntimeWarning at /srv/shop/mail.py:31 in send_all:"
            + " coroutine 'send' was never awaited",
        "events | exception_count | exception_count  shop/shop-7c9f-2x/4711  #367"
            + "  shop.errors.CardDeclined at /srv/shop/orders.py:61 in pay, 1002 so far",
        "trends | | trend  shop/shop-7c9f-2x/4711"
            + "  leaking in python_hidden (too few samples), 70.0 MiB/h",
        "services | | service  orders  3 processes, rss 639.0 MiB, cpu 42.50 s,"
            + " loops blocked 3.25 s of 175.50 s",
        "profiles | | profile  orders  3600 samples of version 1.4.2,"
            + " most often in /srv/orders/views.py:41 in checkout",
        "alerts | | alert  shop  resolved memory_leak:"
            + " shop leaks 70 MiB an hour at /srv/shop/history.py:18 in remember",
      },
      quoteCharacter = '"')
  void everyMessageHasALine(String topic, @Nullable String event, String line) {
    byte[] message = bytes(event == null ? topic.replaceAll("s$", "") : "event_" + event);

    assertThat(Line.of(Reading.of(record("hognose." + topic, message))))
        .isEqualTo("2026-11-21T10:00:00Z  " + line);
  }

  @Test
  void whatCannotBeReadSaysWhereAndWhy() {
    Reading reading = Reading.of(record(Topics.EVENTS.name(), "no protobuf".getBytes(UTF_8)));

    assertThat(reading.malformed()).isTrue();
    assertThat(Line.of(reading))
        .startsWith("2026-11-21T10:00:00Z  malformed  hognose.events-3@17: no protobuf of the");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "trends | orders/web-1/7/1 | deleted  hognose.trends  orders/web-1/7/1",
        "alerts | 4711 | deleted  hognose.alerts  4711",
        "services | | malformed  hognose.services-3@17: no key: expected what to delete",
        "samples | orders/web-1/7/1 | malformed  hognose.samples-3@17:"
            + " no value: expected a message",
        "samples | | malformed  hognose.samples-3@17: no value: expected a message",
        "profiles | orders | malformed  hognose.profiles-3@17: no value: expected a message",
      })
  void recordWithoutAMessageDeletesOnlyWhereTheLatestIsKept(
      String topic, @Nullable String key, String line) {
    byte @Nullable [] bytes = key == null ? null : key.getBytes(UTF_8);

    assertThat(Line.of(Reading.of(record("hognose." + topic, bytes, null))))
        .isEqualTo("2026-11-21T10:00:00Z  " + line);
  }

  @Test
  void newerSchemaIsRefused() {
    ConsumerRecord<byte[], byte[]> newer = record(Topics.EVENTS.name(), bytes("event_started"));
    newer.headers().add("hognose-schema", "2".getBytes(UTF_8));

    assertThat(Line.of(Reading.of(newer)))
        .isEqualTo(
            "2026-11-21T10:00:00Z  malformed  hognose.events-3@17:"
                + " hognose-schema=2: expected at most 1, upgrade the reader");
  }

  @Test
  void deadLetterTellsItsHeaders() {
    ConsumerRecord<byte[], byte[]> letter = record(Topics.DEAD_LETTERS.name(), new byte[] {1, 2});
    letter.headers().add("reason", "no protobuf\u001b[2J".getBytes(UTF_8));

    assertThat(Line.of(Reading.of(letter)))
        .isEqualTo(
            "2026-11-21T10:00:00Z  dead letter  {\"topic\":\"hognose.dead-letters\","
                + "\"reason\":\"no protobuf\\u001B[2J\",\"value_bytes\":2}");
  }

  private static ConsumerRecord<byte[], byte[]> record(String topic, byte[] value) {
    return record(topic, "key".getBytes(UTF_8), value);
  }

  private static ConsumerRecord<byte[], byte[]> record(
      String topic, byte @Nullable [] key, byte @Nullable [] value) {
    return new ConsumerRecord<>(
        topic,
        3,
        17,
        1795255200000L,
        TimestampType.CREATE_TIME,
        key == null ? ConsumerRecord.NULL_SIZE : key.length,
        value == null ? ConsumerRecord.NULL_SIZE : value.length,
        key,
        value,
        new RecordHeaders(),
        Optional.empty());
  }

  private static byte[] bytes(String golden) {
    try {
      return Files.readAllBytes(GOLDEN.resolve(golden + ".bin"));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
