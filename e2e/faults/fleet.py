"""What nine processes would tell within an hour, in the order of time; the same for the same seed."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from hognose._encode import encode
from hognose._identity import record_key
from hognose._outbox import Record

SAMPLES, EVENTS = "hognose.samples", "hognose.events"

_PROCESSES = 9
_INTERVAL_MS = 10_000
_CULPRITS = [
    {"file": "/srv/orders/views.py", "line": 41, "function": "pay"},
    {"file": "/srv/orders/mail.py", "line": 7, "function": "send"},
    {"file": "/srv/orders/report.py", "line": 99, "function": "render"},
]


def as_today(sample: dict[str, Any]) -> bytes:
    """As the agent writes it, without the process, which is the record's key."""
    return encode("Sample", {name: said for name, said in sample.items() if name != "process"})


@dataclass(slots=True)
class Process:
    """One that counts what it tells."""

    identity: dict[str, Any]
    encode_sample: Callable[[dict[str, Any]], bytes]
    sequence: int = 0

    @property
    def key(self) -> bytes:
        return record_key(self.identity)

    def sample(self, at_ms: int, rss: int, blocks: int, **more: Any) -> Record:
        figures = {"rss_bytes": rss, "uss_bytes": rss, "allocated_blocks": blocks, "threads": 2}
        loop = {"name": "MainThread", "kind": "asyncio", "tasks": 1}
        said = {"interval_ms": _INTERVAL_MS, "loops": [loop], **figures, **more}
        return self._record(SAMPLES, "Sample", at_ms, said)

    def block(self, started_ms: int, duration_ms: int, culprit: dict[str, Any]) -> Record:
        stack = {"frames": [culprit], "count": 1}
        block = {
            "id": self.sequence + 1, "started_ms": started_ms, "duration_ms": duration_ms,
            "ended": True, "loop": "MainThread", "task": "Task-1", "coroutine": "serve",
            "cause": "SYNC_SLEEP", "culprit": culprit, "stacks": [stack], "split": {},
        }  # fmt: skip
        return self._record(EVENTS, "Event", started_ms + duration_ms, {"loop_block": block})

    def growth(self, at_ms: int, sites: Iterable[dict[str, Any]]) -> Record:
        grown = {"window_ms": 2000, "predicted_pause_ms": 1, "pause_ms": 1, "sites": list(sites)}
        return self._record(EVENTS, "Event", at_ms, {"allocation_growth": grown})

    def stopped(self, at_ms: int) -> Record:
        return self._record(EVENTS, "Event", at_ms, {"stopped": {"reason": "EXIT", "exit_code": 0}})

    def _record(self, topic: str, message: str, at_ms: int, said: dict[str, Any]) -> Record:
        self.sequence += 1
        head = {"process": self.identity, "sequence": self.sequence, "at_ms": at_ms}
        fields = {**head, "version": "1.0", **said}
        value = self.encode_sample(fields) if topic == SAMPLES else encode(message, fields)
        return Record(topic, self.key, value, at_ms)


def process(
    service: str,
    number: int,
    started_ms: int,
    encode_sample: Callable[[dict[str, Any]], bytes] = as_today,
) -> Process:
    identity = {"service": service, "host": f"web-{number}", "pid": 7, "started_at_ms": started_ms}
    return Process(identity, encode_sample)


def hour(
    seed: int,
    end_ms: int,
    minutes: int = 50,
    encode_sample: Callable[[dict[str, Any]], bytes] = as_today,
    interval_ms: int = _INTERVAL_MS,
) -> Iterator[Record]:
    """Leaks, blocks and peace; the last record is just before `end_ms`."""
    chance = random.Random(seed)
    begin_ms = end_ms - minutes * 60_000
    fleet = [
        process(f"service-{n % 3}", n, begin_ms - 30_000, encode_sample) for n in range(_PROCESSES)
    ]
    for tick in range(minutes * 60_000 // interval_ms):
        for number, each in enumerate(fleet):
            at_ms = begin_ms + tick * interval_ms + number * 97
            grown = tick * 256 if number % 4 == 0 else 0
            rss = (80 << 20) + (grown << 10) + chance.randrange(4096)
            yield each.sample(at_ms, rss, 100_000 + grown, interval_ms=interval_ms)
            if chance.random() < 1 / 30:
                culprit = chance.choice(_CULPRITS)
                yield each.block(at_ms + 1, chance.randrange(200, 2700), culprit)
