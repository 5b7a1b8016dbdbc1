"""Types whose objects become more from scan to scan."""

from __future__ import annotations

import gc
import sys
from typing import Any

import pytest

from hognose._budget import Budget
from hognose._happenings import Retention
from hognose.probes.retention.types import Types


class Ticket:
    pass


def scans(types: Types, heap: list[Any], new: int, count: int = 8) -> list[Retention]:
    """So many scans, before each of which new objects have come."""
    told: list[Retention] = []
    for _ in range(count):
        heap += [Ticket() for _ in range(new)]
        told += types.scan()
    return told


def test_a_type_that_keeps_growing_is_told() -> None:
    """By module and name, once in a while; what stays as it is is not."""
    heap: list[Any] = []
    minutes = iter(range(0, 6000, 60))
    types = Types(
        Budget(share=1000.0),
        clock=lambda: float(next(minutes)),
        is_sharing=lambda: False,
        objects=lambda: [*heap, *map(str, range(500))],
    )

    (told,) = scans(types, heap, 250)

    assert told["name"] == f"{__name__}.Ticket"
    assert told["kind"] == "TYPE"
    assert told["growth_per_hour"] == pytest.approx(15_000)
    assert scans(types, heap, 0, 30) == []


def test_nothing_is_held_when_another_thread_may_run() -> None:
    """What the service lets go of then dies on its own thread, with its locks and handlers."""
    ticket = Ticket()
    held: list[int] = []

    def cpu_clock() -> float:
        held.append(sys.getrefcount(ticket))
        return 0.0

    Types(Budget(pause=60.0), cpu_clock=cpu_clock, is_sharing=lambda: False).scan()

    assert len(held) == 3
    assert set(held) == {sys.getrefcount(ticket)}


def test_a_scan_that_would_pause_for_too_long_is_left_out() -> None:
    """And counted; nothing is listed for it."""
    asked: list[int] = []

    def objects() -> list[Any]:
        asked.append(1)
        return []

    types = Types(Budget(pause=0.0), is_sharing=lambda: False, objects=objects)

    assert types.scan() == []
    assert types.skipped == {"types: pause": 1}
    assert asked == []


def test_no_scan_while_pages_are_shared_unless_they_are_frozen() -> None:
    """Frozen objects are not listed, so that nothing shared is touched."""
    budget = Budget()
    types = Types(budget, is_sharing=lambda: True, objects=lambda: [Ticket()] * 3)

    types.scan()
    assert types.skipped == {"types: shared pages": 1}
    many = [[each] for each in range(5000)]
    gc.freeze()
    try:
        types.scan()
    finally:
        gc.unfreeze()
        del many
    assert types.skipped == {"types: shared pages": 1}
    assert budget.longest_pause > 0
