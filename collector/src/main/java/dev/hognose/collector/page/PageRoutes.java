package dev.hognose.collector.page;

import dev.hognose.alert.Alert;
import dev.hognose.collector.fleet.FleetSnapshot;
import dev.hognose.collector.fleet.NearestNames;
import dev.hognose.collector.fleet.ProcessState;
import dev.hognose.collector.fleet.ServiceState;
import dev.hognose.leak.Trend;
import dev.hognose.sample.ProcessId;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpStatus;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The pages at {@code /}, rendered here; a small script asks for them again.
 *
 * <p>The templates are compiled with the program and escape by where a value stands, so that
 * whatever a process is called is shown as text. The policy header forbids what slipped through.
 */
public final class PageRoutes {

  private static final String POLICY =
      "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self';"
          + " img-src data:; base-uri 'none'; form-action 'self'; frame-ancestors 'self'";

  private final TemplateEngine templates =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, getClass().getClassLoader(), getClass().getPackageName());
  private final Supplier<FleetSnapshot> fleet;
  private final Supplier<Optional<String>> missing;
  private final InstantSource clock;
  private final Onward onward;

  /**
   * Serves the pages.
   *
   * @param missing why it is not all of the fleet, empty when it is
   * @param clock for "5 min ago"
   * @param onward what alerts lead to
   */
  public PageRoutes(
      Supplier<FleetSnapshot> fleet,
      Supplier<Optional<String>> missing,
      InstantSource clock,
      Onward onward) {
    this.fleet = fleet;
    this.missing = missing;
    this.clock = clock;
    this.onward = onward;
  }

  public Map<String, Handler> handlers() {
    Map<String, Handler> handlers = new HashMap<>(Assets.handlers());
    handlers.put("/", this::alerts);
    handlers.put("/alerts/{id}", this::alert);
    handlers.put("/services", this::services);
    handlers.put("/service", this::service);
    handlers.put("/process", this::process);
    handlers.put("/hot-code", this::hotCode);
    return handlers;
  }

  private void alerts(Context context) {
    AlertsPage.Wanted wanted =
        new AlertsPage.Wanted(asked(context, "service"), asked(context, "kind"));
    show(context, "alerts.jte", AlertsPage.of(fleet.get(), missing.get(), wanted, clock.instant()));
  }

  private void alert(Context context) {
    FleetSnapshot now = fleet.get();
    Optional<Alert> alert = now.alert(context.pathParam("id"));
    if (alert.isPresent()) {
      Optional<Trend> trend =
          alert.get().process().flatMap(now::process).flatMap(ProcessState::trend);
      show(context, "alert.jte", AlertPage.of(alert.get(), trend, clock.instant(), onward));
    } else {
      notFound(
          context,
          "This alert is not known here: it was resolved long ago, or another collector shows it."
              + NearestNames.sentence(
                  context.pathParam("id"), now.alerts().stream().map(Alert::id).toList()));
    }
  }

  private void services(Context context) {
    show(context, "services.jte", ServicesPage.of(fleet.get(), missing.get()));
  }

  private void service(Context context) {
    String name = asked(context, "name");
    List<ServiceState> services = ServiceState.all(fleet.get());
    Optional<ServiceState> found =
        services.stream().filter(service -> service.name().equals(name)).findFirst();
    if (found.isPresent()) {
      show(context, "service.jte", ServicePage.of(found.get(), missing.get(), clock.instant()));
    } else {
      notFound(
          context,
          "No live process and no alert of a service with this name."
              + NearestNames.sentence(name, services.stream().map(ServiceState::name).toList()));
    }
  }

  private void process(Context context) {
    Window window = new Window(asked(context, "from"), asked(context, "to"));
    ProcessId id;
    try {
      id = ProcessId.parse(asked(context, "key"));
    } catch (IllegalArgumentException unreadable) {
      notFound(context, "No process has such a key: expected service/host/pid/started_at_ms.");
      return;
    }
    show(context, "process.jte", ProcessPage.of(id, fleet.get().process(id), window));
  }

  /** Of a service that no longer lives, too: its stacks are kept for a day. */
  private void hotCode(Context context) {
    String service = asked(context, "service");
    if (service.isEmpty()) {
      notFound(context, "Hot code of which service? Expected its name: /hot-code?service=orders.");
      return;
    }
    HotCodePage page =
        HotCodePage.of(
            service,
            asked(context, "version"),
            new Window(asked(context, "from"), asked(context, "to")),
            new HotCodePage.Against(
                asked(context, "against_from"),
                asked(context, "against_to"),
                asked(context, "against_version")));
    List<String> versions =
        ServiceState.all(fleet.get()).stream()
            .filter(each -> each.name().equals(service))
            .flatMap(each -> each.versions().stream())
            .toList();
    show(context, "hotcode.jte", page.knowing(versions));
  }

  private void notFound(Context context, String sentence) {
    context.status(HttpStatus.NOT_FOUND);
    show(context, "missing.jte", new MissingPage(missing.get().orElse(""), sentence));
  }

  /** A parameter of the request; empty when it is not there. */
  private static String asked(Context context, String name) {
    return Optional.ofNullable(context.queryParam(name)).orElse("");
  }

  private void show(Context context, String template, Object page) {
    StringOutput html = new StringOutput();
    templates.render(template, page, html);
    context
        .header("Content-Security-Policy", POLICY)
        .contentType("text/html;charset=utf-8")
        .result(html.toString());
  }
}
