import dev.hognose.collector.fleet.Fleet;
import dev.hognose.collector.metrics.FleetMetrics;
import dev.hognose.collector.metrics.MetricsRoutes;
import dev.hognose.sample.Sample;
import dev.hognose.wire.sample.SampleCodec;
import io.javalin.http.Handler;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;

/**
 * What a scrape over HTTP costs, and what a series takes of the heap: the collector's own state,
 * the same series as gauges of Micrometer, and as gauges of client_java.
 *
 * <p>All three stand in one process behind one server with the collector's settings, and take
 * turns. CPU time and garbage are those of the server's threads. Heap is what is in use after a
 * collection, more than before the arm was filled, divided by its series.
 */
public final class ScrapeBench {

  private static final String OURS = "hognose";
  private static final int MOST_SERIES = 1_000_000;

  /** Rounds in which the JVM compiles what it runs. */
  private static final int WARM_UP = 2;

  /** What serves the series in each way, and bytes of heap a series. */
  private final Map<String, Handler> arms = new LinkedHashMap<>();

  private final Map<String, Double> heap = new LinkedHashMap<>();
  private final Map<String, List<Client.Figures>> plain = new LinkedHashMap<>();
  private final Map<String, List<Client.Figures>> packed = new LinkedHashMap<>();

  public static void main(String[] arguments) throws Exception {
    List<String> rest = new ArrayList<>(Arrays.asList(arguments));
    boolean asJson = rest.remove("--json");
    ScrapeBench bench = new ScrapeBench();
    bench.run(options(rest));
    Row.tell(bench.rows(), asJson);
    System.exit(0);
  }

  private static Options options(List<String> args) {
    // Of fewer series the heap could not be told from what else comes and goes in it.
    long rounds = args.remove("--short") ? 2 : 7;
    return Options.of(
        "scrape",
        args,
        Map.of("--processes", 10_000L, "--series", 400_000L, "--rounds", rounds),
        Set.of("--series"),
        "usage: ./hognose bench scrape [--processes N] [--series N] [--rounds N] [--short] [--json]\n"
            + "Of N processes as many are shown as make that many series; 0 shows all of them.");
  }

  private void run(Options options) throws Exception {
    byte[] golden = Files.readAllBytes(Path.of("../../proto/golden/v1sample.bin"));
    Sample like = new SampleCodec().decode(null, golden);
    long each = Series.of(MadeUpFleet.of(like, 1)).size();
    long processes = options.get("--processes");
    if (options.get("--series") > 0) {
      processes = Math.min(processes, options.get("--series") / each);
    }
    int series = fill(like, processes);
    System.err.printf(
        "%,d processes, %,d series, %d a process; load %.1f%n",
        processes,
        series,
        each,
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    try (Server server = new Server(arms)) {
      race(new Client(server), options.get("--rounds"));
    }
  }

  private int fill(Sample like, long processes) throws Exception {
    long before = heap();
    Fleet fleet = MadeUpFleet.of(like, processes);
    FleetMetrics metrics = new FleetMetrics(fleet::snapshot, MOST_SERIES);
    metrics.collect();
    // What a scrape leaves behind (the places of the budget) is in the account, too.
    double ours = heap() - before;
    Handler shown =
        new MetricsRoutes(metrics, new PrometheusMeterRegistry(PrometheusConfig.DEFAULT))
            .handlers()
            .get("/metrics");
    List<Series> all = Series.of(fleet);
    arms.put(OURS, shown);
    heap.put(OURS, ours / all.size());
    fill("micrometer", all.size(), () -> Libraries.micrometer(all));
    fill("client_java", all.size(), () -> Libraries.clientJava(all));
    int count = all.size();
    all.clear();
    return count;
  }

  private void fill(String name, int series, Callable<Handler> library) throws Exception {
    long before = heap();
    arms.put(name, library.call());
    heap.put(name, (double) (heap() - before) / series);
  }

  private void race(Client client, long rounds) throws Exception {
    for (int round = -WARM_UP; round < rounds; round++) {
      for (String name : arms.keySet()) {
        Client.Figures one = client.scrape(name, "identity");
        Client.Figures two = client.scrape(name, "gzip");
        if (round >= 0) {
          plain.computeIfAbsent(name, none -> new ArrayList<>()).add(one);
          packed.computeIfAbsent(name, none -> new ArrayList<>()).add(two);
        }
      }
    }
  }

  private List<Row> rows() {
    Map<String, Double> kilobytes = new LinkedHashMap<>();
    heap.forEach((name, bytes) -> kilobytes.put(name, bytes / 1e3));
    return List.of(
        row("time of a scrape", "s", median(plain, Client.Figures::seconds)).atMost(0.5),
        row("time of a scrape, gzip", "s", median(packed, Client.Figures::seconds)),
        row("CPU of a scrape", "s", median(plain, Client.Figures::cpuSeconds)),
        row("CPU of a scrape, gzip", "s", median(packed, Client.Figures::cpuSeconds)),
        row("garbage of a scrape", "MB", median(plain, it -> it.garbageBytes() / 1e6)).atMost(100),
        row("garbage of a scrape, gzip", "MB", median(packed, it -> it.garbageBytes() / 1e6))
            .atMost(100),
        row("heap of a series, its process's state included", "KB", kilobytes).atMost(0.4),
        row("body of a scrape", "MB", median(plain, it -> it.bodyBytes() / 1e6)),
        row("body of a scrape, gzip", "MB", median(packed, it -> it.bodyBytes() / 1e6)));
  }

  private static Row row(String question, String unit, Map<String, Double> figures) {
    Row row = Row.of(question, figures.get(OURS), unit);
    for (Map.Entry<String, Double> each : figures.entrySet()) {
      row = each.getKey().equals(OURS) ? row : row.beside(each.getKey(), each.getValue());
    }
    return row;
  }

  private static Map<String, Double> median(
      Map<String, List<Client.Figures>> all, ToDoubleFunction<Client.Figures> figure) {
    Map<String, Double> medians = new LinkedHashMap<>();
    all.forEach(
        (name, each) -> {
          double[] values = each.stream().mapToDouble(figure).sorted().toArray();
          medians.put(name, values[values.length / 2]);
        });
    return medians;
  }

  private static long heap() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
