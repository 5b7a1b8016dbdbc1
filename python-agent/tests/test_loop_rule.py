from __future__ import annotations

import itertools

import pytest

from hognose.probes.loops.rule import BlockRule, Mark, Wait, every, late_beat, seconds_to_look


def rule(threshold: float = 0.1) -> BlockRule:
    return BlockRule(threshold, 0.1, itertools.count(1))


def test_a_heartbeat_in_time_is_not_overdue() -> None:
    """A loop that is well may be a little late."""
    assert not rule().is_overdue(now=10.004, wait=Wait(9.9, 10.0))
    assert rule().is_overdue(now=10.006, wait=Wait(9.9, 10.0))


def test_a_block_is_said_at_its_marks_and_at_its_end() -> None:
    """At the threshold, at 1, 10 and 100 s while it lasts, and when it ends, under one number."""
    blocked = rule()
    said = [blocked.look(tick * 0.05, Wait(0.0, 0.1), busy_since=0.02) for tick in range(1, 2100)]
    said.append(blocked.beat_came(Wait(0.0, 0.1), came=105.02))

    marks = [mark for mark in said if mark is not None]
    assert [round(mark.seconds, 2) for mark in marks] == [0.13, 1.03, 10.03, 100.03, 105.0]
    assert [mark.ended for mark in marks] == [False, False, False, False, True]
    assert {mark.block for mark in marks} == {1}
    assert not blocked.is_blocked


def test_marks_that_passed_between_two_looks_are_said_once() -> None:
    """A watchdog that could not look for 20 s says the block once, not three times."""
    blocked = rule()

    assert blocked.look(now=20.0, wait=Wait(0.0, 0.1), busy_since=0.0) == Mark(
        1, 0.0, 20.0, ended=False
    )
    assert blocked.look(now=20.05, wait=Wait(0.0, 0.1), busy_since=0.0) is None


@pytest.mark.parametrize(
    ("busy_since", "started"),
    [
        (None, 5.05),  # Unknown: in the middle of the two.
        (5.04, 5.04),  # Learnt from the loop.
        (4.0, 5.0),  # The heartbeat proves that the loop was well until then.
        (7.0, 5.1),  # The loop has moved on, yet the heartbeat did not come.
    ],
)
def test_a_block_starts_between_the_last_heartbeat_and_the_one_that_was_due(
    busy_since: float | None, started: float
) -> None:
    """What the loop says about itself is believed within these bounds."""
    mark = rule().look(now=6.0, wait=Wait(5.0, 5.1), busy_since=busy_since)

    assert mark == Mark(1, pytest.approx(started), 6.0, ended=False)  # type: ignore[arg-type]


def test_a_loop_that_is_late_by_less_than_the_threshold_is_not_blocked() -> None:
    """Neither while it is late nor when its heartbeat comes."""
    late = rule()

    assert late.look(now=0.15, wait=Wait(0.0, 0.1), busy_since=0.08) is None
    assert late.beat_came(Wait(0.0, 0.1), came=0.17) is None


def test_a_block_that_nobody_judged_is_told_when_the_heartbeat_comes() -> None:
    """As when C code kept the GIL and with it the watchdog."""
    assert rule().beat_came(Wait(0.0, 0.1), came=0.45) == Mark(1, 0.05, 0.45, ended=True)


def test_a_suspicion_gives_a_short_block_its_start() -> None:
    """It was seen before it was long enough, and had ended before the next look."""
    suspected = rule()
    suspected.look(now=0.12, wait=Wait(0.0, 0.1), busy_since=0.03)

    assert suspected.beat_came(Wait(0.0, 0.1), came=0.16) == Mark(1, 0.03, 0.16, ended=True)


def test_a_loop_that_stops_ends_its_block() -> None:
    """A loop that runs no more blocks nobody."""
    blocked = rule()
    blocked.look(now=1.0, wait=Wait(0.0, 0.1), busy_since=0.5)

    assert blocked.stopped(now=2.0) == Mark(1, 0.1, 2.0, ended=True)
    assert blocked.stopped(now=3.0) is None


def test_each_block_has_a_number_of_its_own() -> None:
    """Numbers are unique in the process, not only in the loop."""
    ids = itertools.count(1)
    one, other = BlockRule(0.1, 0.1, ids), BlockRule(0.1, 0.04, ids)

    marks = [
        one.beat_came(Wait(0.0, 0.1), 1.0),
        other.beat_came(Wait(0.0, 0.1), 1.0),
        one.beat_came(Wait(1.9, 2.0), 3.0),
    ]

    assert [mark.block for mark in marks if mark] == [1, 2, 3]


