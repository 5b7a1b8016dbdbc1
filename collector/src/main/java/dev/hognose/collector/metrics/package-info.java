/** The fleet as Prometheus reads it. */
package dev.hognose.collector.metrics;
