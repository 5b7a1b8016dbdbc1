package dev.hognose.collector;

import dev.hognose.collector.http.Visitor;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpStatus;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * {@code /healthz}: is it worth keeping? {@code /readyz}: is what it shows whole?
 *
 * <p>Strangers are told no reason.
 */
final class HealthRoutes {

  private final Supplier<Optional<String>> illness;
  private final Supplier<Optional<String>> waitingFor;

  HealthRoutes(Supplier<Optional<String>> illness, Supplier<Optional<String>> waitingFor) {
    this.illness = illness;
    this.waitingFor = waitingFor;
  }

  Map<String, Handler> handlers() {
    return Map.of(
        "/healthz", context -> answer(context, illness.get()),
        "/readyz", context -> answer(context, illness.get().or(waitingFor)));
  }

  private static void answer(Context context, Optional<String> obstacle) {
    context
        .status(obstacle.isEmpty() ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
        .contentType("text/plain;charset=utf-8")
        .result(
            (Visitor.isKnown(context) ? obstacle : obstacle.map(why -> "not now")).orElse("ok")
                + "\n");
  }
}
