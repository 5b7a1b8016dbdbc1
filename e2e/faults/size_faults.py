"""More of one thing than anybody has: sites, and samples of one process."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from faults import fleet
from faults.programs import until
from faults.story import Expectation, Row, Setting, Story, finish, telling
from hognose._outbox import Record

_SITES = 1_000_000
_SITES_AN_EVENT = 500
_HOT_SAMPLES = 40_000


def a_million_sites(folder: Path) -> Row:
    """Each of a million allocation sites is told once, by one service."""
    with telling(folder, Setting(seconds=120, records=_with_sites)) as story:
        until("all told", story.sender.is_through.is_set)
        recovery = story.probe()
        row = finish(story, "a million allocation sites", recovery, Expectation())
        return _still_small(story, row)


def hot(folder: Path) -> Row:
    """One process tells a hundred times as much as all the others together, each."""
    with telling(folder, Setting(seconds=60, records=_with_a_hot_one)) as story:
        until("all told", story.sender.is_through.is_set)
        return finish(story, "one hot process", story.probe(), Expectation())


def _still_small(story: Story, row: Row) -> Row:
    """The heap has 384 MB; one that had run out would have ended the streams."""
    if "OutOfMemoryError" in story.streams.said:
        row.mistakes.append("the streams ran out of memory")
    return row


def _with_sites(end_ms: int) -> Iterator[Record]:
    """Between the records of the hour; the sites' process is one that grows."""
    hour = list(fleet.hour(7, end_ms))
    begin_ms = hour[0].timestamp_ms
    many = fleet.process("many-sites", 1, begin_ms - 30_000)
    events = _SITES // _SITES_AN_EVENT
    every = (end_ms - begin_ms) // events
    told = []
    for number in range(events):
        at_ms = begin_ms + number * every
        told.append(many.sample(at_ms, (80 << 20) + (number << 18), 100_000 + number * 256))
        told.append(many.growth(at_ms + 1, _sites(number * _SITES_AN_EVENT)))
    yield from sorted([*hour, *told], key=lambda record: record.timestamp_ms)


def _sites(first: int) -> Iterator[dict[str, object]]:
    for number in range(first, first + _SITES_AN_EVENT):
        frame = {"file": f"/srv/{number % 1000}.py", "line": number, "function": f"f{number}"}
        yield {"frames": [frame], "bytes": 4096, "blocks": 4}


def _with_a_hot_one(end_ms: int) -> Iterator[Record]:
    hour = list(fleet.hour(7, end_ms))
    begin_ms = hour[0].timestamp_ms
    one = fleet.process("hot", 1, begin_ms - 30_000)
    told = []
    for number in range(_HOT_SAMPLES):
        at_ms = begin_ms + number * (end_ms - begin_ms) // _HOT_SAMPLES
        told.append(one.sample(at_ms, (80 << 20) + number * 4096, 100_000 + number))
    yield from sorted([*hour, *told], key=lambda record: record.timestamp_ms)
