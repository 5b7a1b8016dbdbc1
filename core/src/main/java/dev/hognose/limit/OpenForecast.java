package dev.hognose.limit;

import java.time.Instant;

/**
 * An alert that memory runs out, while it stands.
 *
 * @param version of the service when it fired
 * @param forecast as it is now
 * @param told as it was told last
 */
public record OpenForecast(Instant firedAt, String version, Forecast forecast, Forecast told) {

  OpenForecast now(Forecast latest) {
    return new OpenForecast(firedAt, version, latest, told);
  }

  OpenForecast asTold() {
    return new OpenForecast(firedAt, version, forecast, forecast);
  }
}
