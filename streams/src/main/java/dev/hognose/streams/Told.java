package dev.hognose.streams;

import dev.hognose.alert.Alert;
import dev.hognose.leak.LifeObservation;
import dev.hognose.leak.Trend;
import java.util.List;
import java.util.Optional;

/** What is told about a process's memory. */
sealed interface Told {

  /** Key: the process. No trend: the process is forgotten. */
  record OfTrend(Optional<Trend> trend) implements Told {}

  /** Key: the alert's id. */
  record OfAlert(Alert alert) implements Told {}

  /** Key: the service. */
  record OfLife(LifeObservation shown) implements Told {}

  /** The trend or its absence, or nothing. */
  default List<Optional<Trend>> trends() {
    return this instanceof OfTrend told ? List.of(told.trend()) : List.of();
  }

  /** The alert, or nothing. */
  default List<Alert> alerts() {
    return this instanceof OfAlert told ? List.of(told.alert()) : List.of();
  }

  /** What a life shows to the others of its service, or nothing. */
  default List<LifeObservation> lives() {
    return this instanceof OfLife told ? List.of(told.shown()) : List.of();
  }
}
