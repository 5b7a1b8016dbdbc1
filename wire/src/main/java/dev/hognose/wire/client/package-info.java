/** What our Kafka clients have in common: their place in a group, and refusals in words. */
@NullMarked
package dev.hognose.wire.client;

import org.jspecify.annotations.NullMarked;
