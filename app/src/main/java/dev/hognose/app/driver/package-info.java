/**
 * Runs a topology of Kafka Streams over records of the past, in one thread.
 *
 * <p>It relies on classes of Kafka that are public but not promised: {@code StreamTask} with its
 * state, context and metrics, {@code InternalTopologyBuilder} and {@code RecordCollector}, of the
 * version that the build pins. They are used because a replay is worth something only if it judges
 * as the live streams do: nodes, stores, forwarding, internal topics' order, timers and the
 * handling of defects are Kafka's own code here, too. Ours are only where records come from, where
 * they go, and the clock. What is left out is what costs and nobody sees: transactions and commits,
 * with them the packing of all state, and changelogs.
 *
 * <p>A version of Kafka that changes these classes does not compile, and a test holds what is
 * written against what Kafka's own test driver writes, byte for byte, over fleets in which all goes
 * wrong that can.
 */
@NullMarked
package dev.hognose.app.driver;

import org.jspecify.annotations.NullMarked;
