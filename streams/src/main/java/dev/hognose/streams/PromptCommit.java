package dev.hognose.streams;

import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessingContext;

/**
 * Asks that what a task has forwarded be committed now, because a person waits for it, and not when
 * the interval of commits is over.
 *
 * <p>The first asks at once, more of them when the {@link CommitPace} allows it: a storm commits no
 * more often than that, and its last telling does not wait for longer. Nobody waits for what is of
 * long ago: streams that catch up commit when the interval is over, as each commit writes all state
 * that has changed. What is asked for is a matter of how soon, never of what: nothing of it is
 * state.
 */
final class PromptCommit {

  /** What is told so late is noticed no sooner for a second less. */
  static final Duration LONG_AGO = Duration.ofMinutes(1);

  private final CommitPace pace;
  private final ProcessingContext context;
  private Optional<Cancellable> timer = Optional.empty();

  PromptCommit(CommitPace pace, ProcessingContext context) {
    this.pace = pace;
    this.context = context;
  }

  /**
   * What was forwarded by this record or timer is waited for.
   *
   * @param atMs when what it tells was so
   */
  void ask(long atMs) {
    long nowMs = context.currentSystemTimeMs();
    if (timer.isPresent() || nowMs - atMs > LONG_AGO.toMillis()) {
      return;
    }
    long waitMs = pace.waitMs(nowMs);
    if (waitMs == 0) {
      commit(nowMs);
    } else {
      timer =
          Optional.of(
              context.schedule(
                  Duration.ofMillis(waitMs), PunctuationType.WALL_CLOCK_TIME, this::commit));
    }
  }

  private void commit(long nowMs) {
    timer.ifPresent(Cancellable::cancel);
    timer = Optional.empty();
    pace.asked(nowMs);
    context.commit();
  }
}
