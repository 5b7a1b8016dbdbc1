package dev.hognose.collector.page;

import dev.hognose.alert.Alert;
import dev.hognose.collector.fleet.FleetSnapshot;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpStatus;
import java.time.InstantSource;
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
          + " img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

  private final TemplateEngine templates =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, getClass().getClassLoader(), getClass().getPackageName());
  private final Supplier<FleetSnapshot> fleet;
  private final Supplier<Optional<String>> waitingFor;
  private final InstantSource clock;

  /**
   * Serves the pages.
   *
   * @param waitingFor why the fleet is not whole yet
   * @param clock for "5 min ago"
   */
  public PageRoutes(
      Supplier<FleetSnapshot> fleet, Supplier<Optional<String>> waitingFor, InstantSource clock) {
    this.fleet = fleet;
    this.waitingFor = waitingFor;
    this.clock = clock;
  }

  public Map<String, Handler> handlers() {
    return Map.of(
        "/",
        this::fleet,
        "/alerts/{id}",
        this::alert,
        "/assets/page.css",
        Assets.file("page.css", "text/css;charset=utf-8"),
        "/assets/page.js",
        Assets.file("page.js", "text/javascript;charset=utf-8"));
  }

  private void fleet(Context context) {
    FleetPage page = FleetPage.of(fleet.get(), waitingFor.get(), clock.instant());
    show(context, "fleet.jte", page);
  }

  private void alert(Context context) {
    Optional<Alert> alert = fleet.get().alert(context.pathParam("id"));
    if (alert.isPresent()) {
      show(context, "alert.jte", AlertPage.of(alert.get(), clock.instant()));
    } else {
      context.status(HttpStatus.NOT_FOUND);
      show(
          context,
          "missing.jte",
          "This alert is not known here: it was resolved long ago, or another collector shows it.");
    }
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
