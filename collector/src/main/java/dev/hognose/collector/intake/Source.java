package dev.hognose.collector.intake;

import dev.hognose.wire.client.GroupMember;
import org.apache.kafka.clients.consumer.Consumer;

/**
 * Where records are read.
 *
 * @param servers where the consumer looks for brokers, for messages
 * @param member by which name the group knows the consumer
 * @param removal takes that name out of the group, from within a consumer that goes on asking
 */
public record Source(
    Consumer<byte[], byte[]> consumer, String servers, GroupMember member, Runnable removal) {}
