"""A stretch of time in which tracemalloc is on, and what reading it costs."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import Protocol

from hognose._budget import Budget
from hognose._figures import Figures
from hognose._happenings import AllocationGrowth
from hognose._one_call import without_collections
from hognose.probes.allocations.raw_domain import RawDomain
from hognose.probes.allocations.sites import (
    RawTrace,
    Totals,
    Worth,
    growth,
    largest_sites,
    totals,
)

# Frames of an allocation that tracemalloc keeps: enough to get out of json and pydantic and back to
# the service's own code. More makes every allocation dearer while a window is open.
DEPTH = 5

# Measured: bytes that tracemalloc uses for a trace, and seconds that a reading takes for one.
_BYTES_A_TRACE = 50
_SECONDS_A_TRACE = 0.4e-6


class Tracer(Protocol):
    """The part of `_tracemalloc` that is used: `tracemalloc` without what it imports."""

    def start(self, nframe: int, /) -> None: ...
    def stop(self) -> None: ...
    def is_tracing(self) -> bool: ...
    def get_traced_memory(self) -> tuple[int, int]: ...
    def get_tracemalloc_memory(self) -> int: ...
    def _get_traces(self) -> list[RawTrace]: ...


class Window:
    """Tracing from `open` on. Everything about it is the agent's; a service's own is left alone."""

    def __init__(
        self,
        tracer: Tracer,
        clock: Callable[[], float] = time.monotonic,
        budget: Budget | None = None,
        raw: RawDomain | None = None,
    ) -> None:
        self._tracer = tracer
        self._clock = clock
        self._budget = budget or Budget(clock=clock)
        self._before: Totals = {}
        self._opened = clock()
        (raw or RawDomain()).kept_out(partial(tracer.start, DEPTH))

    @property
    def predicted_pause(self) -> float:
        """Seconds for which reading it now would hold the GIL."""
        return self._tracer.get_tracemalloc_memory() / _BYTES_A_TRACE * _SECONDS_A_TRACE

    def close(self, worth: Worth) -> AllocationGrowth:
        """Read what survived, and stop tracing, whatever becomes of the reading."""
        try:
            return self._read(worth)
        finally:
            self._tracer.stop()

    def read(self, worth: Worth) -> AllocationGrowth:
        """Read what survived since the last reading, and trace on."""
        read = self._read(worth)
        self._opened = self._clock()
        return read

    def abandon(self) -> None:
        """Stop tracing and read nothing."""
        self._tracer.stop()

    def _read(self, worth: Worth) -> AllocationGrowth:
        window_ms = round((self._clock() - self._opened) * 1000)
        predicted = self.predicted_pause
        told: AllocationGrowth = {
            "window_ms": window_ms,
            "predicted_pause_ms": predicted * 1000,
            "pause_ms": 0.0,
            "sites": [],
            "cut": True,
        }
        if not self._budget.allows(predicted):
            return told
        started = time.thread_time()
        traces, pause = self._traces()
        now = totals(traces)
        told["sites"], told["cut"] = largest_sites(growth(now, self._before), worth)
        told["pause_ms"] = pause * 1000
        self._budget.spend(time.thread_time() - started, pause)
        self._before = now
        return told

    def _traces(self) -> tuple[list[RawTrace], float]:
        """The traces, and the seconds for which reading them held the GIL."""
        get = self._tracer._get_traces
        started = time.perf_counter()
        traces = without_collections(get)
        return traces, time.perf_counter() - started


def read_tracer(tracer: Tracer) -> Figures:
    """What tracing sees and what it occupies, whoever switched it on; nothing while it is off."""
    if not tracer.is_tracing():
        return {}
    return {
        "traced_bytes": tracer.get_traced_memory()[0],
        "tracer_bytes": tracer.get_tracemalloc_memory(),
    }