def test_the_time_so_far_counts_while_the_block_lasts() -> None:
    """So that a figure does not stand still during a long block."""
    blocked = rule()
    blocked.look(now=1.0, wait=Wait(0.0, 0.1), busy_since=0.0)

    assert blocked.lasting(now=4.0) == pytest.approx(4.0)
    assert blocked.so_far(now=4.0) == Mark(1, 0.0, 4.0, ended=False)
    blocked.beat_came(Wait(0.0, 0.1), came=5.0)
    assert blocked.lasting(now=6.0) == 0.0
    assert blocked.so_far(now=6.0) is None


def test_a_start_that_is_not_known_is_at_most_half_a_look_back() -> None:
    """Though the watchdog had not looked for long: the loop did not wait for it."""
    assert rule().beat_came(Wait(0.0, 5.0), came=5.2) == Mark(1, 4.95, 5.2, ended=True)


def test_a_loop_may_be_found_in_the_middle_of_a_block() -> None:
    """Nobody knows when it was free; what it says itself is all there is."""
    found = Wait(free=float("-inf"), due=5.0)

    assert rule().look(5.2, found, busy_since=4.2) == Mark(1, 4.2, 5.2, ended=False)
    assert rule().look(5.2, found, busy_since=None) == Mark(1, 4.95, 5.2, ended=False)


def test_a_loop_that_is_found_at_work_is_suspected_from_then_on() -> None:
    """A short block is told with its true start, however late it was found."""
    suspected = rule()
    suspected.suspect(Wait(5.0, 5.09), busy_since=5.01)

    assert suspected.beat_came(Wait(5.0, 5.09), came=5.115) == Mark(1, 5.01, 5.115, ended=True)


def test_a_heartbeat_in_time_clears_of_suspicion() -> None:
    """What comes after it is another callback's."""
    suspected = rule()
    suspected.suspect(Wait(5.0, 5.09), busy_since=5.01)

    assert suspected.beat_came(Wait(5.0, 5.09), came=5.091) is None
    assert suspected.beat_came(Wait(5.091, 5.18), came=5.19) is None


@pytest.mark.parametrize(
    ("busy_since", "told"),
    [
        (None, (Wait(4.9, 5.0), 5.3)),  # uvloop does not tell.
        (5.29, (Wait(4.9, 5.0), 5.29)),  # Other callbacks came before the beat, after the block.
        (5.02, (Wait(5.02, 5.02), 5.3)),  # It was one of these that blocked.
        (4.8, (Wait(5.0, 5.0), 5.3)),
        (9.0, (Wait(4.9, 5.0), 5.3)),
    ],
)
def test_a_late_beat_tells_the_longer_of_two_waits(
    busy_since: float | None, told: tuple[Wait, float]
) -> None:
    """The loop was free in between, so they are not one block."""
    assert late_beat(Wait(4.9, 5.0), busy_since, 5.3) == told


def test_a_loop_is_looked_at_when_that_can_tell_something() -> None:
    """Once before a block can reach the threshold, again when it is old, then every 50 ms."""
    looked = rule()
    awaited = Wait(free=10.0, due=10.09)

    assert looked.next_look(10.0, None) == pytest.approx(10.1)
    assert looked.next_look(10.0, None, has_rested=True) == pytest.approx(10.09)
    assert looked.next_look(10.09, awaited) == pytest.approx(10.14)
    looked.suspect(awaited, busy_since=10.04)
    assert looked.next_look(10.09, awaited) == pytest.approx(10.1)
    looked.look(10.2, awaited, busy_since=10.04)
    assert looked.next_look(10.2, awaited) == pytest.approx(10.25)


@pytest.mark.parametrize(
    ("kind", "threshold", "seconds"),
    [
        ("asyncio", 0.1, 0.09),
        ("asyncio", 0.05, 0.045),
        ("asyncio", 3600.0, 0.1),
        ("uvloop", 0.1, 0.04),
        ("uvloop", 0.05, 0.025),
        ("uvloop", 0.02, 0.01),
    ],
)
def test_no_block_fits_between_two_looks(kind: str, threshold: float, seconds: float) -> None:
    """And the start of a block on uvloop is known to 20 ms."""
    assert every(kind, threshold) == pytest.approx(seconds)


@pytest.mark.parametrize(
    ("next_looks", "seconds"),
    [
        ([], 0.5),  # No loop is known.
        ([10.08], 0.08),
        ([10.7, 10.08], 0.08),
        ([9.0], 0.01),  # It should have been looked at before.
    ],
)
def test_the_watchdog_sleeps_until_a_loop_wants_to_be_looked_at(
    next_looks: list[float], seconds: float
) -> None:
    """Twice a second without any, and never for less than 10 ms."""
    assert seconds_to_look(10.0, next_looks) == pytest.approx(seconds)
