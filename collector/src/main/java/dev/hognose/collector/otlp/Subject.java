package dev.hognose.collector.otlp;

import io.opentelemetry.proto.resource.v1.Resource;
import io.prometheus.metrics.model.snapshots.Labels;

/**
 * Whose figures they are: a process, or a service as a whole.
 *
 * @param host and {@code pid} are empty for a service as a whole
 */
record Subject(String service, String host, String pid) {

  static Subject of(Labels labels) {
    return new Subject(named(labels, "service"), named(labels, "host"), named(labels, "pid"));
  }

  /** The key of its records: all of a subject comes in one partition, in its order. */
  String key() {
    return host.isEmpty() ? service : service + "/" + host + "/" + pid;
  }

  /**
   * What tells their series from all others.
   *
   * @param teller the collector that has them: of a service as a whole each one counts what is its
   *     own, and two must not write one series
   */
  Resource.Builder resource(String teller) {
    Resource.Builder resource =
        Resource.newBuilder().addAttributes(Attributes.text("service.name", service));
    if (host.isEmpty()) {
      resource.addAttributes(Attributes.text("service.instance.id", teller));
    } else {
      resource
          .addAttributes(Attributes.text("service.instance.id", host + "/" + pid))
          .addAttributes(Attributes.text("host.name", host))
          .addAttributes(Attributes.number("process.pid", Long.parseLong(pid)))
          .addAttributes(Attributes.text("process.runtime.name", "cpython"));
    }
    return resource;
  }

  private static String named(Labels labels, String name) {
    return labels.contains(name) ? labels.get(name) : "";
  }
}
