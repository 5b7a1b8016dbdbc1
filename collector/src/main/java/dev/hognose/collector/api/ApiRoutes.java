package dev.hognose.collector.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hognose.alert.Alert;
import dev.hognose.collector.fleet.FleetSnapshot;
import dev.hognose.collector.fleet.ProcessState;
import dev.hognose.sample.ProcessId;
import dev.hognose.wire.RecordJson;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpStatus;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1}: read only, JSON, field names of the wire. */
public final class ApiRoutes {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Supplier<FleetSnapshot> fleet;

  public ApiRoutes(Supplier<FleetSnapshot> fleet) {
    this.fleet = fleet;
  }

  public Map<String, Handler> handlers() {
    return Map.of(
        "/api/v1/processes", refusing(this::processes),
        "/api/v1/alerts", refusing(this::alerts),
        "/api/v1/alerts/{id}", refusing(this::alert));
  }

  private static Handler refusing(Handler handler) {
    return context -> {
      try {
        handler.handle(context);
      } catch (BadQueryException bad) {
        refuse(context, HttpStatus.BAD_REQUEST, bad.getMessage());
      }
    };
  }

  private void processes(Context context) {
    Query query = new Query(context.queryParamMap(), "service", "host");
    Optional<String> service = query.text("service");
    Optional<String> host = query.text("host");
    ObjectNode body = JSON.objectNode();
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

  private void alerts(Context context) {
    AlertFilter filter =
        AlertFilter.of(new Query(context.queryParamMap(), "state", "service", "kind"));
    ObjectNode body = JSON.objectNode();
    ArrayNode alerts = body.putArray("alerts");
    fleet.get().alerts().stream().filter(filter).forEach(alert -> alerts.add(RecordJson.of(alert)));
    answer(context, body);
  }

  private void alert(Context context) {
    Optional<Alert> found = fleet.get().alert(context.pathParam("id"));
    if (found.isEmpty()) {
      refuse(
          context,
          HttpStatus.NOT_FOUND,
          "no such alert: expected the id of one that fires or was resolved lately");
      return;
    }
    answer(context, RecordJson.of(found.get()));
  }

  private static void answer(Context context, ObjectNode body) {
    context.contentType("application/json").result(body.toString());
  }

  private static void refuse(Context context, HttpStatus status, @Nullable String sentence) {
    context.status(status);
    answer(context, JSON.objectNode().put("error", sentence));
  }
}
