"""
The beats that a busy loop gives itself, each of which puts the watchdog's alarm off.

Cost: 8 µs a beat, and up to 0.1 ms where others empty the processor's caches in between; 25 beats
a second. This module imports asyncio, so it is itself imported only once the service has done so.
"""

from __future__ import annotations

import sys
import time

from hognose.probes.loops.discovery import busy_since
from hognose.probes.loops.heartbeat import Heartbeat
from hognose.probes.loops.lifeline import Lifeline
from hognose.probes.loops.rule import QUIET_SHARE, QUIET_TURNS, SLACK, Rhythm, Wait, late_beat
from hognose.probes.loops.schedstat import seconds, turns

# A loop is judged to have become quiet after so many beats.
_JUDGED = 25


class Pulse:
    """
    Begun by the watchdog's thread, beaten by the loop's.

    It ends by itself when the loop has become quiet, and rings the alarm then.
    """

    def __init__(
        self,
        heartbeat: Heartbeat,
        lifeline: Lifeline,
        rhythm: Rhythm,
    ) -> None:
        self.lifeline = lifeline
        self._heartbeat = heartbeat
        self._rhythm = rhythm
        self._judged = (lifeline.awaited.due, b"")
        self._until_judged = _JUDGED

    def begin(self) -> Wait:
        """Raises `RuntimeError` if the loop has been closed."""
        loop = self._heartbeat.loop
        awaited = self.lifeline.awaited
        if loop is not None:
            self.lifeline.alarm.put_off(awaited.due, self._rhythm.patience)
            loop.call_soon_threadsafe(self._beat)
        return awaited

    def _beat(self) -> None:
        if self.lifeline.has_ended or self.lifeline.is_inherited:
            return
        try:
            self._give()
        except Exception as failure:  # noqa: BLE001 - nothing of ours may reach the service's loop
            self.lifeline.failure = failure
            self.lifeline.end()

    def _give(self) -> None:
        loop = self._heartbeat.loop
        if loop is None:
            return
        lifeline = self.lifeline
        wait = lifeline.awaited
        now = came = time.monotonic()
        lag = max(0.0, now - wait.due)
        if lag > SLACK:
            wait, came = late_beat(wait, busy_since(loop, sys._getframe()), now)
        line = lifeline.beats.leave(wait, came, lag, now)
        if self._is_quiet(now, line) or not lifeline.alarm.works:
            lifeline.end()
            return
        lifeline.awaited = Wait(now, now + self._rhythm.period)
        lifeline.alarm.put_off(now, self._rhythm.patience)
        loop.call_later(self._rhythm.period, self._beat)

    def _is_quiet(self, now: float, line: bytes) -> bool:
        """Whether the thread has done little but beat, and has hardly been woken for more."""
        self._until_judged -= 1
        if self._until_judged > 0:
            return False
        since, before = self._judged
        self._judged, self._until_judged = (now, line), _JUDGED
        ran = seconds(line)[0] - seconds(before)[0]
        woken = turns(line) - turns(before) - _JUDGED
        return (
            before != b""
            and ran < QUIET_SHARE * (now - since)
            and woken < QUIET_TURNS[self._heartbeat.kind]
        )
