package dev.hognose.sample;

/**
 * Where a process runs, after OpenTelemetry's deployment.environment.name, k8s.pod.name,
 * k8s.node.name, k8s.namespace.name and container.id; empty where unknown.
 */
public record Whereabouts(
    String environment, String pod, String node, String namespace, String container) {

  public static final Whereabouts UNKNOWN = new Whereabouts("", "", "", "", "");
}
