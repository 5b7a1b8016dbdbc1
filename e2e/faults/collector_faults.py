"""Collectors are killed: alone, and where another is there to take over."""

from __future__ import annotations

import re
import time
from collections import Counter
from pathlib import Path

from faults.programs import Served, until
from faults.story import Expectation, Row, Setting, finish, telling

_SHOWN = re.compile(r'^process_resident_memory_bytes\{host="([^"]+)"', re.MULTILINE)


def killed(folder: Path) -> Row:
    """A collector is killed; the next one shows what the topics hold."""
    with telling(folder, Setting()) as story:
        collector = story.collector("collector")
        try:
            collector.start()
            collector.until_ready()
            story.after(0.5)
            collector.kill()
            collector.start()
            recovery = collector.until_ready()
            story.probe()
            until(
                "the collector shows the alert",
                lambda: "probe-1" in collector.get("/api/v1/alerts"),
            )
            return finish(story, "collector killed", recovery, Expectation())
        finally:
            collector.kill()


def one_of_two_killed(folder: Path) -> Row:
    """`kill -9` of one of two: what it showed is shown by nobody for a while, and never by both."""
    with telling(folder, Setting(seconds=60)) as story:
        first, second = story.collector("first"), story.collector("second")
        try:
            first.start()
            first.until_ready()
            second.start()
            second.until_ready()
            everybody = set(_shown(first, second))
            until("both show some", lambda: _shown(first) and _shown(second))
            second.kill()
            gap = _gap(first, everybody, story.notes)
            fault = f"one of two collectors, gap {gap:.1f} s"
            return finish(story, fault, gap, Expectation())
        finally:
            first.kill()
            second.kill()


def _gap(left: Served, everybody: set[str], notes: list[str], watched: float = 5.0) -> float:
    """How many seconds until the one that is left shows all; it must go on doing so."""
    gap = until("all are shown again", lambda: set(_shown(left)) >= everybody)
    deadline = time.monotonic() + watched
    while time.monotonic() < deadline:
        shown = _shown(left)
        if not set(shown) >= everybody or max(shown.values()) > 1:
            notes.append(f"after the takeover {dict(shown)} are shown, expected each once")
            break
        time.sleep(0.2)
    return gap


def _shown(*collectors: Served) -> Counter[str]:
    """How often each process is shown."""
    return Counter(host for each in collectors for host in _SHOWN.findall(each.get("/metrics")))
