"""How the watchdog sleeps: without the GIL, until a moment, an alarm, or the end."""

from __future__ import annotations

import math
import select
import threading
import time
from collections.abc import Callable, Sequence

from hognose.probes.loops.alarm import Alarm, new_alarm

# The kernel may let a thread that polls sleep this share of the time longer.
_SLACK = 0.001


class Sleep:
    """
    One thread sleeps, any other may end it. Moments are monotonic seconds.

    Where the system has no alarms the thread waits for a lock.
    """

    def __init__(self, new: Callable[[], Alarm | None] = new_alarm) -> None:
        self._new = new
        self._end = threading.Lock()
        self._end.acquire()
        # gevent puts greenlets in the place of threads: one that polls would stop all the others.
        is_thread = type(self._end).__module__ == "_thread"
        self._bell = new() if is_thread else None
        self._heard: list[Alarm] = []
        self._poll = select.poll() if self._bell else None
        self._hear([])
        # When the last sleep should have been over.
        self.over_at = 0.0

    @property
    def hears_alarms(self) -> bool:
        return self._bell is not None

    def take(self, seconds: float, alarms: Sequence[Alarm] = ()) -> bool:
        """Sleep so long, at most until one of the alarms; answers whether to go on."""
        start = time.monotonic()
        if self._bell is not None and not self._bell.works:
            self._bell = self._new()
            self._hear([])
        if self._poll is None or self._bell is None:
            self.over_at = start + seconds
            return not self._end.acquire(timeout=seconds)
        if alarms != self._heard:
            self._hear(alarms)
        milliseconds = math.ceil(1000 * seconds)
        self.over_at = start + milliseconds / 1000 * (1 + _SLACK)
        ringing = self._poll.poll(milliseconds)
        if self._end.acquire(blocking=False):
            return False
        if ringing:
            self._answer({descriptor for descriptor, _ in ringing}, start)
        return True

    def end(self) -> None:
        """From any thread."""
        if self._end.locked():
            self._end.release()
        if self._bell is not None:
            self._bell.ring()

    def close(self) -> None:
        if self._bell is not None:
            self._bell.close()

    def _hear(self, alarms: Sequence[Alarm]) -> None:
        if self._poll is None or self._bell is None:
            return
        self._poll = select.poll()
        self._heard = list(alarms)
        for alarm in (self._bell, *alarms):
            self._poll.register(alarm.descriptor, select.POLLIN)

    def _answer(self, ringing: set[int], since: float) -> None:
        now = time.monotonic()
        if self._bell is not None and self._bell.descriptor in ringing:
            # Nobody has ended it: the service has closed all descriptors, as daemons do.
            self._bell.works = False
        for alarm in self._heard:
            if alarm.descriptor in ringing:
                self.over_at = min(self.over_at, alarm.went_off(now, since))
