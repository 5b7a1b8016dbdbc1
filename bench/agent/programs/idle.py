"""An asyncio process that does nothing; with what is named on the command line in it."""

import asyncio
import json
import os
import sys
import time


def hognose(_):
    import hognose

    hognose.start(service="bench")


def prometheus_client(port):
    import prometheus_client

    prometheus_client.start_http_server(int(port), addr="127.0.0.1")


def opentelemetry(url):
    from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
    from opentelemetry.instrumentation.system_metrics import SystemMetricsInstrumentor
    from opentelemetry.metrics import set_meter_provider
    from opentelemetry.sdk.metrics import MeterProvider
    from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader

    interval = float(os.environ["INTERVAL"]) * 1000
    reader = PeriodicExportingMetricReader(OTLPMetricExporter(endpoint=url), interval)
    set_meter_provider(MeterProvider(metric_readers=[reader]))
    # Of its own process, as ours: the machine's figures are left out.
    wanted = ("process.", "cpython.")
    from opentelemetry.instrumentation.system_metrics import _DEFAULT_CONFIG

    SystemMetricsInstrumentor(
        config={name: what for name, what in _DEFAULT_CONFIG.items() if name.startswith(wanted)}
    ).instrument()


def ddtrace(_):
    from ddtrace.runtime import RuntimeMetrics

    RuntimeMetrics.enable()


async def idle():
    await asyncio.Event().wait()


before, cpu_before = time.perf_counter(), time.process_time()
if len(sys.argv) > 1:
    globals()[sys.argv[1]](sys.argv[2] if len(sys.argv) > 2 else "")
called = time.perf_counter() - before
# The agent imports on a thread of its own: what it has used by now is its start.
time.sleep(1.5)
started = time.process_time() - cpu_before
print(json.dumps({"call_seconds": called, "cpu_seconds": started}), flush=True)
asyncio.run(idle())
