"""Starts broker, collector and an OpenTelemetry Collector, and says which figures the latter has read."""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from faults import fleet
from faults.programs import Broker, Late, Program, Served, until
from faults.sender import Sender
from faults.story import Setting, make_topics

from hognose._outbox import Record

WITHIN = 180.0

#: A gauge and a counter of the semantic conventions, and one of ours.
EXPECTED = {"process.memory.usage", "process.cpu.time", "python_allocated_blocks"}

_CONFIGURATION = """
receivers:
  kafka:
    brokers: ["{address}"]
exporters:
  debug:
    verbosity: detailed
service:
  telemetry:
    metrics:
      level: none
  pipelines:
    metrics:
      receivers: [kafka]
      exporters: [debug]
"""


def main() -> int:
    parser = argparse.ArgumentParser(prog="otel", description=__doc__)
    parser.add_argument(
        "program", type=Path, help="an OpenTelemetry Collector with the Kafka receiver"
    )
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="hognose-otel-") as folder:
        read = _read(arguments.program.resolve(), Path(folder))
    print(f"{len(read)} metrics were read: {', '.join(sorted(read))}")
    missing = EXPECTED - read
    if missing:
        print(f"expected {', '.join(sorted(missing))}, too", file=sys.stderr)
    return bool(missing)


def _read(program: Path, folder: Path) -> set[str]:
    broker = Broker(folder / "broker", {"auto.create.topics.enable": "true"})
    broker.start()
    environ = {
        "HOGNOSE_BOOTSTRAP_SERVERS": broker.address,
        "HOGNOSE_OTLP_TOPIC": "otlp_metrics",
        "HOGNOSE_OTLP_INTERVAL": "1s",
    }
    collector = Served("collector", folder, ["collector"], environ)
    configuration = folder / "otel.yaml"
    configuration.write_text(_CONFIGURATION.format(address=broker.address), encoding="utf-8")
    reader = Program("otel", folder, [str(program), "--config", str(configuration)], {})
    sender = Sender(broker.address, {}, 64 << 20)
    try:
        make_topics(broker.address, Setting())
        collector.start()
        collector.until_ready()
        reader.start()
        process = fleet.process("orders", 1, int(time.time()) * 1000 - 60_000)
        sender.tell(_samples(process), 1)
        until("all is read that is expected", lambda: _names(reader) >= EXPECTED, WITHIN)
        return _names(reader)
    except Late as late:
        raise SystemExit(f"{late}\n{reader.said[-3000:]}") from late
    finally:
        sender.end()
        for each in (reader, collector, broker):
            each.kill()


def _samples(process: fleet.Process) -> Iterator[Record]:
    """Each of the moment at which it is asked for."""
    while True:
        yield process.sample(int(time.time() * 1000), 50 << 20, 1000)


def _names(reader: Program) -> set[str]:
    return set(re.findall(r"-> Name: (\S+)", reader.said))


if __name__ == "__main__":
    sys.exit(main())
