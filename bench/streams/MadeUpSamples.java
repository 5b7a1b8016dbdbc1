import dev.hognose.sample.Bytes;
import dev.hognose.sample.Cpu;
import dev.hognose.sample.EventLoop;
import dev.hognose.sample.GarbageCollector;
import dev.hognose.sample.Histogram;
import dev.hognose.sample.Memory;
import dev.hognose.sample.NamedCounter;
import dev.hognose.sample.ProcessId;
import dev.hognose.sample.Sample;
import dev.hognose.sample.TaskGroup;
import dev.hognose.sample.ThreadCpu;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Samples like one that an agent has sent, in which what counts has counted on: what stands still
 * costs less to judge. A tenth of the processes leak, another tenth raises exceptions.
 */
record MadeUpSamples(Sample like, Instant from, Duration apart) {

  /** The sample of that number, from 0 on. */
  Sample of(int process, long n, Instant at) {
    long rss = (100L << 20) + (process % 10 == 0 ? n << 17 : 0) + (n * 7919 + process) % 4096 * 1024;
    Memory memory =
        new Memory(
            new Bytes(rss),
            Optional.of(new Bytes(rss)),
            Optional.empty(),
            rss / 128,
            Optional.empty(),
            Optional.empty(),
            like.memory().mallocUsed(),
            like.memory().mallocFree(), Optional.empty());
    return new Sample(
        new ProcessId("service-" + process % 97, "host-" + process / 97, 100 + process, from),
        n + 1,
        at,
        apart,
        "1.4.2",
        new Cpu(grown(like.cpu().user(), n, 400), grown(like.cpu().system(), n, 30)),
        memory,
        like.container(),
        like.kernel(),
        new GarbageCollector(
            like.gc().generations().stream()
                .map(each -> new GarbageCollector.Generation(
                    each.collections() + n, each.collected() + 7 * n, each.uncollectable()))
                .toList(),
            grown(like.gc().pause(), n, 0.0004), like.gc().frozen(), like.gc().garbage(), like.gc().mode()),
        like.loops().stream()
            .map(loop -> new EventLoop(
                loop.name(), loop.kind(), grown(loop.lag(), n, 0.003), loop.blocked(), loop.tasks(),
                loop.tasksByCoroutine().stream()
                    .map(each -> new TaskGroup(
                        each.coroutine(), each.count(), each.oldest().plus(apart.multipliedBy(n))))
                    .toList()))
            .toList(),
        grown(like.gilWait(), n, 0.002),
        like.threadCpu().stream()
            .map(each -> new ThreadCpu(each.name(), grown(each.cpu(), n, 300), grown(each.runQueue(), n, 5)))
            .toList(),
        like.nativePools(),
        like.counters().stream()
            .map(each -> new NamedCounter(
                each.name(), each.site(), each.total() + (process % 10 == 3 ? n / 20 : 0)))
            .toList(),
        like.agent());
  }

  private static Duration grown(Duration like, long n, long millisEach) {
    return like.plus(Duration.ofMillis(n * millisEach)).plusNanos(n * 7919 % 1000 * 1000);
  }

  private static Histogram grown(Histogram like, long n, double secondsEach) {
    return like.plus(Histogram.of(new long[] {40 * n, 9 * n, n}, n * secondsEach));
  }
}
