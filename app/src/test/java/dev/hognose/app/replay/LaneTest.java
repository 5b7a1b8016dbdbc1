package dev.hognose.app.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a partition's records are judged; minutes stand for their times. */
class LaneTest {

  private static final int MINUTE_MS = 60_000;

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "in order,                      1 2 3 4 5,                 1 2 3 4 5",
    "one that is late,              1 2 3 1 5,                 1 2 3 3 5",
    "late by a day,                 2000 2001 9 2002,          2000 2001 2001 2002",
    "one that is a little ahead,    1 2 50 4 5 60,             1 2 50 50 50 60",
    "one that is far ahead,         1 2 900 4 5 6 7,           1 2 5 5 5 6 7",
    "one that is first and ahead,   900 1 2 3 4 5,             3 3 3 3 4 5",
    "one that is last and ahead,    1 2 3 900,                 1 2 3 900",
    "a gap,                         1 2 900 901 902 903,       1 2 900 901 902 903",
    "late ones after a gap,         1 2 900 3 901 902 903 904, 1 2 900 900 901 902 903 904",
    "every second one far ahead,    1 901 2 902 3 903 4 904 5, 1 5 5 5 5 5 5 5 5",
    "all of them far ahead,         900 901 902 903,           900 901 902 903",
  })
  void isJudgedWhenItCame(String what, String written, String expected) {
    assertThat(judged(written)).isEqualTo(expected);
  }

  private static String judged(String written) {
    Lane lane = new Lane(new TopicPartition("samples", 0), Long.MAX_VALUE);
    List<String> minutes = Arrays.asList(written.split(" "));
    IntStream.range(0, minutes.size())
        .mapToObj(i -> record(i, Long.parseLong(minutes.get(i)) * MINUTE_MS))
        .forEach(lane::add);
    return minutes.stream().map(each -> next(lane)).collect(Collectors.joining(" "));
  }

  private static String next(Lane lane) {
    long dueMs = lane.dueMs();
    lane.take();
    return Long.toString(dueMs / MINUTE_MS);
  }

  private static ConsumerRecord<byte[], byte[]> record(long offset, long timestampMs) {
    return new ConsumerRecord<>(
        "samples",
        0,
        offset,
        timestampMs,
        org.apache.kafka.common.record.TimestampType.CREATE_TIME,
        0,
        0,
        new byte[0],
        new byte[0],
        new org.apache.kafka.common.header.internals.RecordHeaders(),
        java.util.Optional.empty());
  }
}
