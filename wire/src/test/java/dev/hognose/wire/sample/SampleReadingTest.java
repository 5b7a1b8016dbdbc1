package dev.hognose.wire.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import dev.hognose.v2.EventLoop;
import dev.hognose.v2.GarbageCollector.Generation;
import dev.hognose.v2.Sample;
import dev.hognose.v2.TaskGroup;
import dev.hognose.wire.Examples;
import dev.hognose.wire.MalformedRecordException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The reader by hand reads and refuses what one of protobuf's generated classes does. */
class SampleReadingTest {

  private static final int INPUTS = Integer.getInteger("hognose.readings", 10_000);

  private final SampleCodec codec = new SampleCodec();

  @Test
  void figuresThatCannotBe() {
    refused(m -> m.setSequence(0), "sequence=0: expected 1 or more");
    refused(m -> m.getMemoryBuilder().setRssBytes(-1), "bytes=-1: expected none or more");
    refused(m -> m.setAtMs(5), "at_ms=5: expected milliseconds since 1970, in 2015 to 2200");
    refused(
        m -> m.setCpuUserUsTotal(-1),
        "cpu_user_us_total=18446744073709551615: expected microseconds, at most"
            + " 3200000000000000");
    refused(
        m -> m.getContainerBuilder().setThrottledUsTotal(3_200_000_000_000_001L),
        "throttled_us_total=3200000000000001: expected microseconds, at most 3200000000000000");
    refused(m -> m.setIntervalMs(-1), "interval_ms=4294967295: expected 1 to 86400000");
    refused(m -> m.addGilWaitUs(1).addGilWaitUs(-5), "histogram count=-5: expected none or more");
    refused(
        m -> m.addGilWaitUs(-1),
        "histogram sum=18446744073709551615: expected microseconds, at most 2251799813685248");
    refused(
        m -> m.addAllGilWaitUs(java.util.Collections.nCopies(18, 1L)),
        "histogram of 17 buckets: expected at most 16");
    refused(
        m ->
            m.getGcBuilder()
                .addGeneration(Generation.getDefaultInstance())
                .addGeneration(Generation.newBuilder().addPauseUs(1).addPauseUs(-1)),
        "histogram count=-1: expected none or more");
    refused(
        m -> m.addLoops(EventLoop.newBuilder().addTasksByCoroutine(TaskGroup.newBuilder())),
        "coroutine: expected a name, got nothing");
    refused(
        m -> m.getContainerBuilder().setCpuLimitMicrocores(1_000_000_000_001L),
        "cpu_limit_microcores=1000000000001: expected millionths of a core, at most"
            + " 1000000000000");
    refused(
        m -> m.getKernelBuilder().getChildrenBuilder().setCount(-1),
        "children=-1: expected none or more");
  }

  @Test
  void formsThatAreNotKnown() {
    refused(new byte[] {8, 3}, "schema=3: expected at most 2, upgrade the reader");
    refused(new byte[] {8, 127}, "schema=127: expected at most 2, upgrade the reader");
    refused(new byte[] {8, -128, 1}, "schema=128 or more: expected at most 2, upgrade the reader");
    refused(new byte[] {8, 1}, "schema=1: expected 2");
    refused(new byte[] {8}, "schema=0: expected 2");
  }

  @Test
  void bytesThatAreNoProtobuf() {
    refused(new byte[] {8, 2, 10}, "no protobuf of the expected message: ");
    refused(new byte[] {8, 2, 12}, "no protobuf of the expected message: ");
    refused(new byte[] {8, 2, 0}, "no protobuf of the expected message: ");
  }

  @Test
  void keyThatNamesNoProcess() {
    byte[] value = sample().build().toByteArray();

    assertThatThrownBy(() -> codec.decode(null, value))
        .isInstanceOf(MalformedRecordException.class)
        .hasMessage("key=none: expected service/host/pid/started_at_ms");
    assertThatThrownBy(() -> codec.decode(new byte[] {'x'}, value))
        .isInstanceOf(MalformedRecordException.class)
        .hasMessage("key=x: expected service/host/pid/started_at_ms");
  }

  /** As a newer agent may send it, in any place, and as one that does not pack may. */
  @Test
  void whatIsNotKnownIsPassedOver() {
    UnknownFieldSet unknown =
        UnknownFieldSet.newBuilder()
            .addField(
                4711,
                UnknownFieldSet.Field.newBuilder()
                    .addVarint(1)
                    .addFixed32(2)
                    .addFixed64(3)
                    .addLengthDelimited(ByteString.copyFromUtf8("news"))
                    .addGroup(UnknownFieldSet.newBuilder().mergeVarintField(1, 7).build())
                    .build())
            .build();
    Sample.Builder newer = sample().setUnknownFields(unknown);
    newer.getMemoryBuilder().setUnknownFields(unknown);
    newer.addLoopsBuilder().setUnknownFields(unknown);
    Sample.Builder known = sample();
    known.addLoopsBuilder();

    assertThat(codec.decode(Examples.KEY, newer.build().toByteArray()))
        .isEqualTo(codec.decode(Examples.KEY, known.build().toByteArray()));
  }

