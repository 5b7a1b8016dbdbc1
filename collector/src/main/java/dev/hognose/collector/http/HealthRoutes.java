package dev.hognose.collector.http;

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
public final class HealthRoutes {

  private final Supplier<Optional<String>> illness;
  private final Supplier<Optional<String>> waitingFor;

  /**
   * Either tells in a sentence why not, and nothing when all is well.
   *
   * @param illness why this is not worth keeping
   * @param waitingFor what is still missing of what it shows
   */
  public HealthRoutes(Supplier<Optional<String>> illness, Supplier<Optional<String>> waitingFor) {
    this.illness = illness;
    this.waitingFor = waitingFor;
  }

  /** By path. */
  public Map<String, Handler> handlers() {
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
