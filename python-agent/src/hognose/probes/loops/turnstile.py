"""
The watch over a loop that has little to do: when it goes to sleep, it puts the alarm away.

An asyncio loop sleeps in `select`, called by Python code, and that call goes through here. When it
is over the alarm is set, and when the next one begins it is put away, so that it rings only where
the loop does not come back to sleep; one that sleeps on wakes nobody. Cost: 4 µs each time that
the loop wakes. This module imports asyncio, so it is itself imported only once the service has
done so.
"""

from __future__ import annotations

import asyncio
import selectors
import time
from asyncio import AbstractEventLoop
from collections.abc import Callable
from typing import Any

from hognose.probes.loops.alarm import NEVER
from hognose.probes.loops.heartbeat import Heartbeat
from hognose.probes.loops.lifeline import Lifeline
from hognose.probes.loops.rule import MOST_TURNS, SLACK, Wait

# What a loop is asked for that sleeps: to come by.
_NOTHING = Wait(NEVER, NEVER)


def fits(loop: AbstractEventLoop) -> bool:
    """Whether the loop sleeps where asyncio's own do, and nobody has changed that."""
    selector = getattr(loop, "_selector", None)
    return (
        isinstance(loop, asyncio.SelectorEventLoop)
        and isinstance(selector, selectors.BaseSelector)
        and "select" not in getattr(selector, "__dict__", ("select",))
    )


class Turnstile:
    """
    Put up and taken down by the watchdog's thread, passed by the loop's; neither takes a lock.

    It takes itself down, and rings the alarm, where the loop comes by too often to be watched so.
    """

    def __init__(
        self,
        heartbeat: Heartbeat,
        lifeline: Lifeline,
        patience: float,
    ) -> None:
        self.lifeline = lifeline
        self._patience = patience
        self._loop = heartbeat.loop
        self._selector: Any = getattr(self._loop, "_selector", None)
        self._select = self._selector.select if self._selector is not None else None
        # Where the loop came by: since when it is counted, and how often since.
        self._turns = (lifeline.awaited.due, 0)
        self._slept_at = NEVER

    @property
    def is_asleep(self) -> bool:
        """Whether the loop waits for something to do."""
        return self.lifeline.awaited is _NOTHING

    @property
    def is_idle(self) -> bool:
        """Whether the loop is asleep, and has left nothing to take."""
        return self.is_asleep and not self.lifeline.beats and not self.lifeline.has_ended

    def begin(self) -> Wait:
        """Raises `RuntimeError` if the loop has been closed."""
        awaited = self.lifeline.awaited
        if self._loop is not None and self._selector is not None:
            self._selector.select = self._watched_select
            self.lifeline.alarm.put_off(awaited.due, self._patience)
            try:
                # It sleeps in the call that it had begun before.
                self._loop.call_soon_threadsafe(_come_by)
            except RuntimeError:
                self.close()
                raise
        return awaited

    def close(self) -> None:
        """From any thread: the loop's calls are its own again."""
        self.lifeline.has_ended = True
        # Somebody may have put a call of theirs around ours meanwhile: that one stays.
        if self._selector is not None and self._selector.select == self._watched_select:
            del self._selector.select
        self._loop = self._selector = None

    def _watched_select(self, timeout: float | None = None) -> Any:
        """In place of the selector's own, on the loop's thread."""
        self._tried(self._arrive, timeout)
        select: Any = self._select
        events = select(timeout)
        self._tried(self._leave, timeout if not events else None)
        return events

    def _tried(self, step: Callable[[float | None], None], timeout: float | None) -> None:
        if self.lifeline.has_ended:
            return
        try:
            if self.lifeline.is_inherited:
                self.close()
            else:
                step(timeout)
        except Exception as failure:  # noqa: BLE001 - nothing of ours may reach the service's loop
            self.lifeline.failure = failure
            self._end()

    def _arrive(self, timeout: float | None) -> None:
        """The loop has done what there was to do."""
        now = self._slept_at = time.monotonic()
        wait = self.lifeline.awaited
        lag = now - wait.due
        if lag > SLACK:
            self.lifeline.beats.leave(wait, now, lag, now)
        self.lifeline.awaited = _NOTHING
        if timeout is None or timeout > 0:
            self.lifeline.alarm.rest()

    def _leave(self, timeout: float | None) -> None:
        """Something has come, or that time is over."""
        now = time.monotonic()
        lag = max(0.0, now - self._slept_at - timeout) if timeout else None
        wait = Wait(now, now)
        # Also where nothing was late: what a block costs is reckoned from here.
        self.lifeline.beats.leave(wait, now, lag, now)
        since, turns = self._turns
        self._turns = (since, turns + 1) if now - since < 1.0 else (now, 1)
        if turns == MOST_TURNS or not self.lifeline.alarm.works:
            self._end()
            return
        self.lifeline.awaited = wait
        self.lifeline.alarm.put_off(now, self._patience)

    def _end(self) -> None:
        self.close()
        self.lifeline.end()


def _come_by() -> None:
    """What a loop does that is only to come by."""