  /** Altered, cut, doubled and joined in any place; said again with {@code hognose.readings}. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2})
  void anyBytesAreReadAsTheGeneratedClassesReadThem(long seed) throws IOException {
    Random random = new Random(seed);
    List<byte[]> whole = List.of(golden("sample"), golden("sample_zeros"), odd());
    int read = 0;
    for (int i = 0; i < INPUTS; i++) {
      byte[] input = altered(whole.get(random.nextInt(whole.size())), whole, random);
      Object expected = outcome(() -> GeneratedSampleReading.decode(Examples.PROCESS, input));
      Object found = outcome(() -> codec.decode(Examples.KEY, input));
      if (!found.equals(expected)) {
        assertThat(found).as("input %d: %s", i, Arrays.toString(input)).isEqualTo(expected);
      }
      read += found instanceof String ? 0 : 1;
    }
    assertThat(read).as("some are read, and some are not").isBetween(INPUTS / 20, INPUTS * 19 / 20);
  }

  private static Object outcome(Supplier<Object> decoding) {
    try {
      return decoding.get();
    } catch (MalformedRecordException malformed) {
      return String.valueOf(malformed.getMessage());
    }
  }

  private static byte[] altered(byte[] whole, List<byte[]> others, Random random) {
    byte[] input = whole.clone();
    for (int changes = random.nextInt(4); changes > 0; changes--) {
      int at = 2 + random.nextInt(Math.max(1, input.length - 2));
      switch (random.nextInt(7)) {
        case 0 -> input[at % input.length] = (byte) random.nextInt();
        case 1 -> input[at % input.length] ^= (byte) (1 << random.nextInt(8));
        case 2 -> input = Arrays.copyOf(input, Math.max(2, Math.min(at, input.length)));
        case 3 -> input = joined(input, others.get(random.nextInt(others.size())), 0);
        case 4 -> input = joined(Arrays.copyOf(input, Math.min(at, input.length)), input, at);
        case 5 -> input[at % input.length] = (byte) 0xff;
        default -> input[at % input.length] = (byte) (input[at % input.length] + 1);
      }
    }
    // Of another form it would not come to this reader.
    input[0] = 8;
    input[1] = 2;
    return input;
  }

  private static byte[] joined(byte[] one, byte[] other, int from) {
    int start = Math.min(from, other.length);
    byte[] both = Arrays.copyOf(one, one.length + other.length - start);
    System.arraycopy(other, start, both, one.length, other.length - start);
    return both;
  }

  private static byte[] golden(String name) throws IOException {
    return Files.readAllBytes(Path.of("..", "proto", "golden", name + ".bin"));
  }

  /** With what an agent does not write, and a reader must pass over. */
  private static byte[] odd() {
    Sample.Builder odd = sample();
    odd.setUnknownFields(
        UnknownFieldSet.newBuilder()
            .addField(
                30,
                UnknownFieldSet.Field.newBuilder()
                    .addGroup(UnknownFieldSet.newBuilder().mergeVarintField(1, 7).build())
                    .addFixed32(5)
                    .build())
            .build());
    odd.addLoopsBuilder()
        .setName("größe")
        .addLagUs(5)
        .addTasksByCoroutine(TaskGroup.newBuilder().setCoroutine("x.y").setCount(1));
    odd.getGcBuilder()
        .addGeneration(Generation.newBuilder().addPauseUs(7))
        .addGeneration(Generation.newBuilder().addPauseUs(7).addPauseUs(1))
        .setEnabled(false);
    return odd.build().toByteArray();
  }

  private static Sample.Builder sample() {
    return Sample.newBuilder()
        .setSchema(2)
        .setSequence(1)
        .setAtMs(1_772_000_001_000L)
        .setIntervalMs(10_000);
  }

  private void refused(Consumer<Sample.Builder> spoil, String reason) {
    Sample.Builder sample = sample();
    assertThat(codec.decode(Examples.KEY, sample.build().toByteArray()).sequence()).isOne();
    spoil.accept(sample);
    refused(sample.build().toByteArray(), reason);
  }

  private void refused(byte[] value, String reason) {
    assertThatThrownBy(() -> codec.decode(Examples.KEY, value))
        .isInstanceOf(MalformedRecordException.class)
        .hasMessageStartingWith(reason);
  }
}
