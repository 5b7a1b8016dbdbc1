import dev.hognose.loop.BlocksChange;
import dev.hognose.loop.Culprits;
import dev.hognose.loop.Episodes;
import dev.hognose.loop.Fingerprint;
import dev.hognose.loop.LoopBlockPolicy;
import dev.hognose.loop.LoopBlockWatch;
import dev.hognose.loop.ServiceBlocks;
import dev.hognose.loop.Shelf;
import dev.hognose.sample.Event;
import dev.hognose.sample.Frame;
import dev.hognose.sample.LoopBlock;
import dev.hognose.sample.ProcessId;
import dev.hognose.sample.Stack;
import dev.hognose.wire.EventCodec;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a service with very many culprits takes: heap for each that is known, with its stacks, and
 * CPU for each block once it is decoded.
 */
public final class CulpritsBench {

  private static final Instant T0 = Instant.parse("2026-11-20T10:00:00Z");
  private static final int ROUNDS = 2;

  private CulpritsBench() {}

  public static void main(String[] arguments) throws Exception {
    boolean isShort = List.of(arguments).contains("--short");
    List<Row> rows = new ArrayList<>();
    for (int stacks : new int[] {1, 3, 8}) {
      rows.addAll(measured(isShort ? 2_000 : 16_000, stacks));
    }
    Row.tell(rows, List.of(arguments).contains("--json"));
  }

  private static List<Row> measured(int culprits, int stacks) {
    long before = heap();
    Map<String, Episodes> kept = new HashMap<>();
    ServiceBlocks blocks =
        new ServiceBlocks(new LoopBlockWatch(LoopBlockPolicy.DEFAULT), new Kept(kept));
    Culprits known = Culprits.none("orders");
    EventCodec codec = new EventCodec();
    long spent = 0;
    int number = 0;
    for (int round = 0; round < ROUNDS; round++) {
      for (int culprit = 0; culprit < culprits; culprit++) {
        Event event = codec.decode(codec.encode(blocked(culprit, number++, stacks)));
        LoopBlock block = (LoopBlock) event.what();
        long began = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        Fingerprint fingerprint = known.of(event, block);
        BlocksChange change = blocks.take(fingerprint, event, block);
        spent += ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - began;
        if (change.outcome().isCounted() && number % 1_000 == 0) {
          known = known.told(event, block, fingerprint);
        }
      }
    }
    double kib = (heap() - before) / 1024.0 / kept.size();
    String each = ", %d stacks each, of %,d".formatted(stacks, kept.size());
    return List.of(
        Row.of("heap a culprit" + each, kib, "KiB"),
        Row.of("CPU a block" + each, spent / 1e3 / number, "us"));
  }

  /** Twenty frames of a web framework, and the culprit's own. */
  private static Event blocked(int culprit, int number, int stacks) {
    List<Stack> seen = new ArrayList<>();
    for (int stack = 0; stack < stacks; stack++) {
      List<Frame> frames = new ArrayList<>();
      for (int depth = 0; depth < 20; depth++) {
        String file = "/srv/shop/.venv/lib/python3.11/site-packages/starlette/layer" + depth + ".py";
        frames.add(new Frame(file, 10 + depth, "call_next_" + depth));
      }
      frames.add(place(culprit));
      frames.add(new Frame("/usr/lib/python3.11/json/decoder.py", 300 + stack, "raw_decode"));
      seen.add(new Stack(frames, 5, ""));
    }
    Instant at = T0.plusMillis(40L * number);
    ProcessId process = new ProcessId("orders", "web-1", 100 + number % 100, T0.minusSeconds(60));
    Duration zero = Duration.ZERO;
    LoopBlock block =
        new LoopBlock(
            number,
            at,
            Duration.ofMillis(1_100 + culprit % 977),
            true,
            "MainThread",
            "Task-" + number,
            "checkout",
            LoopBlock.Cause.CPU,
            Optional.of(place(culprit)),
            seen,
            false,
            new LoopBlock.TimeSplit(zero, zero, zero, zero, zero),
            false);
    return new Event(process, number + 1, at.plus(block.duration()), "1.4.2", block);
  }

  private static Frame place(int culprit) {
    return new Frame("/srv/shop/views/" + culprit % 40 + ".py", 41, "view_" + culprit);
  }

  private static long heap() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private record Kept(Map<String, Episodes> all) implements Shelf {

    @Override
    public Optional<Episodes> get(String key) {
      return Optional.ofNullable(all.get(key));
    }

    @Override
    public void put(Episodes episodes) {
      all.put(episodes.fingerprint().key(), episodes);
    }

    @Override
    public void remove(Fingerprint fingerprint) {
      all.remove(fingerprint.key());
    }
  }
}
