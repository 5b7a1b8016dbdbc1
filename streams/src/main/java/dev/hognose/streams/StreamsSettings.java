package dev.hognose.streams;

import dev.hognose.leak.LeakPolicy;
import dev.hognose.leak.LeakPresets;
import dev.hognose.limit.LimitPolicy;
import dev.hognose.loop.LoopBlockPolicy;
import dev.hognose.settings.Durations;
import dev.hognose.settings.Env;
import dev.hognose.wire.client.GroupMember;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Everything an operator can change about the streams.
 *
 * @param bootstrapServers host:port, several with commas
 * @param applicationId consumer group, and prefix of the internal topics
 * @param commitInterval how often a transaction ends at least; what a person waits for ends it
 *     sooner, see {@link PromptOutputs}
 * @param stateDir for Kafka's own use, absent for its default; all stores are in memory
 * @param member by which name the group knows this instance
 * @param kafka properties of Kafka, by its names, without that name; they win over ours
 */
public record StreamsSettings(
    String bootstrapServers,
    String applicationId,
    LeakPolicy leak,
    LoopBlockPolicy blocks,
    Duration commitInterval,
    int threads,
    int standbyReplicas,
    Optional<Path> stateDir,
    GroupMember member,
    Map<String, String> kafka) {

  /**
   * Half of what Kafka Streams gives a transaction (transaction.timeout.ms): a pause of the JVM
   * must not end one.
   */
  private static final Duration LONGEST_COMMIT_INTERVAL = Duration.ofSeconds(5);

  private static final Pattern SERVERS =
      Pattern.compile("[^\\s,:/]+:\\d{1,5}(,[^\\s,:/]+:\\d{1,5})*|\\[[0-9a-fA-F:]+]:\\d{1,5}");
  private static final Pattern APPLICATION_ID = Pattern.compile("[a-zA-Z0-9._-]{1,100}");

  public StreamsSettings {
    kafka = Map.copyOf(GroupMember.NAMELESS.in(kafka));
  }

  /**
   * Reads them from the {@code HOGNOSE_*} variables.
   *
   * @throws dev.hognose.settings.SettingException for a value that cannot be used
   */
  public static StreamsSettings from(Env env) {
    return from(env, Optional.empty());
  }

  /**
   * The same of an instance that runs at a place with a name.
   *
   * @param place a name that this instance alone has, and has again after a restart
   */
  public static StreamsSettings from(Env env, Optional<String> place) {
    Map<String, String> kafka = kafka(env);
    LeakPolicy leak = env.read("LEAK_POLICY", LeakPolicy.PAGER, LeakPresets::named);
    LoopBlockPolicy blocks = LoopBlockPolicy.DEFAULT;
    return new StreamsSettings(
        env.read("BOOTSTRAP_SERVERS", "localhost:9092", StreamsSettings::servers),
        env.read("APPLICATION_ID", "hognose-streams", StreamsSettings::applicationId),
        env.read("LEAK_BUCKET", leak, text -> leak.withBucket(Durations.parse(text))),
        blocks
            .withHard(env.duration("BLOCK_HARD", blocks.hard()))
            .withQuiet(env.duration("BLOCK_QUIET", blocks.quiet())),
        env.read("COMMIT_INTERVAL", Duration.ofSeconds(1), StreamsSettings::commitInterval),
        env.integer("THREADS", 1, 1, 64),
        env.integer("STANDBY_REPLICAS", 0, 0, 5),
        env.read("STATE_DIR", Optional.empty(), StreamsSettings::folder),
        GroupMember.of(kafka, place),
        kafka);
  }

  private static Duration commitInterval(String text) {
    Duration interval = Durations.parse(text);
    if (interval.isZero()) {
      throw new IllegalArgumentException("expected a duration longer than 0");
    }
    if (interval.compareTo(LONGEST_COMMIT_INTERVAL) > 0) {
      throw new IllegalArgumentException(
          "expected at most " + LONGEST_COMMIT_INTERVAL.toSeconds() + "s");
    }
    return interval;
  }

  private static String servers(String text) {
    if (!SERVERS.matcher(text).matches()) {
      throw new IllegalArgumentException("expected host:port, several with commas");
    }
    return text;
  }

  private static String applicationId(String text) {
    if (!APPLICATION_ID.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "expected 1 to 100 letters, digits, dots, underscores and hyphens");
    }
    return text;
  }

  private static Optional<Path> folder(String text) {
    try {
      return Optional.of(Path.of(text));
    } catch (InvalidPathException refused) {
      throw new IllegalArgumentException("expected the path of a folder", refused);
    }
  }

  private static Map<String, String> kafka(Env env) {
    Map<String, String> kafka = new TreeMap<>();
    env.kafka().forEach((key, value) -> kafka.put(key.toString(), value.toString()));
    return kafka;
  }

  /** Floors of half a leak's bucket: what runs out within the hour is seen sooner. */
  LimitPolicy limit() {
    return LimitPolicy.DEFAULT.withFloor(leak.bucket().dividedBy(2));
  }

  /** For the log: of Kafka's properties only the names, as there are passwords among them. */
  @Override
  public String toString() {
    return "bootstrap servers "
        + bootstrapServers
        + ", application id "
        + applicationId
        + ", leak policy "
        + leak.name()
        + " with a bucket of "
        + leak.bucket().toMillis()
        + " ms, loop blocks from "
        + blocks.hard().toMillis()
        + " ms, over after "
        + blocks.quiet().toMillis()
        + " ms, commit every "
        + commitInterval.toMillis()
        + " ms, "
        + threads
        + " threads, "
        + standbyReplicas
        + " standby replicas, known to the group by "
        + member.name().orElse("no name")
        + ", Kafka properties "
        + new TreeMap<>(kafka).keySet();
  }
}
