import dev.hognose.app.broker.EmbeddedBroker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * How many samples a second pass through all topologies, one thread, exactly once, beside a plain
 * consumer that reads and decodes the same records and Streams that forwards them unjudged.
 *
 * <p>The three take turns on one broker in the same process. Each row tells the samples a second of
 * wall time, and the CPU time a sample of the thread that reads and of the clients' threads beside
 * it: the first depends on what else the machine does, the second hardly.
 */
public final class StreamsBench {

  private static final Duration INTERVAL = Duration.ofSeconds(10);

  /** The longest buckets of the leak's default policy, all of their ring and one more. */
  private static final Duration OLD = Duration.ofDays(5);

  private static final Duration OLD_INTERVAL = Duration.ofMinutes(1);
  private static final int OLD_PROCESSES = 40;

  private final List<Figures> plain = new ArrayList<>();
  private final List<Figures> forwarding = new ArrayList<>();
  private final List<Figures> ours = new ArrayList<>();
  private int runs;

  /** Bytes of an old process, while it and its service wait for each other, and afterwards. */
  private record State(double waiting, double judged) {}

  private interface Run {
    Figures run(int number) throws Exception;
  }

  public static void main(String[] args) throws Exception {
    // As the program does: Kafka formats a sentence for most records.
    Locale.setDefault(Locale.Category.FORMAT, Locale.US);
    List<String> rest = new ArrayList<>(List.of(args));
    boolean asJson = rest.remove("--json");
    Options options = options(rest);
    Load load =
        new Load(
            Math.toIntExact(options.get("--processes")), options.get("--samples"), INTERVAL);
    StreamsBench bench = new StreamsBench();
    double young = bench.race(load, options.get("--rounds"));
    Row.tell(bench.rows(young, stateOfOldProcesses()), asJson);
    System.exit(0);
  }

  private static Options options(List<String> args) {
    boolean isShort = args.remove("--short");
    return Options.of(
        "streams",
        args,
        isShort
            ? Map.of("--processes", 1_000L, "--samples", 100L, "--rounds", 1L)
            : Map.of("--processes", 2_000L, "--samples", 200L, "--rounds", 3L),
        Set.of(),
        "usage: ./hognose bench streams [--processes N] [--samples N-OF-EACH] [--rounds N] [--short] [--json]");
  }

  /** In turns; bytes that a process has in changelogs after the last of them, keys included. */
  private double race(Load load, long rounds) throws Exception {
    Path folder = Files.createTempDirectory("race");
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"))) {
      String servers = broker.bootstrapServers();
      int bytes = load.writeTo(servers);
      System.err.printf(
          "%,d samples of %,d processes, %,d bytes a value%n",
          load.samples(), load.processes(), bytes);
      Readers readers = new Readers(servers, folder, load.samples());
      for (long round = 0; round < rounds; round++) {
        run("consumer that decodes", plain, readers::consume);
        run("streams that forward", forwarding, readers::forward);
        run("hognose", ours, readers::judge);
      }
      return Changelogs.bytes(servers, Readers.group(runs)) / (double) load.processes();
    }
  }

  private void run(String who, List<Figures> figures, Run run) throws Exception {
    runs++;
    Figures latest = run.run(runs);
    figures.add(latest);
    System.err.printf(
        "%-22s %,9.0f samples/s   %6.2f us of the reading thread, %6.2f us of the clients'%n",
        who, latest.perSecond(), latest.readerMicros(), latest.clientMicros());
  }

  /**
   * Every ring that fills within days is full then, and every reading that is kept is there.
   *
   * <p>Days are read in seconds, so that what they have shown waits for their services, and the
   * services' words for them: it is told before and after each has spoken once more.
   */
  private static State stateOfOldProcesses() throws Exception {
    Load load = new Load(OLD_PROCESSES, OLD.dividedBy(OLD_INTERVAL), OLD_INTERVAL);
    Path folder = Files.createTempDirectory("old");
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"))) {
      String servers = broker.bootstrapServers();
      load.writeTo(servers);
      new Readers(servers, folder, load.samples()).judge(0);
      double waiting = ofOld("yet to be judged by their services", servers);
      load.goOn(servers);
      new Readers(servers, folder, load.samples() + load.processes()).judge(0);
      return new State(waiting, ofOld("that have been judged", servers));
    }
  }

  private static double ofOld(String which, String servers) throws Exception {
    System.err.printf("%n%,d processes of %d days, %s:", OLD_PROCESSES, OLD.toDays(), which);
    return Changelogs.bytes(servers, Readers.group(0)) / (double) OLD_PROCESSES;
  }

  private List<Row> rows(double young, State old) {
    Figures limit = Figures.median(plain);
    Figures forwards = Figures.median(forwarding);
    Figures mine = Figures.median(ours);
    String peer = "streams that forward";
    return List.of(
        Row.of("samples a second, one thread, exactly once", mine.perSecond(), "1/s")
            .limitedBy(limit.perSecond())
            .beside(peer, forwards.perSecond())
            .atLeast(100_000),
        Row.of("CPU of a sample", mine.cpuMicros(), "us")
            .limitedBy(limit.cpuMicros())
            .beside(peer, forwards.cpuMicros())
            .atMost(10),
        Row.of("of the consumer, by wall time", mine.perSecond() / limit.perSecond(), "ratio")
            .beside(peer, forwards.perSecond() / limit.perSecond())
            .atLeast(0.6),
        Row.of("of the consumer, by CPU", limit.cpuMicros() / mine.cpuMicros(), "ratio")
            .beside(peer, limit.cpuMicros() / forwards.cpuMicros())
            .atLeast(0.6),
        Row.of("state of a process", young, "B").atMost(4096),
        Row.of("state of a process of five days", old.judged(), "B").atMost(4096),
        Row.of("the same, while its service is yet to judge it", old.waiting(), "B").atMost(4096));
  }
}
