"""
Surviving memory by allocation site, from windows of tracemalloc.

Tracing slows code that allocates six times and more, so a window lasts two seconds and is opened
when the process's own figures look like growth, at most once in a tracing interval. Reading one
predicts its pause and is left out over 20 ms. Cost outside of windows: a few comparisons a beat.
"""

from __future__ import annotations

import _tracemalloc
import time
from collections.abc import Callable
from typing import Literal, cast

from hognose._signals import AllocationGrowth, Figures
from hognose.probes.allocations.suspicion import Suspicion
from hognose.probes.allocations.window import Tracer, Window, read_tracer

Tracing = Literal["off", "adaptive", "continuous"]

_WINDOW_SECONDS = 2.0
_NEVER = float("inf")


class Allocations:
    """
    Opens windows and closes them.

    `closes_at` is when `close_due` has something to do, in the clock's seconds. A service that
    traces by itself is left alone: there is no window while it does.
    """

    def __init__(
        self,
        tracing: Tracing,
        least_interval: float,
        tracer: Tracer = cast("Tracer", _tracemalloc),  # noqa: B008
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._tracing = tracing
        self._least_interval = least_interval
        self._tracer = tracer
        self._clock = clock
        self._suspicion = Suspicion()
        self._window: Window | None = None
        self._next_window = float("-inf")
        self.closes_at = _NEVER
        if tracing == "continuous" and not tracer.is_tracing():
            self._open(least_interval)

    def read(self) -> Figures:
        return read_tracer(self._tracer)

    def observe(self, rss_bytes: int, blocks: int) -> None:
        """Take the beat's figures into account; opens a window when they look like growth."""
        if self._tracing != "adaptive" or self._tracer.is_tracing():
            return
        self._suspicion.observe(rss_bytes, blocks)
        if self._suspicion.is_raised and self._clock() >= self._next_window:
            self._open(_WINDOW_SECONDS)

    def close_due(self) -> list[AllocationGrowth]:
        """What the window tells whose time has come."""
        if self._window is None or self._clock() < self.closes_at:
            return []
        if self._tracing == "continuous":
            self.closes_at = self._clock() + self._least_interval
            return [self._window.read()]
        told = self._window.close()
        self._window = None
        self.closes_at = _NEVER
        self._next_window = self._clock() + self._least_interval
        # What tracing itself took would look like growth.
        self._suspicion = Suspicion()
        return [told]

    def stop(self) -> None:
        """End tracing if it is ours."""
        if self._window is not None:
            self._window.abandon()
            self._window = None
        self.closes_at = _NEVER

    def _open(self, seconds: float) -> None:
        self._window = Window(self._tracer, self._clock)
        self.closes_at = self._clock() + seconds
