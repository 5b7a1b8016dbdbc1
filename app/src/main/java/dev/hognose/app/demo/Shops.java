package dev.hognose.app.demo;

import dev.hognose.app.child.Children;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The services of the demonstration, each under the agent, and the traffic on them. */
final class Shops implements AutoCloseable {

  private static final Pattern ADDRESS = Pattern.compile("listening on (http://\\S+)");
  private static final Pattern ANYTHING = Pattern.compile("(.*)");

  private final Python python;
  private final Path logs;
  private final Children children = new Children();
  private final Map<Plan.Service, SpokenProcess> services = new LinkedHashMap<>();
  private final Map<String, SpokenProcess> loads = new LinkedHashMap<>();

  Shops(Python python, Path logs) {
    this.python = python;
    this.logs = logs;
  }

  /** Starts all of them and waits for none. */
  void start(List<Plan.Service> planned, String bootstrapServers) {
    for (Plan.Service service : planned) {
      Map<String, String> environment = new HashMap<>(service.environment());
      environment.put("HOGNOSE_SERVICE", service.name());
      environment.put("HOGNOSE_BOOTSTRAP_SERVERS", bootstrapServers);
      environment.put("HOGNOSE_INTERVAL", DemoPace.SAMPLES_EVERY);
      environment.put("HOGNOSE_TRACING_INTERVAL", DemoPace.TRACING_AT_MOST_EVERY);
      ProcessBuilder builder = python.watched(service.arguments(), environment);
      services.put(service, spoken(service.name(), builder, ADDRESS));
    }
  }

  /** Waits for each service, then lets requests come. */
  void startTraffic() {
    services.forEach(
        (service, process) ->
            loads.put(
                service.name(),
                spoken(
                    service.name() + "-load",
                    python.program(service.loadFor(process.awaited())),
                    ANYTHING)));
  }

  /** The first process that ended though nobody asked it to. */
  Optional<String> ended() {
    return Stream.concat(services.values().stream(), loads.values().stream())
        .flatMap(process -> process.ended().stream())
        .findFirst();
  }

  /** What services said last that should have been heard of, a sentence each. */
  List<String> lastWords(Set<String> names) {
    return services.entrySet().stream()
        .filter(each -> names.contains(each.getKey().name()))
        .map(each -> each.getKey().name() + " said last: " + each.getValue().lastWords())
        .toList();
  }

  /** Asks all to end and waits for none. */
  void end() {
    children.end();
  }

  @Override
  public void close() {
    children.close();
  }

  private SpokenProcess spoken(String name, ProcessBuilder builder, Pattern awaited) {
    return SpokenProcess.start(name, builder, awaited, children, logs);
  }
}
