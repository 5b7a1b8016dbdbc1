"""The beat that a loop is asked for, and what it tells: how late the loop runs what is due."""

from __future__ import annotations

import asyncio
import sys
import threading
import time
import weakref
from collections.abc import Callable
from typing import NamedTuple

from hognose.probes.loops.discovery import busy_since, kind_of, thread_of
from hognose.probes.loops.rule import SLACK, Wait, late_beat


class Answer(NamedTuple):
    """A beat that came. Moments are seconds on the monotonic clock, `lag` is seconds."""

    wait: Wait
    came: float
    lag: float


class Heartbeat:
    """
    One beat of a loop at a time, when the watchdog asks for it: an idle loop is left asleep.

    The watchdog's thread asks and takes the answer, the loop's thread answers; each is one atomic
    operation, so no lock is needed. The loop itself is only known weakly.
    """

    def __init__(
        self, loop: asyncio.AbstractEventLoop, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.kind = kind_of(loop)
        # The last moment at which the loop is known to have been free. It may be in the middle of a
        # block when it is found, and asyncio tells since when.
        self.free_at = float("-inf")
        # The beat that has not come yet.
        self.awaited: Wait | None = None
        self._answer: Answer | None = None
        # How often the loop's thread has got a CPU: to be asked for, and at the last beat.
        self.count_turns: Callable[[], int] = int
        self.turns_at_beat = 0
        # What runs the loop, as seen from the last beat: the frame by its number only.
        self._runner = 0
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

    def ask(self) -> Wait:
        """Ask the loop for a beat. Raises `RuntimeError` if it has been closed."""
        self.awaited = Wait(self.free_at, self._clock())
        loop = self._loop()
        if loop is not None:
            loop.call_soon_threadsafe(self._beat, self.awaited)
        return self.awaited

    def take(self) -> Answer | None:
        """The beat that has come since the last call."""
        answer, self._answer = self._answer, None
        if answer is not None:
            self.awaited = None
            self.free_at = answer.came
        return answer

    def is_in_callback(self) -> bool:
        """Whether the thread is in Python code that the loop has called; C code leaves no trace."""
        frame = sys._current_frames().get(self.thread_ident or 0)
        return frame is not None and id(frame) != self._runner

    def stop(self) -> None:
        self._running = False

    def _beat(self, wait: Wait) -> None:
        loop = self._loop()
        if loop is None or not self._running:
            return
        if self.thread_id is None:
            self._learn_thread()
        now = came = self._clock()
        lag = max(0.0, now - wait.due)
        if lag > SLACK:
            wait, came = late_beat(wait, busy_since(loop, sys._getframe()), now)
        self.turns_at_beat = self.count_turns()
        self._runner = id(sys._getframe().f_back)
        self._answer = Answer(wait, came, lag)

    def _learn_thread(self) -> None:
        thread = threading.current_thread()
        self.thread_name = thread.name
        self.thread_ident = thread.ident
        self.thread_id = threading.get_native_id()
