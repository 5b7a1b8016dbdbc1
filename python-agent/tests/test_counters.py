"""Counts by what and where: bounded, and right from any number of threads."""

from __future__ import annotations

import random
import threading

from hognose._counters import OTHER, Counters
from hognose._happenings import Happening


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


def totals(counters: Counters) -> dict[tuple[str, str], int]:
    return {(each["name"], each["site"]): each["total"] for each in counters.read()}


def add(counters: Counters, site: int, times: int) -> None:
    for _ in range(times):
        counters.add("warning/UserWarning", f"cart.py:{site}")


def test_a_family_has_sixteen_keys_and_leaves_room_for_others() -> None:
    """What comes after the sixteenth is counted together, and nothing is lost."""
    counters = Counters()
    for number in range(1000):
        add(counters, number, 1)
    counters.add("exception/ValueError", "cart.py:17")

    told = totals(counters)
    assert len(told) == 18
    assert told[OTHER, ""] == 984
    assert told["exception/ValueError", "cart.py:17"] == 1
    assert sum(told.values()) == 1001


def test_the_largest_are_told_not_the_first() -> None:
    """Whatever came first, and as soon as it is clear which are larger."""
    counters = Counters()
    for number in range(60):
        add(counters, number, 1 + number)

    told = totals(counters)

    assert set(told) == {(OTHER, "")} | {
        ("warning/UserWarning", f"cart.py:{number}") for number in range(44, 60)
    }


def test_a_key_that_becomes_large_takes_the_place_of_the_smallest() -> None:
    """From then on, so that no total ever falls and no rate shows a burst."""
    counters = Counters()
    for number in range(16):
        add(counters, number, 10 + number)
    counters.read()
    add(counters, 99, 20)
    assert totals(counters)[OTHER, ""] == 20
    add(counters, 99, 1)
    assert totals(counters)["warning/UserWarning", "cart.py:99"] == 0
    add(counters, 99, 5)

    told = totals(counters)
    assert ("warning/UserWarning", "cart.py:0") not in told
    assert told["warning/UserWarning", "cart.py:99"] == 5
    assert told[OTHER, ""] == 21


def test_totals_only_grow() -> None:
    """However keys come into the largest, leave them and come back."""
    for seed in range(20):
        chance = random.Random(seed)
        counters = Counters()
        before: dict[tuple[str, str], int] = {}
        counted = 0
        for _ in range(200):
            for _ in range(chance.randrange(30)):
                times = chance.randrange(9)
                add(counters, int(chance.expovariate(0.03)), times)
                counted += times
            told = totals(counters)
            fallen = {key: told[key] for key in told if told[key] < before.get(key, 0)}
            assert fallen == {}, f"seed {seed}"
            assert sum(told.values()) <= counted, f"seed {seed}"
            before |= told


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


def test_a_name_and_a_site_have_a_bounded_length() -> None:
    """A path of thousands of characters does not make the sample one of thousands."""
    counters = Counters()
    counters.add("exception/" + "x" * 5000, "x" * 5000)

    (told,) = counters.read()
    assert (len(told["name"]), len(told["site"])) == (300, 300)
