from __future__ import annotations

import time
from pathlib import Path

import pytest

from hognose._figures import Figures
from hognose._happenings import LoopBlock
from hognose._rounds import Rounds
from hognose.probes.loops import Watchdog
from hognose.probes.loops.look import Look, Usage
from hognose.probes.loops.schedstat import SchedStat


class Clocks:
    """A wall clock and a CPU clock; reading a probe moves the latter."""

    def __init__(self) -> None:
        self.now = 0.0
        self.cpu = 0.0
        # When the reader slept, by the CPU clock.
        self.slept_at: list[float] = []

    def rounds(self) -> Rounds:
        return Rounds(
            clock=lambda: self.now,
            cpu_clock=lambda: self.cpu,
            sleep=lambda _: self.slept_at.append(self.cpu),
        )


def test_a_probe_is_read_at_its_beats_and_its_figures_are_repeated() -> None:
    """What is not due says what it said last."""
    clocks = Clocks()
    rounds = clocks.rounds()
    readings = iter(range(1, 100))
    rounds.add("threads", lambda: {"threads": next(readings)}, every=3)

    assert [rounds.read()["threads"] for _ in range(7)] == [1, 1, 1, 2, 2, 2, 3]


def test_a_guarded_probe_waits_a_thousand_times_what_it_cost() -> None:
    """So that it never costs more than a thousandth."""
    clocks = Clocks()
    rounds = clocks.rounds()
    readings = iter(range(1, 100))

    def read() -> Figures:
        clocks.cpu += 0.026
        return {"uss_bytes": next(readings)}

    rounds.add("memory detail", read, guarded=True)
    told = []
    for _ in range(6):
        told.append(rounds.read()["uss_bytes"])
        clocks.now += 10.0

    assert told == [1, 1, 1, 2, 2, 2]
    assert rounds.longest_hold == pytest.approx(0.026)


def test_others_get_the_gil_between_readings_that_take_long_together() -> None:
    """After a millisecond's worth, not after each, and anew in each round."""
    clocks = Clocks()
    rounds = clocks.rounds()

    def read() -> Figures:
        clocks.cpu += 0.0004
        return {}

    for number in range(7):
        rounds.add(f"probe {number}", read)
    rounds.read()

    assert clocks.slept_at == pytest.approx([0.0012, 0.0024])


def test_a_broken_probe_is_off_and_the_others_go_on(caplog: pytest.LogCaptureFixture) -> None:
    """One log line, its name in the figures, and no figure of its own any more."""
    rounds = Clocks().rounds()
    readings: list[Figures] = [{"open_fds": 7}]
    rounds.add("descriptors", lambda: readings.pop())
    rounds.add("threads", lambda: {"threads": 2})

    assert rounds.read() == {"open_fds": 7, "threads": 2}
    assert [rounds.read() for _ in range(3)] == [{"threads": 2}] * 3
    assert rounds.disabled == ["descriptors"]
    assert [record.getMessage() for record in caplog.records] == [
        "probe 'descriptors' failed and is off until restart"
    ]


def test_readings_that_are_put_off_for_their_cost_are_counted() -> None:
    """By probe, each time that its beat came and it was not read."""
    clocks = Clocks()
    rounds = clocks.rounds()

    def costly() -> Figures:
        clocks.cpu += 0.025
        return {}

    rounds.add("memory detail", costly, guarded=True)
    for _ in range(4):
        rounds.read()
        clocks.now += 10.0

    assert rounds.skipped == {"memory detail": 2}


def test_searches_for_loops_that_are_put_off_for_their_cost_are_counted() -> None:
    """One for each time that a search would have been due."""

    class Loops:
        """Whose tasks take 30 ms to count."""

        def __len__(self) -> int:
            return 1

        def look(self, look: Look) -> list[LoopBlock]:  # noqa: ARG002
            return []

        def search(self, now: float) -> None:  # noqa: ARG002
            until = time.thread_time() + 0.03
            while time.thread_time() < until:
                pass

    watchdog = Watchdog(print, 0.1, search_every=10.0)
    watchdog._loops = Loops()  # type: ignore[assignment]
    for second in range(26):
        watchdog._look(Look(float(second), Usage()))

    assert watchdog.skipped_searches == 2


def test_the_watchdogs_cpu_is_known_where_the_kernels_files_are_not(tmp_path: Path) -> None:
    """As in a daemon that has closed all descriptors: a total must not fall back to nothing."""
    watchdog = Watchdog(print, 0.1)
    before = time.thread_time()

    watchdog._late(0.0, SchedStat(1, str(tmp_path)))

    assert before <= watchdog.cpu_seconds <= time.thread_time()
