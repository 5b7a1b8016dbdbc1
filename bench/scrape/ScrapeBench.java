import dev.hognose.collector.fleet.Fleet;
import dev.hognose.collector.metrics.FleetMetrics;
import dev.hognose.collector.metrics.MetricsRoutes;
import dev.hognose.sample.EventLoop;
import dev.hognose.sample.ProcessId;
import dev.hognose.sample.Sample;
import dev.hognose.wire.sample.SampleCodec;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.compression.Gzip;
import io.javalin.http.Handler;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tag;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * What a scrape over HTTP costs, and what a series takes of the heap: the collector's own state,
 * the same series as gauges of Micrometer, and as gauges of client_java.
 *
 * <p>All three stand in one process behind one server with the collector's settings, and take
 * turns. Time is a client's, from the request to the last byte; CPU time and garbage are those of
 * the server's threads. Heap is what is in use after a collection, more than before the arm was
 * filled, divided by its series.
 */
public final class ScrapeBench {

  private static final com.sun.management.ThreadMXBean THREADS =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final String SERVER_THREADS = "scraped";
  private static final String OURS = "hognose";
  private static final Instant AT = Instant.parse("2026-03-01T08:00:00Z");

  private final Map<String, Arm> arms = new LinkedHashMap<>();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** What serves the series in one way. */
  record Arm(Handler handler, double heapBytes) {}

  /** One scrape. */
  record Figures(double seconds, double cpuSeconds, double garbageBytes, long bodyBytes) {}

  private record Series(String name, String labels, double value) {}

  public static void main(String[] arguments) throws Exception {
    Map<String, Long> options =
        new TreeMap<>(Map.of("--processes", 10_000L, "--series", 400_000L, "--rounds", 7L));
    boolean json = Arrays.asList(arguments).contains("--json");
    List<String> rest = new ArrayList<>(Arrays.asList(arguments));
    rest.remove("--json");
    if (rest.remove("--short")) {
      // Of fewer series the heap could not be told from what else comes and goes in it.
      options.put("--rounds", 2L);
    }
    for (int i = 0; i < rest.size(); i += 2) {
      if (!options.containsKey(rest.get(i)) || i + 1 == rest.size()) {
        System.err.println("usage: ./hognose bench scrape [--processes N] [--series N] [--rounds N] [--short] [--json]");
        System.err.println("Of N processes as many are shown as make that many series; 0 shows all of them.");
        System.exit(rest.get(i).equals("--help") ? 0 : 2);
      }
      options.put(rest.get(i), Long.parseLong(rest.get(i + 1)));
    }
    new ScrapeBench().run(options, json);
    System.exit(0);
  }

  private void run(Map<String, Long> options, boolean json) throws Exception {
    Sample like =
        new SampleCodec().decode(null, Files.readAllBytes(Path.of("../../proto/golden/v1sample.bin")));
    long each = series(text(fleet(like, 1))).size();
    long processes = options.get("--processes");
    if (options.get("--series") > 0) {
      processes = Math.min(processes, options.get("--series") / each);
    }
    long before = heap();
    Fleet fleet = fleet(like, processes);
    FleetMetrics metrics = new FleetMetrics(fleet::snapshot, 1_000_000);
    metrics.collect();
    // What a scrape leaves behind (the places of the budget) is in the account, too.
    double ours = heap() - before;
    Handler shown =
        new MetricsRoutes(metrics, new PrometheusMeterRegistry(PrometheusConfig.DEFAULT))
            .handlers()
            .get("/metrics");
    List<Series> all = series(text(fleet));
    arms.put(OURS, new Arm(shown, ours / all.size()));
    before = heap();
    Handler micrometer = micrometer(all);
    arms.put("micrometer", new Arm(micrometer, (double) (heap() - before) / all.size()));
    before = heap();
    Handler clientJava = clientJava(all);
    arms.put("client_java", new Arm(clientJava, (double) (heap() - before) / all.size()));
    int count = all.size();
    all.clear();
    Map<String, List<Figures>> plain = new LinkedHashMap<>();
    Map<String, List<Figures>> packed = new LinkedHashMap<>();
    try (Server server = new Server(arms)) {
      for (int round = -2; round < options.get("--rounds"); round++) {
        for (String name : arms.keySet()) {
          Figures one = scrape(server, name, "identity");
          Figures two = scrape(server, name, "gzip");
          if (round >= 0) {
            plain.computeIfAbsent(name, none -> new ArrayList<>()).add(one);
            packed.computeIfAbsent(name, none -> new ArrayList<>()).add(two);
          }
        }
      }
    }
    tell(rows(plain, packed), json, "%,d processes, %,d series, %d a process; load %.1f"
        .formatted(processes, count, each,
            ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()));
  }

