"""Whoever scrapes the collector does so without end, or never."""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from soak.watched import Heap

from faults import fleet
from faults.collector_faults import now_ms, until_shown
from faults.programs import Served, until
from faults.story import Expectation, Row, Setting, Story, finish, telling
from hognose._identity import record_key

_WATCHED = 100
_ROUNDS = 200
# What was kept of each sample for a scrape that never comes would be more: a hundred bytes of each.
_ROOM = _WATCHED * _ROUNDS * 100


def without_end(folder: Path, per_second: int = 100) -> Row:
    """A hundred scrapes a second while records come; the same collector was never scraped before."""
    with telling(folder, Setting()) as story, story.collecting() as collector:
        story.after(0.5)
        answered = _scrape(collector, per_second, seconds=10)
        if answered == 0:
            story.notes.append("no scrape was answered")
        recovery = story.probe()
        until_shown(collector)
        name = f"{answered} scrapes in 10 s"
        return finish(story, name, recovery, Expectation())


def never(folder: Path) -> Row:
    """Nobody asks for the figures: the latest are held, and nothing piles up for whoever might."""
    with telling(folder, Setting()) as story, story.collecting() as collector:
        began_ms = now_ms() - 60_000
        watched = [fleet.process("unscraped", number, began_ms) for number in range(_WATCHED)]
        heap = Heap("collector", collector.process.pid)
        for _ in range(2):
            _tell(story, collector, watched)
            heap.look()
        (_, before), (_, after) = heap.looks
        if after > before + _ROOM:
            story.notes.append(f"the heap had {before} bytes, then {after}, and nobody asked")
        for each in watched:
            story.sender.tell_now(each.stopped(now_ms()))
        recovery = story.probe()
        until_shown(collector)
        name = f"never scraped, {after / 1e6 - before / 1e6:+.1f} MB of heap"
        return finish(story, name, recovery, Expectation())


def _tell(story: Story, collector: Served, watched: list[fleet.Process]) -> None:
    """So many samples of each, of now: who died long ago would not be held. Until all are read."""
    for _ in range(_ROUNDS):
        for each in watched:
            story.sender.tell_now(each.sample(now_ms(), 50 << 20, 1000))
    latest = {each.key: each.sequence for each in watched}
    until("all samples read", lambda: _held(collector) == latest)


def _held(collector: Served) -> dict[bytes, int]:
    """The number of each process's latest sample, asked for without a scrape."""
    answer = json.loads(collector.get("/api/v1/processes?service=unscraped") or "{}")
    return {record_key(each["process"]): each["sequence"] for each in answer.get("processes", [])}


def _scrape(collector: Served, per_second: int, seconds: int) -> int:
    """As many as are answered, of those that were begun at that pace."""
    with ThreadPoolExecutor(max_workers=16) as pool:
        asked = []
        for _ in range(per_second * seconds):
            asked.append(pool.submit(collector.get, "/metrics"))
            time.sleep(1 / per_second)
        return sum(1 for each in asked if each.result())
