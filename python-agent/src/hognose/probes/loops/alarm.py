"""
A dead man's switch: as long as a loop puts its alarm off in time, nobody is woken.

The watchdog waits for alarms without the GIL, so that a healthy loop is watched without a Python
thread that comes for the GIL again and again.
"""

from __future__ import annotations

import os
import time
from contextlib import suppress

from hognose.probes.loops.kernel import Timer, new_timer

NEVER = float("inf")

# The shortest time that the kernel does not take for "stand still".
_AT_ONCE = 1e-6


class Alarm:
    """
    One loop's thread puts it off, the watchdog's waits for it. Moments are monotonic seconds.

    It is silenced by being put off and by nothing else. Neither thread takes a lock.
    """

    def __init__(self, timer: Timer) -> None:
        self._timer = timer
        self._due = NEVER
        self._went_off = NEVER
        # Until it is closed, or the service has closed its descriptor.
        self.works = True

    @property
    def descriptor(self) -> int:
        return self._timer.descriptor

    def put_off(self, now: float, seconds: float) -> None:
        """Until so many seconds from now; a failure shows in `works`."""
        if now > self._due:
            self._went_off = self._due
        self._due = now + seconds
        self.works = self.works and self._timer.set(seconds)

    def rest(self) -> None:
        """Until it is put off again it does not ring."""
        if time.monotonic() > self._due:
            self._went_off = self._due
        self._due = NEVER
        self.works = self.works and self._timer.set(0)

    def ring(self) -> None:
        self.put_off(time.monotonic(), _AT_ONCE)

    def went_off(self, now: float, since: float = -NEVER) -> float:
        """
        Since when it has been ringing, and somebody has been waiting for it; infinite if it is not.

        One that the loop has put off since it rang is told, too, once; not one from before, when
        the loop was being looked at.
        """
        put_off, self._went_off = self._went_off, NEVER
        moment = max(since, min(self._due, put_off if put_off >= since else NEVER))
        if moment > now:
            # Whatever woke the watchdog, it was not this timer: the number has another file now.
            self.works = self.works and self._timer.is_ours()
            return NEVER
        return moment

    def close(self) -> None:
        works, self.works = self.works, False
        if works and self._timer.is_ours():
            with suppress(OSError):
                os.close(self._timer.descriptor)


def new_alarm() -> Alarm | None:
    """None where the system has no such timers, or no descriptor is left."""
    timer = new_timer()
    return Alarm(timer) if timer is not None else None