  /** Each process with names of its own, decoded from bytes of its own, as the intake does. */
  private static Fleet fleet(Sample like, long processes) {
    Fleet fleet = new Fleet(InstantSource.fixed(AT), Duration.ofDays(1));
    SampleCodec codec = new SampleCodec();
    for (int i = 0; i < processes; i++) {
      ProcessId id =
          new ProcessId("service-" + i / 50, "host-" + i % 50, 1000 + i, AT.minusSeconds(600));
      for (int sequence = 1; sequence <= 7; sequence++) {
        Instant at = AT.minusSeconds(10L * (7 - sequence));
        fleet.apply(0, codec.decode(id.key().getBytes(StandardCharsets.UTF_8), codec.encode(sample(like, id, sequence, at))), AT);
      }
    }
    fleet.publish();
    return fleet;
  }

  private static Sample sample(Sample like, ProcessId id, long sequence, Instant at) {
    List<EventLoop> loops = like.loops().subList(0, Math.min(1, like.loops().size()));
    return new Sample(
        id, sequence, at, Duration.ofSeconds(10), like.version(), like.cpu(), like.memory(),
        like.container(), like.kernel(), like.gc(), loops, like.gilWait(), like.threadCpu(),
        like.nativePools(), like.counters(), like.agent());
  }

