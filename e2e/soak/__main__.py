"""
Run all of it under a steady load; print what each process took, and what became of the records.

Ends with 1 when something grows by our own detector's judgement, or a record is lost.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from confluent_kafka import TopicPartition
from confluent_kafka.admin import (
    AdminClient,
    AlterConfigOpType,
    ConfigEntry,
    ConfigResource,
    OffsetSpec,
)
from faults.programs import Broker, Program, Served, jar, tool, until
from progress import Progress

from soak.watched import Heap, Watched

_SAMPLES = "hognose.samples"
_SCRAPE_EVERY = 15.0
# What lives is known after a full collection only, which takes a moment of the program's time.
_HEAP_LOOKS = 180
# As a server runs, but for memory that is taken at once: what the process takes besides is then seen.
_JAVA = ("-Xms2g", "-Xmx2g", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC")
_KEPT = {"retention.bytes": str(256 << 20), "segment.bytes": str(32 << 20)}

# One real process with the agent in it, which has little to do.
_SERVICE = (
    "import asyncio\nasync def work():\n while True: await asyncio.sleep(0.01)\nasyncio.run(work())"
)


@dataclass(frozen=True, slots=True)
class Counted:
    """Where records went; the agent's own are on top of what the load sent."""

    acknowledged: int
    refused: int
    stored: int
    judged: int
    shown: int
    letters: int

    @property
    def mistakes(self) -> list[str]:
        wrong = []
        if self.refused:
            wrong.append(f"{self.refused} samples were refused by the broker")
        if self.stored < self.acknowledged:
            wrong.append(f"{self.acknowledged} samples acknowledged, {self.stored} stored")
        if self.judged != self.stored:
            wrong.append(f"{self.stored} samples stored, {self.judged} judged")
        if self.shown != self.stored:
            wrong.append(f"{self.stored} samples stored, the collector read {self.shown}")
        if self.letters:
            wrong.append(f"{self.letters} dead letters, expected none")
        return wrong

    def __str__(self) -> str:
        return (
            f"samples acknowledged={self.acknowledged} refused={self.refused}"
            f" stored={self.stored} judged={self.judged} read by the collector={self.shown}"
            f" dead letters={self.letters}"
        )


def main() -> int:
    parser = argparse.ArgumentParser(prog="./hognose test --soak", description=__doc__)
    parser.add_argument("minutes", type=float, nargs="?", default=30.0)
    parser.add_argument("--rate", type=int, default=10_000, help="samples a second")
    arguments = parser.parse_args()
    print(f"{arguments.minutes:g} minutes, {arguments.rate} samples a second", flush=True)
    print(f"load {os.getloadavg()[0]:.1f}", flush=True)
    with tempfile.TemporaryDirectory(prefix="hognose-soak-") as name:
        mistakes = _soak(Path(name), arguments.rate, round(arguments.minutes * 60))
    for mistake in mistakes:
        print(f"    {mistake}")
    print(f"load {os.getloadavg()[0]:.1f}; {'not ' if mistakes else ''}flat and whole", flush=True)
    return 1 if mistakes else 0


def _soak(folder: Path, rate: int, seconds: int) -> list[str]:
    with _running(folder) as (broker, streams, collector, agent):
        load = _load(folder, broker.address, rate, seconds)
        watched = [
            Watched(each.name, each.process.pid) for each in (broker, streams, collector, agent)
        ]
        heaps = [Heap(each.name, each.process.pid) for each in (streams, collector)]
        next_scrape = next_heap = began = time.monotonic()
        progress = Progress(sys.stderr)
        while load.is_running:
            for each in watched:
                each.look()
            progress.tell(lambda: _so_far(began, seconds, streams, watched))
            if time.monotonic() >= next_scrape:
                collector.get("/metrics")
                next_scrape += _SCRAPE_EVERY
            if time.monotonic() >= next_heap:
                for heap in heaps:
                    heap.look()
                next_heap += seconds / _HEAP_LOOKS
            time.sleep(min(1.0, seconds / 600))
        progress.make_room()
        agent.stop()
        counted = _counted(load, broker, streams, collector)
        judged = [each.judged(folder) for each in (*watched, *heaps)]
    for line in (*judged, counted):
        print(line, flush=True)
    return [mistake for each in (*judged, counted) for mistake in each.mistakes]


