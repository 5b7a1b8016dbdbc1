from __future__ import annotations

import os
import resource
import threading
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest

from hognose.probes.loops.alarm import NEVER, Alarm, new_alarm
from hognose.probes.loops.rule import rhythm
from hognose.probes.loops.sleep import Sleep


def alarm() -> Alarm:
    made = new_alarm()
    assert made is not None
    return made


@pytest.fixture
def sleep() -> Iterator[Sleep]:
    sleep = Sleep()
    yield sleep
    sleep.close()


def test_an_alarm_that_is_put_off_in_time_does_not_ring(sleep: Sleep) -> None:
    """The sleeper wakes when its own time is over, and was not late."""
    healthy = alarm()
    healthy.put_off(time.monotonic(), 60.0)

    assert sleep.take(0.02, [healthy])

    assert healthy.went_off(time.monotonic()) == NEVER
    healthy.close()


def test_an_alarm_wakes_the_sleeper_and_tells_since_when(sleep: Sleep) -> None:
    """Long before its own time is over."""
    late = alarm()
    now = time.monotonic()
    late.put_off(now, 0.03)

    assert sleep.take(60.0, [alarm(), late])

    assert sleep.over_at == pytest.approx(now + 0.03)
    late.put_off(time.monotonic(), 60.0)
    assert sleep.take(0.01, [late])
    late.close()


def test_an_old_ring_is_no_reason_to_be_late(sleep: Sleep) -> None:
    """It rang when the loop was blocked and being looked at: nobody was waiting for it."""
    late = alarm()
    now = time.monotonic()
    late.put_off(now - 5, 0.01)
    late.rest()
    late.put_off(now, 0.03)

    assert sleep.take(60.0, [late])

    assert sleep.over_at == pytest.approx(now + 0.03)
    late.close()


def test_an_alarm_that_rests_does_not_ring_until_it_is_put_off_again(sleep: Sleep) -> None:
    """One that rang before is told once."""
    resting = alarm()
    resting.put_off(time.monotonic(), 0.01)
    resting.rest()
    assert sleep.take(0.05, [resting])
    assert resting.went_off(time.monotonic()) == NEVER

    now = time.monotonic()
    resting.put_off(now, 0.01)
    assert sleep.take(60.0, [resting])
    resting.rest()

    assert sleep.over_at == pytest.approx(now + 0.01)
    assert resting.went_off(time.monotonic()) == pytest.approx(now + 0.01)
    assert resting.went_off(time.monotonic()) == NEVER
    assert resting.works
    resting.close()


def test_an_alarm_that_was_put_off_after_it_rang_is_told_once() -> None:
    """As by a loop that was free again before the watchdog had the GIL."""
    rang = alarm()
    rang.put_off(10.0, 0.1)
    rang.put_off(10.4, 0.1)

    assert rang.went_off(10.41) == pytest.approx(10.1)
    assert rang.went_off(10.42) == NEVER
    assert rang.works
    rang.close()


def test_the_end_wakes_a_sleeper_and_keeps_it_awake(sleep: Sleep) -> None:
    """From another thread, with alarms and where the system has none."""
    for each in (sleep, Sleep(new=lambda: None)):
        threading.Timer(0.02, each.end).start()
        assert not each.take(60.0)
        each.end()
        assert not each.take(60.0)


def test_without_alarms_a_sleep_takes_its_time() -> None:
    """As on macOS, on Windows and under gevent."""
    deaf = Sleep(new=lambda: None)
    before = time.monotonic()

    assert not deaf.hears_alarms
    assert deaf.take(0.02)

    assert deaf.over_at >= before + 0.02


def test_a_descriptor_that_is_now_the_services_is_left_alone() -> None:
    """Daemons close all descriptors, and get the same numbers again."""
    for make in (alarm, closed_sleep):
        taken = make()
        descriptor = taken.descriptor
        os.close(descriptor)
        theirs, other = os.pipe()
        if theirs != descriptor:
            os.dup2(theirs, descriptor)
        os.write(other, b"theirs")

        taken.put_off(time.monotonic(), 0.001)
        assert not taken.works
        taken.close()

        assert os.read(descriptor, 10) == b"theirs"
        for each in {theirs, other, descriptor}:
            with suppress(OSError):
                os.close(each)


def closed_sleep() -> Alarm:
    """An alarm that a sleeper has heard."""
    heard, sleep = alarm(), Sleep()
    sleep.take(0.001, [heard])
    sleep.close()
    return heard


def test_a_sleeper_whose_descriptors_were_closed_mends_itself(sleep: Sleep) -> None:
    """It wakes for the closed ones once, and hears new ones."""
    heard = alarm()
    assert sleep.take(0.001, [heard])
    os.closerange(heard.descriptor - 1, heard.descriptor + 1)

    assert sleep.take(60.0, [heard])
    assert not heard.works
    new = alarm()
    new.put_off(time.monotonic(), 0.01)
    assert sleep.take(60.0, [new])
    assert new.went_off(time.monotonic()) < NEVER
    new.close()


def test_without_descriptors_there_is_no_alarm() -> None:
    """And no failure."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    lowest = os.dup(0)
    os.close(lowest)
    resource.setrlimit(resource.RLIMIT_NOFILE, (lowest, hard))
    try:
        assert new_alarm() is None
        assert not Sleep().hears_alarms
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.mark.parametrize("threshold", [0.01, 0.02, 0.04, 0.1, 1.0, 60.0])
def test_a_block_rings_before_it_reaches_the_threshold(threshold: float) -> None:
    """And a loop that is late by a beat's slack does not."""
    period, patience = rhythm(threshold)

    assert period + 0.005 < patience
    assert patience < threshold + 0.002
    assert period <= 0.04