  private static String text(Fleet fleet) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    ExpositionFormats.init()
        .getPrometheusTextFormatWriter()
        .write(body, new FleetMetrics(fleet::snapshot, 1_000_000).collect());
    return body.toString(StandardCharsets.UTF_8);
  }

  /** Each line of a scrape: a histogram is as many series as it has buckets, and two. */
  private static List<Series> series(String text) {
    List<Series> all = new ArrayList<>();
    text.lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(
            line -> {
              int open = line.indexOf('{');
              int close = line.lastIndexOf('}');
              all.add(
                  new Series(
                      line.substring(0, open),
                      line.substring(open + 1, close),
                      Double.parseDouble(line.substring(close + 2))));
            });
    return all;
  }

  /** Names and values in turn; none of the bench's values has a comma or a quote in it. */
  private static List<String> labels(Series series) {
    List<String> pairs = new ArrayList<>();
    for (String pair : series.labels().split("\",")) {
      int equals = pair.indexOf('=');
      pairs.add(pair.substring(0, equals));
      pairs.add(pair.substring(equals + 1).replace("\"", ""));
    }
    return pairs;
  }

  private static Handler micrometer(List<Series> all) {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    for (Series series : all) {
      List<Tag> tags = new ArrayList<>();
      List<String> labels = labels(series);
      for (int i = 0; i < labels.size(); i += 2) {
        tags.add(Tag.of(labels.get(i), labels.get(i + 1)));
      }
      double[] cell = {series.value()};
      Gauge.builder(gaugeName(series), () -> cell[0]).tags(tags).register(registry);
    }
    return context -> {
      context.contentType("text/plain; version=0.0.4; charset=utf-8");
      registry.scrape(context.outputStream(), "text/plain; version=0.0.4; charset=utf-8");
    };
  }

  private static Handler clientJava(List<Series> all) {
    PrometheusRegistry registry = new PrometheusRegistry();
    Map<String, io.prometheus.metrics.core.metrics.Gauge> gauges = new TreeMap<>();
    for (Series series : all) {
      List<String> labels = labels(series);
      String[] names = new String[labels.size() / 2];
      String[] values = new String[names.length];
      for (int i = 0; i < names.length; i++) {
        names[i] = labels.get(2 * i);
        values[i] = labels.get(2 * i + 1);
      }
      gauges
          .computeIfAbsent(
              gaugeName(series),
              name ->
                  io.prometheus.metrics.core.metrics.Gauge.builder()
                      .name(name)
                      .labelNames(names)
                      .withoutExemplars()
                      .register(registry))
          .labelValues(values)
          .set(series.value());
    }
    ExpositionFormatWriter format = ExpositionFormats.init().getPrometheusTextFormatWriter();
    return context -> {
      context.contentType(format.getContentType());
      format.write(context.outputStream(), registry.scrape());
    };
  }

  /** Neither library has a gauge whose name ends as a counter's does. */
  private static String gaugeName(Series series) {
    return series.name().replaceAll("_(total|info|bucket)$", "_$1_");
  }

  private Figures scrape(Server server, String arm, String encoding) throws Exception {
    System.gc();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/" + arm))
            .header("Accept-Encoding", encoding)
            .timeout(Duration.ofMinutes(2))
            .build();
    Spent before = Spent.now();
    long begin = System.nanoTime();
    long bytes = 0;
    HttpResponse<InputStream> answer =
        client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    byte[] buffer = new byte[1 << 16];
    try (InputStream body = answer.body()) {
      for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
        bytes += read;
      }
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    Spent after = Spent.now();
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(arm + ": status " + answer.statusCode());
    }
    return new Figures(
        seconds, (after.nanos() - before.nanos()) / 1e9, after.bytes() - before.bytes(), bytes);
  }

  /** By the server's threads until now. */
  record Spent(long nanos, long bytes) {

    static Spent now() {
      long nanos = 0;
      long bytes = 0;
      for (var thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
        if (thread != null && thread.getThreadName().startsWith(SERVER_THREADS)) {
          nanos += THREADS.getThreadCpuTime(thread.getThreadId());
          bytes += THREADS.getThreadAllocatedBytes(thread.getThreadId());
        }
      }
      return new Spent(nanos, bytes);
    }
  }

  private record Server(Javalin javalin) implements AutoCloseable {

    Server(Map<String, Arm> arms) {
      this(
          Javalin.create(
                  config -> {
                    QueuedThreadPool threads = new QueuedThreadPool(8, 8);
                    threads.setName(SERVER_THREADS);
                    config.jetty.threadPool = threads;
                    config.startup.showJavalinBanner = false;
                    config.http.compressionStrategy =
                        new CompressionStrategy(null, new Gzip(1));
                    arms.forEach((name, arm) -> config.routes.get("/" + name, arm.handler()));
                  })
              .start("127.0.0.1", 0));
    }

    int port() {
      return javalin.port();
    }

    @Override
    public void close() {
      javalin.stop();
    }
  }

  /** A row of the table: ours, what is allowed, and the others' in the same run. */
  record Row(String question, double ours, String unit, double limit, Map<String, Double> peers) {

    /** Ours against the best of the others. */
    double ratio() {
      return ours / Collections.min(peers.values());
    }

    String bar() {
      return limit > 0 ? "<= " + number(limit) : "";
    }

    String met() {
      return limit > 0 ? Boolean.toString(ours <= limit) : "null";
    }

    String json() {
      StringBuilder others = new StringBuilder();
      peers.forEach(
          (name, value) ->
              others
                  .append(others.length() == 0 ? "" : ", ")
                  .append("\"%s\": %s".formatted(name, number(value))));
      return ("{\"question\": \"%s\", \"ours\": %s, \"unit\": \"%s\", \"limit\": %s,"
              + " \"peers\": {%s}, \"ratio\": %s, \"bar\": \"%s\", \"met\": %s}")
          .formatted(
              question, number(ours), unit, limit > 0 ? number(limit) : "null", others,
              number(ratio()), bar(), met());
    }

    @Override
    public String toString() {
      return "%-44s %9s %-8s %9s %6s  %11s %11s  %6s"
          .formatted(
              question, number(ours), unit, bar(),
              met().equals("null") ? "" : met().equals("true") ? "met" : "MISSED",
              number(peers.get("micrometer")), number(peers.get("client_java")), number(ratio()));
    }
  }

  private List<Row> rows(Map<String, List<Figures>> plain, Map<String, List<Figures>> packed) {
    List<Row> rows = new ArrayList<>();
    rows.add(row("time of a scrape", "s", 0.5, median(plain, Figures::seconds)));
    rows.add(row("time of a scrape, gzip", "s", 0, median(packed, Figures::seconds)));
    rows.add(row("CPU of a scrape", "s", 0, median(plain, Figures::cpuSeconds)));
    rows.add(row("CPU of a scrape, gzip", "s", 0, median(packed, Figures::cpuSeconds)));
    rows.add(row("garbage of a scrape", "MB", 100, median(plain, each -> each.garbageBytes() / 1e6)));
    rows.add(row("garbage of a scrape, gzip", "MB", 100, median(packed, each -> each.garbageBytes() / 1e6)));
    Map<String, Double> heap = new LinkedHashMap<>();
    arms.forEach((name, arm) -> heap.put(name, arm.heapBytes() / 1e3));
    rows.add(row("heap of a series, its process's state included", "KB", 0.4, heap));
    rows.add(row("body of a scrape", "MB", 0, median(plain, each -> each.bodyBytes() / 1e6)));
    rows.add(row("body of a scrape, gzip", "MB", 0, median(packed, each -> each.bodyBytes() / 1e6)));
    return rows;
  }

  private static Row row(String question, String unit, double limit, Map<String, Double> figures) {
    Map<String, Double> peers = new LinkedHashMap<>(figures);
    double ours = peers.remove(OURS);
    return new Row(question, ours, unit, limit, peers);
  }

  private static Map<String, Double> median(
      Map<String, List<Figures>> all, java.util.function.ToDoubleFunction<Figures> figure) {
    Map<String, Double> medians = new LinkedHashMap<>();
    all.forEach(
        (name, each) -> {
          double[] values = each.stream().mapToDouble(figure).sorted().toArray();
          medians.put(name, values[values.length / 2]);
        });
    return medians;
  }

  private static void tell(List<Row> rows, boolean json, String heading) {
    if (json) {
      System.out.println("[");
      for (int i = 0; i < rows.size(); i++) {
        System.out.println("  " + rows.get(i).json() + (i + 1 < rows.size() ? "," : ""));
      }
      System.out.println("]");
      return;
    }
    System.out.println(heading);
    System.out.printf(
        "%-44s %9s %-8s %9s %6s  %11s %11s  %6s%n",
        "", "ours", "", "bar", "", "Micrometer", "client_java", "ratio");
    rows.forEach(System.out::println);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.3f" : "%.1f", value);
  }

  private static long heap() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
