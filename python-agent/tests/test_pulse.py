from __future__ import annotations

import itertools
import os
import time
from collections import deque
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any, cast

import pytest

from hognose.probes.loops.account import Account
from hognose.probes.loops.alarm import NEVER, new_alarm
from hognose.probes.loops.beats import Beats
from hognose.probes.loops.heartbeat import Heartbeat
from hognose.probes.loops.leisure import Leisure
from hognose.probes.loops.lifeline import Lifeline
from hognose.probes.loops.look import Usage
from hognose.probes.loops.pulse import Pulse
from hognose.probes.loops.rule import BlockRule, Rhythm, Wait


class Loop:
    """Runs what is due when it is told to."""

    def __init__(self) -> None:
        self.due: deque[tuple[float, Callable[[], None]]] = deque()

    def is_running(self) -> bool:
        return True

    def call_soon_threadsafe(self, call: Callable[..., None], *of: Any) -> None:
        self.due.append((0.0, lambda: call(*of)))

    def call_later(self, delay: float, call: Callable[..., None], *of: Any) -> None:
        self.due.append((delay, lambda: call(*of)))

    def beat(self) -> float:
        """The next callback; answers for how long it had been put off."""
        delay, call = self.due.popleft()
        call()
        return delay


class Beating:
    """A pulse on such a loop, in a process of which the test tells what it uses."""

    def __init__(self) -> None:
        self.loop = Loop()
        self.heartbeat = Heartbeat(cast("Any", self.loop))
        made = new_alarm()
        assert made is not None
        self.alarm = made
        self.ran = 0
        self.turns = 1
        self.usage: Callable[[], Usage] = Usage
        beats = Beats(lambda: self.usage(), self.line)
        self.lifeline = Lifeline(self.heartbeat.free_at, self.alarm, beats)
        self.pulse = Pulse(self.heartbeat, self.lifeline, Rhythm(0.04, 30.0))

    def line(self) -> bytes:
        return b"%d 0 %d" % (self.ran, self.turns)


@pytest.fixture
def beating() -> Iterator[Beating]:
    beating = Beating()
    yield beating
    beating.alarm.close()


def test_a_busy_loop_beats_by_itself(beating: Beating) -> None:
    """Each beat is taken once, and the next is awaited from the one before."""
    wait = beating.pulse.begin()
    assert beating.loop.beat() == 0.0
    for _ in range(40):
        # All of a core.
        beating.ran = time.monotonic_ns()
        assert beating.loop.beat() == 0.04

    beats = beating.lifeline.beats.take()
    assert len(beats) == 41
    assert beats[0].wait == wait
    assert all(before.at == beat.wait.free for before, beat in pairwise(beats))
    assert beats[-1].line == b"%d 0 1" % beating.ran
    assert beating.lifeline.awaited == Wait(beats[-1].at, pytest.approx(beats[-1].at + 0.04))  # type: ignore[arg-type]
    assert beating.lifeline.beats.take() == []
    assert not beating.lifeline.has_ended


def test_a_loop_that_has_become_quiet_stops_beating(beating: Beating) -> None:
    """And rings, so that it is looked at again."""
    beating.pulse.begin()
    beating.ran = 1
    while beating.loop.due:
        beating.loop.beat()

    assert beating.lifeline.has_ended
    assert beating.alarm.went_off(time.monotonic() + 0.001) < NEVER


def test_a_loop_that_is_woken_often_goes_on_beating(beating: Beating) -> None:
    """Though each request takes next to nothing."""
    beating.pulse.begin()
    for _ in range(100):
        # Once for the beat, and every other time for a request.
        beating.turns += 1
        beating.loop.beat()
        beating.turns += len(beating.loop.due)

    assert not beating.lifeline.has_ended


@pytest.mark.parametrize(("asked", "often"), [(0.1, False), (0.09, True)])
def test_a_loop_that_must_be_asked_ten_times_a_second_is_busy(asked: float, often: bool) -> None:
    """As one on uvloop with a request at each look."""
    heartbeat = Heartbeat(cast("Any", Loop()))
    rule = BlockRule(0.1, 0.04, itertools.count(1))
    leisure = Leisure(heartbeat, Account(heartbeat), rule, 0.1)
    for n in range(11):
        leisure.ask(asked * n)

    assert leisure.is_asked_often(asked * 11) is often


def test_a_failing_beat_does_not_reach_the_loop(beating: Beating) -> None:
    """It is kept for the watchdog, and is the last one."""

    def broken() -> Usage:
        raise ValueError("no clock")

    beating.usage = broken
    beating.pulse.begin()
    beating.loop.beat()

    assert str(beating.lifeline.failure) == "no clock"
    assert beating.lifeline.has_ended
    assert not beating.loop.due


def test_an_inherited_pulse_does_not_beat(beating: Beating) -> None:
    """The timer of a fork's child is the parent's."""
    beating.pulse.begin()
    child = os.fork()
    if child == 0:
        beating.loop.beat()
        os._exit(len(beating.lifeline.beats.take()) + len(beating.loop.due))

    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    beating.loop.beat()
    assert len(beating.lifeline.beats.take()) == 1


def test_a_pulse_stops_with_the_watching(beating: Beating) -> None:
    """Nothing of ours is left on the loop."""
    beating.pulse.begin()
    beating.heartbeat.stop()
    beating.loop.beat()

    assert not beating.loop.due


def test_a_loop_whose_alarm_broke_is_looked_at_again(beating: Beating) -> None:
    """The service has closed all descriptors."""
    beating.pulse.begin()
    beating.loop.beat()
    os.close(beating.alarm.descriptor)
    beating.loop.beat()
    beating.loop.beat()

    assert beating.lifeline.has_ended
    assert not beating.loop.due
