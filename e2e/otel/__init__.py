"""What the OTLP bridge writes, read by an OpenTelemetry Collector that somebody has built."""
