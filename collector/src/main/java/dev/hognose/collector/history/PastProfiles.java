package dev.hognose.collector.history;

import dev.hognose.wire.Schema;
import dev.hognose.wire.ServiceProfileCodec;
import dev.hognose.wire.Topics;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;

/** Hot code of a service in the past, read from the topic of profiles. */
public final class PastProfiles implements Function<ProfileQuery, PastProfile> {

  private static final ServiceProfileCodec CODEC = new ServiceProfileCodec();

  private final PastRecords past;

  /**
   * Of the brokers that the consumers know.
   *
   * @param consumers a new one at each call, in no group
   */
  public PastProfiles(Supplier<Consumer<byte[], byte[]>> consumers, InstantSource clock) {
    this.past = new PastRecords(consumers, clock);
  }

  /**
   * The stacks of a window, of the minutes that begin in it.
   *
   * @throws HistoryException when they cannot be read now
   */
  @Override
  public PastProfile apply(ProfileQuery query) {
    ProfileMerge merge = new ProfileMerge(query);
    PastRecords.Lane lane =
        new PastRecords.Lane(
            Topics.PROFILES.name(), query.service(), query.from(), query.to(), Instant.MIN);
    boolean whole =
        past.read(
            lane,
            record -> {
              Schema.check(record.headers());
              merge.take(CODEC.decode(record.value()));
              return true;
            });
    return merge.end(whole);
  }
}
