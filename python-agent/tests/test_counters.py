"""Counts by what and where: bounded, and right from any number of threads."""

from __future__ import annotations

import threading

from hognose._counters import OTHER, Counters
from hognose._signals import Happening


def test_counts_by_name_and_site() -> None:
    """The largest come first."""
    counters = Counters()
    for _ in range(3):
        counters.add("exception/ValueError", "cart.py:17 in add")
    counters.add("exception/ValueError", "cart.py:18 in add")

    assert counters.read() == [
        {"name": "exception/ValueError", "site": "cart.py:17 in add", "total": 3},
        {"name": "exception/ValueError", "site": "cart.py:18 in add", "total": 1},
    ]


def test_a_family_has_sixteen_keys_and_leaves_room_for_others() -> None:
    """What comes after the sixteenth is counted together, and nothing is lost."""
    counters = Counters()
    for number in range(100):
        counters.add("warning/UserWarning", f"cart.py:{number}")
    counters.add("exception/ValueError", "cart.py:17")

    told = {(each["name"], each["site"]): each["total"] for each in counters.read()}
    assert len(told) == 18
    assert told[OTHER, ""] == 84
    assert told["exception/ValueError", "cart.py:17"] == 1
    assert sum(told.values()) == 101


def test_the_first_sight_is_told_a_few_at_a_time() -> None:
    """A key is news once, and a flood of keys is no flood of events."""
    counters = Counters()
    told: Happening = {"stopped": {"reason": "EXIT", "exit_code": 0}}
    for number in range(8):
        for _ in range(2):
            counters.add("exception/ValueError", f"cart.py:{number}", lambda: told)

    assert [len(counters.take()) for _ in range(3)] == [4, 4, 0]


def test_nothing_is_lost_between_threads() -> None:
    """Eight threads count at once, from the first sight of the key on."""
    counters = Counters()
    barrier = threading.Barrier(8)

    def count() -> None:
        barrier.wait()
        for _ in range(2000):
            counters.add("exception/ValueError", "cart.py:17")

    threads = [threading.Thread(target=count) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert counters.read()[0]["total"] == 16_000


def test_a_site_has_a_bounded_length() -> None:
    """A path of thousands of characters does not make the sample one of thousands."""
    counters = Counters()
    counters.add("exception/ValueError", "x" * 5000)

    assert len(counters.read()[0]["site"]) == 300
