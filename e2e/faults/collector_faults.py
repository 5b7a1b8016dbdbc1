"""Collectors are killed, alone and where another is there to take over, and one has another's name."""

from __future__ import annotations

import heapq
import re
import time
from collections import Counter
from collections.abc import Iterable
from operator import attrgetter
from pathlib import Path

from faults import fleet
from faults.programs import Served, until
from faults.story import Expectation, Row, Setting, Story, finish, telling, the_hour
from hognose._outbox import Record

_WATCHED = 9
_BEATS_AFTER = 25
_LARGE = 10_000
_SHOWN = re.compile(
    r'^process_resident_memory_bytes\{host="([^"]+)",pid="7",service="watched"', re.MULTILINE
)


def killed(folder: Path) -> Row:
    """A collector is killed; the next one shows what the topics hold."""
    with telling(folder, Setting()) as story, story.collecting() as collector:
        story.after(0.5)
        collector.kill()
        collector.start()
        recovery = collector.until_ready()
        story.probe()
        until_shown(collector)
        return finish(story, "collector killed", recovery, Expectation())


def killed_with_a_large_fleet(folder: Path) -> Row:
    """A collector is killed; the next at its place shows ten thousand processes."""
    with telling(folder, Setting()) as story, story.collecting() as collector:
        large = _large_fleet(story)
        until("all processes shown", lambda: _live(collector) == _LARGE)
        collector.kill()
        collector.start()
        recovery = collector.until_ready()
        shown = _live(collector)
        if shown != _LARGE:
            story.notes.append(f"{shown:.0f} processes are shown, expected {_LARGE}")
        for each in large:
            story.sender.tell_now(each.stopped(now_ms()))
        story.probe()
        title = f"collector of {_LARGE} processes killed"
        return finish(story, title, recovery, Expectation())


def one_of_two_killed(folder: Path) -> Row:
    """`kill -9` of one of two: what it showed is shown by nobody for a while, and never by both."""
    watched = [fleet.process("watched", number, now_ms() - 3_600_000) for number in range(_WATCHED)]
    # Beside the hour, and slowly: whoever speaks between two looks only would fall silent in it.
    setting = Setting(seconds=40, records=lambda end_ms: _with_hour(watched, end_ms))
    with (
        telling(folder, setting) as story,
        story.collecting("first") as first,
        story.collecting("second") as second,
    ):
        until("each shows some", lambda: _are_shared(first, second))
        second.kill()
        gap = _gap(story, first)
        until("all told", story.sender.is_through.is_set)
        for each in watched:
            story.sender.tell_now(each.stopped(story.sender.now_ms + 1))
        return finish(story, f"one of two collectors, gap {gap:.1f} s", gap, Expectation())


def of_one_name(folder: Path) -> Row:
    """Two collectors have one name: the first ends and says so, the second shows everything."""
    name = {"HOGNOSE_KAFKA_GROUP_INSTANCE_ID": "collector-0"}
    with telling(folder, Setting()) as story, story.collecting("first", **name) as first:
        story.after(0.5)
        with story.collecting("second", **name) as second:
            story.notes.extend(said_that_the_name_is_taken(first, "collector-0"))
            recovery = story.probe()
            until_shown(second)
            return finish(story, "two collectors of one name", recovery, Expectation())


def said_that_the_name_is_taken(program: Served, name: str) -> list[str]:
    """Wait for its end; what is wrong with how it ended."""
    code = program.until_ended()
    wrong = [] if code == 1 else [f"{program.name} ended with {code}, expected 1"]
    sentence = f"another instance of the group has the name {name} now"
    if sentence not in program.said or "HOGNOSE_KAFKA_GROUP_INSTANCE_ID" not in program.said:
        wrong.append(f"{program.name} did not say: {sentence}")
    return wrong


def _large_fleet(story: Story) -> list[fleet.Process]:
    """Each has told one sample, now; who died long ago would not be shown."""
    began_ms = now_ms() - 60_000
    large = [fleet.process(f"large-{n % 20}", n, began_ms) for n in range(_LARGE)]
    for each in large:
        story.sender.tell_now(each.sample(now_ms(), 50 << 20, 1000))
    return large


def _live(collector: Served) -> float:
    return collector.counted("hognose_processes{", 'service="large-')


def now_ms() -> int:
    return int(time.time() * 1000)


def until_shown(collector: Served) -> None:
    until(
        "the collector shows the alert of the probe",
        lambda: "probe-1" in collector.get("/api/v1/alerts"),
    )


def _with_hour(watched: list[fleet.Process], end_ms: int) -> Iterable[Record]:
    moments = range(end_ms - 50 * 60_000, end_ms, 10_000)
    samples = (each.sample(at_ms, 50 << 20, 1000) for at_ms in moments for each in watched)
    return heapq.merge(the_hour(end_ms), samples, key=attrgetter("timestamp_ms"))


def _are_shared(first: Served, second: Served) -> bool:
    return bool(_shown(first) and _shown(second) and len(_shown(first, second)) == _WATCHED)


def _gap(story: Story, left: Served) -> float:
    """How many seconds until the one that is left shows all; it must go on doing so."""

    gap = until("all are shown again", lambda: len(_shown(left)) == _WATCHED)
    for _ in range(_BEATS_AFTER):
        shown = _shown(left)
        if len(shown) != _WATCHED or max(shown.values()) > 1:
            story.notes.append(f"after the takeover {dict(shown)} are shown, expected each once")
            break
        time.sleep(0.2)
    return gap


def _shown(*collectors: Served) -> Counter[str]:
    """How often each process that is watched is shown."""
    return Counter(host for each in collectors for host in _SHOWN.findall(each.get("/metrics")))
