"""Planted blocks of an event loop: which are found, with the right cause and duration."""

from __future__ import annotations

import json
import statistics
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from capture import records
from rows import NO_BAR, Bar, Row
from running import running
from sinks import web

_CAUSES = {
    "sleep": {"SYNC_SLEEP"},
    "socket read": {"SYNC_IO"},
    "requests": {"SYNC_IO"},
    "subprocess": {"SUBPROCESS"},
    "lock": {"LOCK"},
    "pure Python": {"CPU"},
    # It computes while it keeps the GIL.
    "C call": {"CPU", "GIL"},
    "GC pause": {"GC"},
    "starved": {"STARVED"},
}

# The shortest block is half of what is told by default.
_SETTINGS = {"HOGNOSE_SERVICE": "bench", "HOGNOSE_BLOCK_THRESHOLD": "40ms"}

_SHORTEST = 0.045

# Memory for a longer pause of the collector is not everywhere.
_LONGEST_PAUSE = 0.5


@dataclass(frozen=True, slots=True)
class _Planted:
    loop: str
    kind: str
    seconds: float
    found: dict[str, Any] | None

    @property
    def is_cause_right(self) -> bool:
        return self.found is not None and str(self.found.get("cause")) in _CAUSES[self.kind]

    @property
    def is_duration_right(self) -> bool:
        if self.found is None:
            return False
        off: float = abs(int(self.found["duration_ms"]) / 1000 - self.seconds)
        return off <= max(0.02, 0.1 * self.seconds)

    def __str__(self) -> str:
        told = self.found and (self.found.get("cause"), self.found["duration_ms"])
        return f"{self.loop} {self.kind} {1000 * self.seconds:.0f} ms: {told}"


def blocking(durations: Sequence[float]) -> Iterator[Row]:
    """Each kind with each duration, on asyncio and on uvloop."""
    planted = [each for loop in ("asyncio", "uvloop") for each in _planted(loop, durations)]
    for what, right, bar in (
        ("found", [each.found is not None for each in planted], Bar(at_least=99)),
        ("cause right", [each.is_cause_right for each in planted], Bar(at_least=95)),
        ("duration within 10 % or 20 ms", [each.is_duration_right for each in planted], NO_BAR),
    ):
        share = 100 * statistics.mean(right)
        wrong = [str(each) for each, fine in zip(planted, right, strict=True) if not fine]
        note = f"of {len(planted)}" + (f"; not: {'; '.join(wrong[:6])}" if wrong else "")
        yield Row(f"blocks: {what}", "%", [share], bar, note)


def _planted(loop: str, durations: Sequence[float]) -> list[_Planted]:
    plan = [
        (kind, seconds)
        for kind in _CAUSES
        for seconds in durations
        if kind != "GC pause" or seconds <= _LONGEST_PAUSE
    ]
    with tempfile.TemporaryDirectory() as folder, web() as url:
        capture = Path(folder) / "blocks.capture"
        settings = {**_SETTINGS, "HOGNOSE_SINK": f"file:{capture}"}
        with running(["block.py", loop, url, json.dumps(plan)], settings) as program:
            done = list(iter(program.line, {}))
            program.process.wait(30)
        blocks = [each["loop_block"] for each in records(capture) if "loop_block" in each]
    ended = [block for block in blocks if block.get("ended")]
    return [
        _Planted(loop, each["kind"], each["seconds"], _match(each, ended))
        for each in done
        # What is made of work may turn out shorter than it was meant to be.
        if each["seconds"] >= _SHORTEST
    ]


def _match(planted: dict[str, Any], blocks: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The longest block that began at most a beat before or after."""
    near = [b for b in blocks if abs(b["started_ms"] / 1000 - planted["at"]) < 0.35]
    return max(near, key=lambda block: int(block["duration_ms"]), default=None)
