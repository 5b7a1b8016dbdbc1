/** The fleet's metrics as OpenTelemetry Collectors read them from Kafka. */
package dev.hognose.collector.otlp;
