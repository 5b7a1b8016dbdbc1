package dev.hognose.app.demo;

import dev.hognose.alert.Alert;
import dev.hognose.sample.Frame;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What has been found of what was planted, and who was accused who did nothing.
 *
 * <p>Times are those at which the caller saw something, except for blocks, which tell themselves
 * when they began.
 */
final class Check {

  private static final String STARVED = "starved";

  private final List<Search> searches;
  private final Set<String> twins;
  private final Map<String, Heard> heard = new TreeMap<>();
  private final Map<String, Alert> accusations = new LinkedHashMap<>();
  private final Map<String, Alert> unplanned = new LinkedHashMap<>();

  Check(List<PlantedFault> planted) {
    searches = planted.stream().map(Search::new).toList();
    twins =
        planted.stream()
            .map(PlantedFault::twinService)
            .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Requests to a service begin. */
  void traffic(String service, Instant at) {
    searches.forEach(search -> search.traffic(service, at));
  }

  /** A process of the service has told its figures. */
  void sample(String service, Instant at) {
    heard.merge(service, new Heard(at, at), (earlier, now) -> new Heard(earlier.first, now.last));
  }

  /** A loop was blocked at this place, from this moment on. */
  void block(Frame culprit, Instant since) {
    searches.forEach(search -> search.block(culprit, since));
  }

  void alert(Alert alert, Instant at) {
    if (twins.contains(alert.service()) && accuses(alert)) {
      accusations.putIfAbsent(alert.id(), alert);
      return;
    }
    List<Search> answered = answeredBy(alert);
    answered.forEach(search -> search.alert(alert, at));
    if (answered.isEmpty()) {
      unplanned.put(alert.id(), alert);
    }
  }

  /** Every fault was found by name, every twin was heard of, and none was accused. */
  boolean isPassed() {
    return missing().isEmpty();
  }

  /** Alerts about services that do nothing wrong, as they first were. */
  List<Alert> accusations() {
    return List.copyOf(accusations.values());
  }

  /** Alerts that no fault explains and that accuse no twin. */
  List<Alert> unplanned() {
    return List.copyOf(unplanned.values());
  }

  List<Search> searches() {
    return searches;
  }

  /** Over which time a twin's samples came and no alert accused it. */
  Optional<Duration> silence(String twin) {
    boolean accused = accusations.values().stream().map(Alert::service).anyMatch(twin::equals);
    return Optional.ofNullable(heard.get(twin)).filter(spoken -> !accused).map(Heard::span);
  }

  /** One sentence for each reason why the check has not passed. */
  List<String> missing() {
    List<String> missing = new ArrayList<>();
    accusations
        .values()
        .forEach(alert -> missing.add(alert.service() + ": accused, " + sort(alert)));
    searches.stream()
        .filter(search -> !search.isOver())
        .map(search -> search.fault().name() + ": " + whatIsMissing(search))
        .forEach(missing::add);
    twins.stream()
        .filter(twin -> !heard.containsKey(twin))
        .forEach(twin -> missing.add(twin + ": no sample, so its silence says nothing"));
    return missing;
  }

  /** A starved loop is the machine's fault and told as such: it accuses no code. */
  private static boolean accuses(Alert alert) {
    return !alert.cause().equals(STARVED);
  }

  /** An alert that names no planted line still answers what no other fault could be meant by. */
  private List<Search> answeredBy(Alert alert) {
    List<Search> meant =
        searches.stream().filter(search -> search.fault().isMeantBy(alert)).toList();
    return meant.size() == 1
        ? meant
        : meant.stream().filter(search -> search.fault().isNamedBy(alert)).toList();
  }

  /** Services that were planted with something, and of which no sample came. */
  Set<String> unheard() {
    return searches.stream()
        .map(search -> search.fault().service())
        .filter(service -> !heard.containsKey(service))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private String whatIsMissing(Search search) {
    String service = search.fault().service();
    return heard.containsKey(service)
        ? expected(search)
        : "no sample of " + service + ", so there was nothing to find";
  }

  private static String expected(Search search) {
    PlantedFault fault = search.fault();
    return "found "
        + search.culpritFound()
        + ", expected an alert "
        + (Words.of(fault.kind()) + " " + fault.cause()).strip()
        + " of "
        + fault.service()
        + " at "
        + fault.culprit();
  }

  private static String sort(Alert alert) {
    return Words.of(alert.kind()) + ", " + alert.title();
  }

  private record Heard(Instant first, Instant last) {
    Duration span() {
      return Duration.between(first, last);
    }
  }
}
