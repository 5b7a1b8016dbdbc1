"""
How long it takes from a loop block to the alert that people can read.

    ./hognose bench loop-latency [--blocks N] [--rate SAMPLES_A_SECOND] [--short] [--json]

A broker, the streams, and a few asyncio processes with the agent in them, each of which blocks its
loop for 1.5 s again and again, in another function each time. Two moments are measured by a reader
of committed records of `hognose.alerts`: the alert that is told while the block lasts, from its
1 s mark, and the one that tells its end, from that end. Meanwhile samples of other processes come
at the rate, at times that were fixed before: a sample that is late does not make the next one late.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from pathlib import Path
from typing import Any

from confluent_kafka import OFFSET_BEGINNING, Consumer, Producer, TopicPartition

from hognose._encode import encode

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).resolve().parents[2] / "e2e")]

from ports import free_port  # noqa: E402
from rows import Row, tell  # noqa: E402

BLOCK = 1.5
MARK = 1.0
PAUSE = 1.0
BLOCKERS = 3
PATIENCE = 60.0

# The program compiles itself while it runs, and nobody starts a fleet and its streams at once.
WARM_UP = 15.0

# Samples come from so many processes, as in a fleet whose agents send one a second.

BLOCKER = """
import asyncio, json, sys, time
import hognose, blocks

async def main(number, count):
    await asyncio.sleep(3 + number)
    for i in range(count):
        await asyncio.sleep(float(sys.argv[4]))
        begun = time.time()
        getattr(blocks, f"block_{number}_{i}")()
        print(json.dumps([f"block_{number}_{i}", begun, time.time()]), flush=True)
    await asyncio.sleep(3)

hognose.start(service="bench-loops", bootstrap_servers=sys.argv[1])
asyncio.run(main(int(sys.argv[2]), int(sys.argv[3])))
"""


def clean_environment() -> dict[str, str]:
    """Without settings of Hognose: the program refuses those that it does not know."""
    return {k: v for k, v in os.environ.items() if not k.startswith("HOGNOSE_")}


def java(*arguments: str, **options: Any) -> subprocess.Popen[str]:
    """A command of the built program."""
    command = ["java", "-XX:+UseSerialGC", "-XX:-UsePerfData", *arguments]
    options.setdefault("env", clean_environment())
    return subprocess.Popen(command, text=True, **options)


def is_ready(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


class Pipeline:
    """A broker and the streams, ended with the block."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._jar = os.environ["HOGNOSE_JAR"]
        self._started: list[subprocess.Popen[str]] = []
        self.servers = ""

    def __enter__(self) -> Pipeline:
        try:
            self._start()
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def _start(self) -> None:
        log = (self._folder / "broker.log").open("w")
        broker = java(
            f"-Djava.io.tmpdir={self._folder}",
            "-Xmx384m",
            "-cp",
            self._jar,
            "dev.hognose.app.broker.BrokerMain",
            str(self._folder),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
        )
        self._started.append(broker)
        said = broker.stdout.readline().split() if broker.stdout else []
        if not said or said[0] != "ready":
            raise SystemExit(f"the broker did not start: {' '.join(said)}")
        self.servers = said[1]
        create = ["topics", "--create", "--partitions", "4", "--bootstrap-servers", self.servers]
        java("-jar", self._jar, *create, stdout=subprocess.DEVNULL).wait(PATIENCE)
        self._start_streams()

    def _start_streams(self) -> None:
        port = free_port()
        log = (self._folder / "streams.log").open("w+")
        environment = clean_environment() | {
            "HOGNOSE_BOOTSTRAP_SERVERS": self.servers,
            "HOGNOSE_HTTP_PORT": str(port),
            "HOGNOSE_STATE_DIR": str(self._folder / "state"),
        }
        streams = java("-Xmx1g", "-jar", self._jar, "streams", env=environment, stderr=log)
        self._started.append(streams)
        deadline = time.monotonic() + PATIENCE
        while not is_ready(port):
            if streams.poll() is not None or time.monotonic() > deadline:
                raise SystemExit(f"the streams are not ready: {Path(log.name).read_text()[-2000:]}")
            time.sleep(0.2)

    def _end(self) -> None:
        for process in reversed(self._started):
            process.kill()
            process.wait()


