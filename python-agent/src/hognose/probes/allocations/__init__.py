"""
Surviving memory by allocation site, from windows of tracemalloc.

Tracing slows code that allocates six times and more, so a window lasts two seconds and is opened
when the process's own figures look like growth and cheaper questions are answered, at most once in
a tracing interval, in one worker of a service at a time. Reading one predicts its pause and is left
out over the budget. Cost outside of windows: nothing.
"""

from __future__ import annotations

import _tracemalloc
import time
from collections import Counter
from collections.abc import Callable
from typing import Literal, cast

from hognose._budget import Budget
from hognose._figures import Figures
from hognose._happenings import AllocationGrowth
from hognose.probes.allocations.raw_domain import RawDomain
from hognose.probes.allocations.sites import Worth, everything
from hognose.probes.allocations.turn import Turn
from hognose.probes.allocations.window import Tracer, Window, read_tracer

Tracing = Literal["off", "adaptive", "continuous"]

WINDOW_SECONDS = 2.0

# How often a window is looked at: it ends before there is too much to read.
_LOOK = 0.1
_MARGIN = 2.0
_NEVER = float("inf")


class Allocations:
    """
    Opens windows and closes them.

    `closes_at` is when `close_due` has something to do, in the clock's seconds: to end a window, or
    to look whether it must end. A service that traces by itself is left alone: there is no window
    while it does.
    """

    def __init__(
        self,
        tracing: Tracing,
        least_interval: float,
        tracer: Tracer = cast("Tracer", _tracemalloc),  # noqa: B008
        clock: Callable[[], float] = time.monotonic,
        budget: Budget | None = None,
        turn: Turn | None = None,
        raw: RawDomain | None = None,
    ) -> None:
        self._raw = raw or RawDomain()
        # Readings that would have paused the process for too long, and tracing that could not be
        # stopped without harm.
        self.skipped: Counter[str] = Counter()
        if tracing != "off" and not self._raw.is_known:
            self.skipped["allocations: raw allocator"] += 1
            tracing = "off"
        self._tracing = tracing
        self._least_interval = least_interval
        self._tracer = tracer
        self._clock = clock
        self._budget = budget or Budget(clock=clock)
        self._turn = turn
        self._window: Window | None = None
        self._worth: Worth = everything
        self._next_window = float("-inf")
        self._ends_at = _NEVER
        self.closes_at = _NEVER
        if tracing == "continuous" and not tracer.is_tracing():
            self._start(least_interval)

    def read(self) -> Figures:
        """
        What tracing sees and what it occupies.

        A window of ours sees what was allocated in its two seconds and nothing of the heap before
        it: that is no figure of the process, so only its cost is told.
        """
        figures = read_tracer(self._tracer)
        if self._window is not None and self._tracing == "adaptive":
            figures.pop("traced_bytes", None)
        return figures

    @property
    def is_tracing(self) -> bool:
        """Whoever switched it on: figures are not those of the process alone meanwhile."""
        return self._tracer.is_tracing()

    def open(self, worth: Worth = everything) -> bool:
        """Open a window now, if one may be; `worth` tells which of its sites are told."""
        if self._tracing != "adaptive" or self._tracer.is_tracing():
            return False
        if self._clock() < self._next_window or self._budget.is_spent:
            return False
        if self._turn is not None and not self._turn.take():
            return False
        self._worth = worth
        self._start(WINDOW_SECONDS)
        return True

    def close_due(self) -> list[AllocationGrowth]:
        """What the window tells whose time has come."""
        if self._window is None or self._clock() < self.closes_at:
            return []
        if self._may_last(self._window):
            self.closes_at = min(self._ends_at, self._clock() + _LOOK)
            return []
        if self._tracing == "continuous":
            self.closes_at = self._clock() + self._least_interval
            return [self._spent(self._window.read(self._worth))]
        try:
            told = self._window.close(self._worth)
        finally:
            self._ended()
        self._next_window = self._clock() + self._least_interval
        return [self._spent(told)]

    def stop(self) -> None:
        """End tracing if it is ours."""
        if self._window is not None:
            self._window.abandon()
        self._ended()

    def _start(self, seconds: float) -> None:
        self._window = Window(self._tracer, self._clock, self._budget, self._raw)
        self._ends_at = self._clock() + seconds
        self.closes_at = self._ends_at if self._tracing == "continuous" else self._clock() + _LOOK

    def _may_last(self, window: Window) -> bool:
        """Whether a window has time left, and what it would take to read it is well within."""
        if self._tracing == "continuous" or self._clock() >= self._ends_at:
            return False
        return self._budget.allows(window.predicted_pause * _MARGIN)

    def _ended(self) -> None:
        self._window = None
        self.closes_at = _NEVER
        if self._turn is not None:
            self._turn.give_back()

    def _spent(self, told: AllocationGrowth) -> AllocationGrowth:
        if not self._budget.allows(told["predicted_pause_ms"] / 1000):
            self.skipped["allocations: pause"] += 1
        return told
