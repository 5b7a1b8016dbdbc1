/**
 * Kafka Streams: samples and events in, trends and alerts out. One application; one thin class a
 * topology feeds the detectors of core and keeps their state.
 */
@NullMarked
package dev.hognose.streams;

import org.jspecify.annotations.NullMarked;
