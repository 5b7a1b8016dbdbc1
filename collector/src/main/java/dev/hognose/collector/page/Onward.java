package dev.hognose.collector.page;

/**
 * What the pages lead to beyond themselves.
 *
 * @param grafana that has our dashboards
 * @param bootstrapServers of the cluster that the collector reads, for commands that read it, too;
 *     empty where it is not known
 */
public record Onward(Grafana grafana, String bootstrapServers) {

  public static final Onward NOWHERE = new Onward(Grafana.NONE, "");
}
