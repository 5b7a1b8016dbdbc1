package dev.hognose.app.driver;

import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.processor.internals.InternalTopologyBuilder;

/** A topology that shows of what its nodes and stores are made: Kafka keeps that to itself. */
public final class OpenTopology extends Topology {

  private OpenTopology(TopologyConfig config) {
    super(config);
  }

  /** A builder whose topology a {@link TopologyDriver} can run. */
  public static StreamsBuilder builder(TopologyConfig config) {
    return new StreamsBuilder(config) {
      @Override
      protected Topology newTopology(TopologyConfig given) {
        return new OpenTopology(given);
      }
    };
  }

  /**
   * What makes the nodes and stores.
   *
   * @throws IllegalArgumentException for a topology of another builder
   */
  static InternalTopologyBuilder parts(Topology topology) {
    if (topology instanceof OpenTopology open) {
      return open.internalTopologyBuilder;
    }
    throw new IllegalArgumentException(
        topology.getClass().getName() + ": expected a topology of OpenTopology.builder");
  }
}
