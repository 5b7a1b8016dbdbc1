package dev.hognose.app.driver;

import java.util.HashSet;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.utils.LogContext;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.internals.InternalTopologyBuilder;
import org.apache.kafka.streams.processor.internals.ProcessorContextImpl;
import org.apache.kafka.streams.processor.internals.ProcessorStateManager;
import org.apache.kafka.streams.processor.internals.ProcessorTopology;
import org.apache.kafka.streams.processor.internals.StateDirectory;
import org.apache.kafka.streams.processor.internals.StreamTask;
import org.apache.kafka.streams.processor.internals.Task;
import org.apache.kafka.streams.processor.internals.metrics.StreamsMetricsImpl;
import org.apache.kafka.streams.state.internals.ThreadCache;

/** One of Kafka's own tasks that runs a whole topology, all of its subtopologies, alone. */
final class LoneTask implements AutoCloseable {

  /** It reads one partition of each topic. */
  static final int PARTITION = 0;

  private static final TaskId ID = new TaskId(0, PARTITION);

  private final Metrics metrics;
  private final SinkRecords sent = new SinkRecords();
  private final ProcessorTopology nodes;
  private final StreamTask task;

  LoneTask(InternalTopologyBuilder parts, Properties properties, RecordClock clock) {
    StreamsConfig config = config(properties);
    metrics = new Metrics(clock);
    parts.rewriteTopology(config);
    nodes = parts.buildTopology();
    task = task(parts, config, clock);
    task.initializeIfNeeded();
    task.completeRestoration(unknown -> {});
  }

  /** Nothing is written that could be half written, and nothing is waited for. */
  private static StreamsConfig config(Properties given) {
    Properties properties = new Properties();
    properties.putAll(given);
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
    properties.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
    return new StreamsConfig(properties);
  }

  static TopicPartition partition(String topic) {
    return new TopicPartition(topic, PARTITION);
  }

  private StreamTask task(InternalTopologyBuilder parts, StreamsConfig config, RecordClock clock) {
    LogContext log = new LogContext("replay ");
    StreamsMetricsImpl streamsMetrics = new StreamsMetricsImpl(metrics, "replay", clock);
    ThreadCache noCache = new ThreadCache(log, 0, streamsMetrics);
    StateDirectory folder = new StateDirectory(config, clock, parts.hasPersistentStores(), false);
    Set<TopicPartition> partitions =
        nodes.sourceTopics().stream().map(LoneTask::partition).collect(Collectors.toSet());
    ProcessorStateManager state =
        new ProcessorStateManager(
            ID,
            Task.TaskType.ACTIVE,
            false,
            log,
            folder,
            nodes.storeToChangelogTopic(),
            new HashSet<>(partitions));
    return new StreamTask(
        ID,
        partitions,
        nodes,
        reader(partitions),
        parts.topologyConfigs().getTaskConfig(),
        streamsMetrics,
        folder,
        noCache,
        clock,
        state,
        sent,
        new ProcessorContextImpl(ID, config, state, streamsMetrics, noCache),
        log,
        false);
  }

  /** A task asks its consumer where it stands, and to pause; records are handed to it by us. */
  private static MockConsumer<byte[], byte[]> reader(Set<TopicPartition> partitions) {
    MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    consumer.assign(partitions);
    return consumer;
  }

  StreamTask task() {
    return task;
  }

  /** What the topology sends. */
  SinkRecords sent() {
    return sent;
  }

  /** Topics that it both writes and reads. */
  Set<String> loops() {
    Set<String> loops = new HashSet<>(nodes.sinkTopics());
    loops.retainAll(nodes.sourceTopics());
    return loops;
  }

  @Override
  public void close() {
    task.suspend();
    task.closeDirty();
    metrics.close();
  }
}
