"""What a loop that tells by itself that it gets on, and its watchdog, have in common."""

from __future__ import annotations

import os
import time

from hognose.probes.loops.alarm import Alarm
from hognose.probes.loops.beats import Beats
from hognose.probes.loops.rule import Wait


class Lifeline:
    """
    Made by the watchdog's thread, held by the loop's; neither takes a lock.

    It belongs to the process that made it: a fork's child has the loop, too, but the timer would
    be its parent's.
    """

    def __init__(self, free_at: float, alarm: Alarm, beats: Beats) -> None:
        """`free_at` is when the loop was last known to be free, on the monotonic clock."""
        self.alarm = alarm
        self.beats = beats
        # By when the loop must have told: what it is at has begun when it was free.
        self.awaited = Wait(free_at, time.monotonic())
        self.has_ended = False
        # What kept the loop from telling, for the watchdog to raise.
        self.failure: Exception | None = None
        self._process = os.getpid()

    @property
    def is_inherited(self) -> bool:
        return os.getpid() != self._process

    def end(self) -> None:
        """Wakes the watchdog: from here on the loop is to be looked at."""
        self.has_ended = True
        self.alarm.ring()