def _so_far(began: float, seconds: int, streams: Served, watched: list[Watched]) -> str:
    minutes = (time.monotonic() - began) / 60
    judged = streams.counted("hognose_streams_records_total", 'outcome="applied"')
    memory = ", ".join(f"{each.name} {each.looks[-1].memory >> 20} MiB" for each in watched)
    return f"{minutes:.0f} of {seconds / 60:g} minutes: {judged:.0f} records judged, {memory}"


@contextmanager
def _running(folder: Path) -> Iterator[tuple[Broker, Served, Served, Program]]:
    broker = Broker(folder / "broker", {})
    broker.start()
    environ = {"HOGNOSE_BOOTSTRAP_SERVERS": broker.address}
    state = {"HOGNOSE_STATE_DIR": str(folder / "state")}
    streams = Served("streams", folder, ["streams"], {**environ, **state}, java=_JAVA)
    collector = Served("collector", folder, ["collector"], environ, java=_JAVA)
    run = str(Path(sys.executable).parent / "hognose-run")
    settings = {**environ, "HOGNOSE_SERVICE": "soaked", "HOGNOSE_INTERVAL": "1s"}
    agent = Program("agent", folder, [run, sys.executable, "-c", _SERVICE], settings)
    try:
        _make_topics(environ, broker.address)
        for each in (streams, collector):
            each.start()
            each.until_ready()
        agent.start()
        yield broker, streams, collector, agent
    finally:
        for each in (agent, collector, streams, broker):
            each.kill()


def _make_topics(environ: dict[str, str], address: str) -> None:
    made = tool(environ, "topics", "--create", "--partitions", "4", "--replication", "1")
    if made.returncode != 0:
        raise RuntimeError(made.stderr)
    # What was read may go: half an hour of a fleet would fill a small disk.
    kept = [
        ConfigEntry(name, value, incremental_operation=AlterConfigOpType.SET)
        for name, value in _KEPT.items()
    ]
    resource = ConfigResource(ConfigResource.Type.TOPIC, _SAMPLES, incremental_configs=kept)
    admin = AdminClient({"bootstrap.servers": address})
    for altered in admin.incremental_alter_configs([resource]).values():
        altered.result(30)


def _load(folder: Path, address: str, rate: int, seconds: int) -> Program:
    source = str(Path(__file__).with_name("SoakLoad.java"))
    options = ["-Xmx512m", "-XX:+UseSerialGC", "-cp", str(jar())]
    load = Program("load", folder, ["java", *options, source, address, str(rate), str(seconds)], {})
    load.start()
    return load


def _counted(load: Program, broker: Broker, streams: Served, collector: Served) -> Counted:
    assert load.process.stdout is not None
    said = re.search(r"acknowledged (\d+) refused (\d+)", load.process.stdout.read())
    if said is None:
        raise RuntimeError(f"the load ended without a word: {load.said}")
    stored = _stored(broker.address, _SAMPLES)

    def judged() -> int:
        of = 'topic="hognose.samples"'
        return round(streams.counted("hognose_streams_records_total", 'outcome="applied"', of))

    def shown() -> int:
        of = 'topic="hognose.samples"'
        return round(collector.counted("hognose_collector_records_total", 'outcome="applied"', of))

    until("all judged and shown", lambda: judged() >= stored and shown() >= stored, within=900)
    letters = _stored(broker.address, "hognose.dead-letters")
    return Counted(int(said[1]), int(said[2]), stored, judged(), shown(), letters)


def _stored(address: str, topic: str) -> int:
    """Ends of all partitions: nothing of this topic is in transactions, and nobody writes now."""
    admin = AdminClient({"bootstrap.servers": address})
    places = [
        TopicPartition(topic, number)
        for number in admin.list_topics(topic, timeout=30).topics[topic].partitions
    ]
    ends = admin.list_offsets({place: OffsetSpec.latest() for place in places})
    return sum(end.result(30).offset for end in ends.values())


if __name__ == "__main__":
    try:
        sys.exit(main())
    except subprocess.TimeoutExpired as late:
        sys.exit(f"soak: {late}")
