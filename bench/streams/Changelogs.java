import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What streams have written of their state. */
final class Changelogs {

  private Changelogs() {}

  /** What a task that starts anew must read at least: of each key the last value, by store. */
  static long bytes(String servers, String group) throws Exception {
    String prefix = group + "-";
    Map<String, Map<String, Integer>> stores = new TreeMap<>();
    Properties settings = new Properties();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions = consumer.listTopics().entrySet().stream()
          .filter(each -> each.getKey().startsWith(prefix) && each.getKey().endsWith("-changelog"))
          .flatMap(each -> each.getValue().stream())
          .map(each -> new TopicPartition(each.topic(), each.partition()))
          .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream().anyMatch(each -> consumer.position(each.getKey()) < each.getValue())) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          String store = record.topic().substring(prefix.length()).replace("-changelog", "");
          Map<String, Integer> sizes = stores.computeIfAbsent(store, name -> new HashMap<>());
          String key = new String(record.key(), StandardCharsets.UTF_8);
          if (record.value() == null) {
            sizes.remove(key);
          } else {
            sizes.put(key, record.key().length + record.value().length);
          }
        }
      }
    }
    System.err.printf("%nstate in changelogs, keys included, and how many keys%n");
    long all = 0;
    for (Map.Entry<String, Map<String, Integer>> store : stores.entrySet()) {
      long bytes = store.getValue().values().stream().mapToLong(size -> size).sum();
      all += bytes;
      System.err.printf("%-28s %,11d bytes %,9d%n", store.getKey(), bytes, store.getValue().size());
    }
    return all;
  }
}
