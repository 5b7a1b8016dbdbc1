import dev.hognose.app.cluster.Cluster;
import dev.hognose.settings.Env;
import dev.hognose.streams.StreamsApplication;
import dev.hognose.streams.StreamsSettings;
import dev.hognose.wire.Topics;
import dev.hognose.wire.sample.SampleCodec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;

/** The three who read all samples of a broker, one after the other; each run is of a group of its own. */
record Readers(String servers, Path folder, long samples) {

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  static String group(int run) {
    return "bench-" + run;
  }

  Figures consume(int run) {
    Properties settings = new Properties();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, "plain-" + run);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    SampleCodec codec = new SampleCodec();
    long read = 0;
    long sequences = 0;
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.subscribe(List.of(Topics.SAMPLES.name()));
      while (consumer.assignment().isEmpty()) {
        consumer.poll(Duration.ZERO);
      }
      consumer.seekToBeginning(consumer.assignment());
      CpuTime before = CpuTime.now();
      long from = System.nanoTime();
      while (read < samples) {
        if (System.nanoTime() - from > PATIENCE.toNanos()) {
          throw new IllegalStateException(read + " of " + samples + " samples were read");
        }
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          sequences += codec.decode(record.key(), record.value()).sequence();
          read++;
        }
      }
      Figures figures = figures(System.nanoTime() - from, before, "main");
      if (sequences < samples) {
        throw new IllegalStateException("sequences add up to " + sequences);
      }
      return figures;
    }
  }

  Figures judge(int run) throws Exception {
    StreamsSettings settings = settings(run);
    try (StreamsApplication streams =
        new StreamsApplication(settings, new SimpleMeterRegistry())) {
      streams.start();
      return measure(group(run), streams::isReady);
    }
  }

  private StreamsSettings settings(int run) {
    return StreamsSettings.from(
        new Env(
            Map.of(
                "HOGNOSE_BOOTSTRAP_SERVERS", servers,
                "HOGNOSE_APPLICATION_ID", group(run),
                "HOGNOSE_STATE_DIR", folder.resolve("state-" + run).toString())));
  }

  Figures forward(int run) throws Exception {
    Properties properties = StreamsApplication.properties(settings(run));
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream(
            Topics.SAMPLES.name(), Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()))
        .to(Load.FORWARDED, Produced.with(Serdes.ByteArray(), Serdes.ByteArray()));
    try (KafkaStreams streams = new KafkaStreams(builder.build(), properties)) {
      streams.start();
      return measure(group(run), () -> streams.state() == KafkaStreams.State.RUNNING);
    }
  }

  private Figures measure(String group, BooleanSupplier ready) throws Exception {
    await(ready);
    CpuTime before = CpuTime.now();
    long from = System.nanoTime();
    try (Admin admin = new Cluster(servers, new Properties()).admin()) {
      await(() -> committed(admin, group) >= samples);
    }
    return figures(System.nanoTime() - from, before, group + "-");
  }

  /** Of the partitions of the samples. Markers of transactions are none of them: agents have none. */
  private static long committed(Admin admin, String group) {
    try {
      Map<TopicPartition, OffsetAndMetadata> offsets =
          admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
      return offsets.entrySet().stream()
          .filter(each -> each.getKey().topic().equals(Topics.SAMPLES.name()))
          .mapToLong(each -> each.getValue() == null ? 0 : each.getValue().offset())
          .sum();
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static void await(BooleanSupplier done) throws InterruptedException {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (!done.getAsBoolean()) {
      if (System.nanoTime() > until) {
        throw new IllegalStateException("not done within " + PATIENCE);
      }
      Thread.sleep(20);
    }
  }

  private Figures figures(long nanos, CpuTime before, String reader) {
    CpuTime spent = CpuTime.now().since(before);
    return new Figures(
        samples / (nanos / 1e9),
        spent.ofReaders(reader) / 1e3 / samples,
        spent.ofClients(reader) / 1e3 / samples);
  }
}
