package dev.hognose.streams;

import dev.hognose.alert.Alert;
import dev.hognose.leak.Trend;
import java.util.List;
import java.util.Optional;

/** What is told about a process's memory. */
sealed interface Told {

  /** Key: the process. No trend: the process is forgotten. */
  record OfTrend(Optional<Trend> trend) implements Told {}

  /** Key: the alert's id. */
  record OfAlert(Alert alert) implements Told {}

  /** Key: the service; empty when it is for all of them. */
  record OfReport(TaskReport report) implements Told {}

  /** The trend or its absence, or nothing. */
  default List<Optional<Trend>> trends() {
    return this instanceof OfTrend told ? List.of(told.trend()) : List.of();
  }

  /** The alert, or nothing. */
  default List<Alert> alerts() {
    return this instanceof OfAlert told ? List.of(told.alert()) : List.of();
  }

  /** What is said to those who judge services, or nothing. */
  default List<TaskReport> reports() {
    return this instanceof OfReport told ? List.of(told.report()) : List.of();
  }
}