class Load(threading.Thread):
    """Samples of so many healthy processes, one a second each, evenly over the second."""

    def __init__(self, servers: str, processes: int) -> None:
        super().__init__(name="load", daemon=True)
        self._producer = Producer(
            {
                "bootstrap.servers": servers,
                "partitioner": "murmur2_random",
                "compression.type": "lz4",
                "linger.ms": 100,
            }
        )
        self._processes = [self._process(pid) for pid in range(1, processes + 1)]
        self._ending = threading.Event()
        self.sent = 0
        self.seconds = 0.0
        self.latest = 0.0

    @staticmethod
    def _process(pid: int) -> tuple[bytes, bytes]:
        process = {
            "service": f"load-{pid % 50}",
            "host": "bench",
            "pid": pid,
            "started_at_ms": 1_767_225_600_000,
        }
        histogram = {"counts": [0, 500, 20, 3], "sum_seconds": 0.5}
        sample = {
            "interval_ms": 1000,
            "rss_bytes": 100 << 20,
            "uss_bytes": 90 << 20,
            "allocated_blocks": 900_000,
            "threads": 5,
            "loops": [
                {"name": "MainThread", "kind": "asyncio", "lag_seconds": histogram, "tasks": 9}
            ],
            "gil_wait_seconds": histogram,
        }
        key = f"{process['service']}/bench/{pid}/{process['started_at_ms']}"
        return key.encode(), encode("Sample", sample)

    def run(self) -> None:
        """Each tick sends what is due by then; what is due does not wait for what was sent."""
        begun = time.monotonic()
        while not self._ending.is_set():
            due = int((time.monotonic() - begun) * len(self._processes))
            while self.sent < due:
                self._send(self.sent)
                self.sent += 1
            self._producer.poll(0)
            late = (time.monotonic() - begun) - self.sent / len(self._processes)
            self.latest = max(self.latest, late)
            time.sleep(0.01)
        self.seconds = time.monotonic() - begun
        self._producer.flush(10)

    def _send(self, number: int) -> None:
        key, sample = self._processes[number % len(self._processes)]
        now = time.time_ns() // 1_000_000
        # Of a field that is there twice the last one counts: sequence and at_ms need no encoder.
        fresh = encode("Sample", {"sequence": number // len(self._processes) + 1, "at_ms": now})
        self._producer.produce("hognose.samples", key=key, value=sample + fresh, timestamp=now)

    def end(self) -> None:
        self._ending.set()
        self.join()


class Alerts(threading.Thread):
    """When each block was first told to last, and first told to have ended."""

    def __init__(self, servers: str) -> None:
        super().__init__(name="alerts", daemon=True)
        self._consumer = Consumer(
            {
                "bootstrap.servers": servers,
                "group.id": "bench",
                "isolation.level": "read_committed",
                "fetch.wait.max.ms": 10,
            }
        )
        partitions = (
            self._consumer.list_topics("hognose.alerts").topics["hognose.alerts"].partitions
        )
        self._consumer.assign(
            [TopicPartition("hognose.alerts", each, OFFSET_BEGINNING) for each in partitions]
        )
        self._ending = threading.Event()
        self.read = 0
        self.lasting: dict[str, float] = {}
        self.ended: dict[str, float] = {}

    def run(self) -> None:
        while not self._ending.is_set():
            record = self._consumer.poll(0.1)
            value = record.value() if record is not None and not record.error() else None
            block = re.search(rb"block_\d+_\d+", value or b"")
            self.read += value is not None
            if value and block:
                told = self.lasting if b" so far" in value else self.ended
                told.setdefault(block[0].decode(), time.time())
        self._consumer.close()

    def wait_for(self, blocks: set[str]) -> None:
        """Until the end of each is told, or for as long as is worth it; the load goes on."""
        deadline = time.monotonic() + PATIENCE
        while blocks - self.ended.keys() and time.monotonic() < deadline:
            time.sleep(0.2)

    def end(self) -> None:
        self._ending.set()
        self.join()


def blockers(folder: Path, servers: str, blocks: int) -> dict[str, tuple[float, float]]:
    """When each block began and ended, by its function, once all have."""
    each = -(-blocks // BLOCKERS)
    functions = [f"block_{number}_{i}" for number in range(BLOCKERS) for i in range(each)]
    lines = [f"def {name}():\n    time.sleep({BLOCK})\n" for name in functions]
    (folder / "blocks.py").write_text("import time\n" + "".join(lines))
    (folder / "blocker.py").write_text(BLOCKER)
    running = [
        subprocess.Popen(
            [sys.executable, "blocker.py", servers, str(number), str(each), str(PAUSE)],
            cwd=folder,
            env=clean_environment(),
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(BLOCKERS)
    ]
    spans = {}
    for process in running:
        out, _ = process.communicate(timeout=PATIENCE + each * 3 * (BLOCK + PAUSE))
        for line in out.splitlines():
            name, begun, ended = json.loads(line)
            spans[name] = (begun, ended)
    return spans


def quantiles(seconds: list[float]) -> dict[str, float]:
    """Of the sorted latencies; the 99th of fewer than a hundred is the largest."""
    ordered = sorted(seconds)
    if not ordered:
        return {"n": 0}
    return {
        "n": len(ordered),
        "p50": ordered[len(ordered) // 2],
        "p99": ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))],
        "max": ordered[-1],
    }


def measured(blocks: int, rate: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as name, Pipeline(Path(name)) as pipeline:
        load, alerts = Load(pipeline.servers, rate), Alerts(pipeline.servers)
        load.start()
        alerts.start()
        time.sleep(WARM_UP)
        spans = blockers(Path(name), pipeline.servers, blocks)
        alerts.wait_for(set(spans))
        load.end()
        alerts.end()
    return {
        "samples a second": load.sent / load.seconds,
        "latest sample, s": load.latest,
        "blocks": len(spans),
        "from the 1 s mark": quantiles(
            [
                alerts.lasting[f] - begun - MARK
                for f, (begun, _) in spans.items()
                if f in alerts.lasting
            ]
        ),
        "from the end": quantiles(
            [alerts.ended[f] - ended for f, (_, ended) in spans.items() if f in alerts.ended]
        ),
        "alerts": alerts.read,
        "not told by their function": sum(f not in alerts.ended for f in spans),
    }


def rows(told: dict[str, Any]) -> list[Row]:
    """Both moments, and what else a reader needs to believe them."""
    found = []
    for moment in ("from the 1 s mark", "from the end"):
        for quantile in ("p50", "p99", "max"):
            bar = 1.0 if quantile == "p99" else None
            if quantile in told[moment]:
                seconds = told[moment][quantile]
                found.append(Row(f"block to alert {moment}, {quantile}", seconds, "s", at_most=bar))
        wanted = told["blocks"]
        found.append(Row(f"blocks told {moment}", told[moment]["n"], "", at_least=wanted))
    return [
        *found,
        Row("samples a second meanwhile", told["samples a second"], "1/s"),
        Row("latest sample was sent after it was due", told["latest sample, s"], "s"),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="./hognose bench loop-latency", description="From a loop block to the alert."
    )
    parser.add_argument("--blocks", type=int, default=150)
    parser.add_argument("--rate", type=int, default=5000, help="samples a second")
    parser.add_argument("--json", action="store_true", help="a list of rows instead of a table")
    parser.add_argument("--short", action="store_true", help="30 blocks")
    options = parser.parse_args()
    if options.short:
        options.blocks = 30
    tell(rows(measured(options.blocks, options.rate)), options.json)


if __name__ == "__main__":
    main()
