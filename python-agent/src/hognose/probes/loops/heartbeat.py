"""The beat that a loop is asked for, and what it tells: how late the loop runs what is due."""

from __future__ import annotations

import asyncio
import sys
import threading
import time
import weakref
from collections import deque
from collections.abc import Callable

from hognose._histogram import Seconds
from hognose.probes.loops.discovery import busy_since, kind_of, thread_of
from hognose.probes.loops.rule import SLACK

# Seconds between beats. uvloop does not tell since when it has been busy, so it is asked oftener;
# the start of a block is known to half of this.
_EVERY = {"asyncio": 0.1, "uvloop": 0.04}

# Late beats that the watchdog has not looked at yet; it looks twenty times a second.
_UNREAD = 64


class Heartbeat:
    """
    Beats on one loop until that is closed or `stop` is called.

    The loop's thread writes `last_beat` and `late`, the watchdog reads them; each is one atomic
    operation, so no lock is needed. The loop itself is only known weakly.
    """

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        lag: Seconds,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.kind = kind_of(loop)
        self.every = _EVERY[self.kind]
        self.lag = lag
        # When heartbeats that came late had been due, and when the loop had come to them.
        self.late: deque[tuple[float, float]] = deque(maxlen=_UNREAD)
        self.last_beat = clock()
        self._clock = clock
        self._loop = weakref.ref(loop)
        self._running = True
        thread = thread_of(loop)
        self.thread_ident = thread.ident if thread else None
        self.thread_id = thread.native_id if thread else None
        self.thread_name = thread.name if thread else ""

    @property
    def loop(self) -> asyncio.AbstractEventLoop | None:
        """The loop while it is running."""
        loop = self._loop()
        return loop if self._running and loop is not None and loop.is_running() else None

    def start(self) -> None:
        """Ask the loop for the first beat. Raises `RuntimeError` if it has been closed."""
        loop = self._loop()
        if loop is not None:
            loop.call_soon_threadsafe(self._begin)

    def stop(self) -> None:
        self._running = False

    def _begin(self) -> None:
        thread = threading.current_thread()
        self.thread_ident = thread.ident
        self.thread_id = threading.get_native_id()
        self.thread_name = thread.name
        self._beat()

    def _beat(self) -> None:
        loop = self._loop()
        if loop is None or not self._running:
            return
        now = self._clock()
        due = self.last_beat + self.every
        if now > due + SLACK:
            came = busy_since(loop, sys._getframe())
            self.late.append((due, now if came is None else min(max(came, due), now)))
        self.lag.add(max(0.0, now - due))
        self.last_beat = now
        loop.call_later(self.every, self._beat)
