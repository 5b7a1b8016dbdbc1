package dev.hognose.collector.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hognose.alert.Alert;
import dev.hognose.collector.chart.FlameJson;
import dev.hognose.collector.chart.HistoryJson;
import dev.hognose.collector.fleet.FleetSnapshot;
import dev.hognose.collector.fleet.NearestNames;
import dev.hognose.collector.fleet.ProcessState;
import dev.hognose.collector.fleet.ServiceState;
import dev.hognose.collector.history.History;
import dev.hognose.collector.history.HistoryException;
import dev.hognose.collector.history.HistoryQuery;
import dev.hognose.collector.history.PastProfile;
import dev.hognose.collector.history.ProfileQuery;
import dev.hognose.sample.ProcessId;
import dev.hognose.wire.message.RecordJson;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpStatus;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1}: read only, JSON, field names of the wire. */
public final class ApiRoutes {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Supplier<FleetSnapshot> fleet;
  private final Supplier<Optional<String>> missing;
  private final Function<HistoryQuery, History> past;
  private final InstantSource clock;
  private final ProfileRoutes profiles;

  /** What is read of the past: the samples of a process, and the profiles of a service. */
  public record Past(
      Function<HistoryQuery, History> samples, Function<ProfileQuery, PastProfile> profiles) {}

  /**
   * Serves the fleet, what a process told in the past, and the hot code of services.
   *
   * @param missing why it is not all of the fleet, empty when it is
   * @param clock for windows that end now
   */
  public ApiRoutes(
      Supplier<FleetSnapshot> fleet,
      Supplier<Optional<String>> missing,
      Past past,
      InstantSource clock) {
    this.fleet = fleet;
    this.missing = missing;
    this.past = past.samples();
    this.clock = clock;
    this.profiles = new ProfileRoutes(past.profiles(), clock);
  }

  public Map<String, Handler> handlers() {
    return Map.of(
        "/api/v1/openapi.json", refusing(new OpenApi()::serve),
        "/api/v1/profiles", refusing(profiles::profile),
        "/api/v1/profiles/difference", refusing(profiles::difference),
        "/api/v1/services", refusing(this::services),
        "/api/v1/processes", refusing(this::processes),
        "/api/v1/history", refusing(this::history),
        "/api/v1/alerts", refusing(this::alerts),
        "/api/v1/alerts/{id}", refusing(this::alert),
        "/api/v1/alerts/{id}/stacks", refusing(this::stacks));
  }

  private static Handler refusing(Handler handler) {
    return context -> {
      try {
        handler.handle(context);
      } catch (BadQueryException bad) {
        refuse(context, HttpStatus.BAD_REQUEST, bad.getMessage());
      } catch (HistoryException unreadable) {
        refuse(context, HttpStatus.SERVICE_UNAVAILABLE, unreadable.getMessage());
      }
    };
  }

  private void processes(Context context) {
    Query query = new Query(context.queryParamMap(), "service", "host");
    Optional<String> service = query.text("service");
    Optional<String> host = query.text("host");
    ObjectNode body = list();
    ArrayNode processes = body.putArray("processes");
    for (ProcessState state : fleet.get().processes()) {
      ProcessId id = state.id();
      if (service.map(id.service()::equals).orElse(true)
          && host.map(id.host()::equals).orElse(true)) {
        processes.add(ProcessJson.of(state));
      }
    }
    answer(context, body);
  }

  private void services(Context context) {
    new Query(context.queryParamMap());
    ObjectNode body = list();
    ArrayNode services = body.putArray("services");
    FleetSnapshot now = fleet.get();
    for (ServiceState service : ServiceState.all(now)) {
      services.add(ServiceJson.of(service, now.summary(service.name())));
    }
    answer(context, body);
  }

  /** A list of ours can lack what other collectors show, or what is not read yet. */
  private ObjectNode list() {
    return JSON.objectNode().put("whole", missing.get().isEmpty());
  }

  private void history(Context context) {
    Query query = new Query(context.queryParamMap(), "process", "from", "to");
    Instant now = clock.instant();
    Instant from = query.moment("from", now, "-1h");
    Instant to = query.moment("to", now, "now");
    if (!to.isAfter(from)) {
      throw new BadQueryException("to=" + to + ": expected a time after from=" + from);
    }
    ProcessId process = process(query);
    History history = past.apply(new HistoryQuery(process, from, to));
    if (history.points().isEmpty() && history.whole() && fleet.get().process(process).isEmpty()) {
      refuseUnknown(context, process);
    } else {
      answer(context, HistoryJson.of(history));
    }
  }

  private void refuseUnknown(Context context, ProcessId process) {
    List<String> live = fleet.get().processes().stream().map(each -> each.id().key()).toList();
    refuse(
        context,
        HttpStatus.NOT_FOUND,
        "no such process in this time: expected one that told samples."
            + NearestNames.sentence(process.key(), live));
  }

  private static ProcessId process(Query query) {
    try {
      return ProcessId.parse(query.needed("process", "service/host/pid/started_at_ms"));
    } catch (IllegalArgumentException unreadable) {
      throw new BadQueryException(String.valueOf(unreadable.getMessage()));
    }
  }

  private void alerts(Context context) {
    AlertFilter filter =
        AlertFilter.of(new Query(context.queryParamMap(), "state", "service", "kind"));
    ObjectNode body = list();
    ArrayNode alerts = body.putArray("alerts");
    fleet.get().alerts().stream().filter(filter).forEach(alert -> alerts.add(RecordJson.of(alert)));
    answer(context, body);
  }

  private void alert(Context context) {
    found(context).ifPresent(alert -> answer(context, RecordJson.of(alert)));
  }

  private void stacks(Context context) {
    found(context)
        .map(alert -> FlameJson.of(alert.stacks()))
        .ifPresent(
            flame -> {
              ObjectNode body = JSON.objectNode();
              body.set("tree", flame.tree());
              body.set("rows", flame.rows());
              answer(context, body);
            });
  }

  /** The alert that is asked for; refused when there is none. */
  private Optional<Alert> found(Context context) {
    Optional<Alert> found = fleet.get().alert(context.pathParam("id"));
    if (found.isEmpty()) {
      refuse(
          context,
          HttpStatus.NOT_FOUND,
          "no such alert: expected the id of one that fires or was resolved lately."
              + NearestNames.sentence(
                  context.pathParam("id"), fleet.get().alerts().stream().map(Alert::id).toList())
              + missing.get().map(why -> " Not whole: " + why + ".").orElse(""));
    }
    return found;
  }

  static void answer(Context context, ObjectNode body) {
    context.contentType("application/json").result(body.toString());
  }

  private static void refuse(Context context, HttpStatus status, @Nullable String sentence) {
    context.status(status);
    answer(context, JSON.objectNode().put("error", sentence));
  }
}
