"""
From floors to a tracemalloc window: each step costs more, and is taken only if the last one left
the question open.

1. The floors of RSS and of Python's blocks, at every sample: nothing.
2. The allocator gap, when they rise: what fragments has no site, and is not asked for one.
3. Growing containers and caches by name: known already, from `retention`.
4. Growing types by name, when no container explains the growth: a scan a minute, six at most.
5. A window, in which sites are seen.
"""

from __future__ import annotations

from collections.abc import Callable

from hognose._figures import Figures
from hognose._happenings import Retention
from hognose._suspicion import Growing, Suspicion
from hognose.probes.allocations import WINDOW_SECONDS, Allocations
from hognose.probes.allocations.sites import LargeBlocks, everything
from hognose.probes.retention.types import Types

# Samples between scans for types, and scans after which types have had their say.
_SCAN_EVERY = 6
_SCANS = 6

# The part of the growth of RSS that growing containers must hold to explain it. Entries are weighed
# with what they hold at first hand only, so most of their memory is not seen.
_EXPLAINED = 0.1


class Escalation:
    """
    `observe` takes each sample; what scans have found is waiting in `take`.

    `interval` is the seconds between samples; `held_per_hour` answers the bytes by which containers
    are known to grow.
    """

    def __init__(
        self,
        interval: float,
        allocations: Allocations,
        types: Types,
        held_per_hour: Callable[[], float],
    ) -> None:
        self._interval = interval
        self._allocations = allocations
        self._types = types
        self._held_per_hour = held_per_hour
        self._begin_anew()
        self._waiting: list[Retention] = []

    @property
    def has_news(self) -> bool:
        return bool(self._waiting)

    def take(self) -> list[Retention]:
        taken, self._waiting = self._waiting, []
        return taken

    def observe(self, figures: Figures) -> None:
        """The sample's figures; takes the step that is due."""
        if "rss_bytes" not in figures or "allocated_blocks" not in figures:
            return
        if self._allocations.is_tracing:
            # What tracing itself takes would look like growth.
            self._begin_anew()
            return
        self._suspicion.observe(
            figures["rss_bytes"], figures["allocated_blocks"], figures.get("malloc_used_bytes")
        )
        growing = self._suspicion.growing
        if growing is None:
            self._samples = self._scans = 0
        elif growing.where != "fragmentation" and self._is_named_or_asked(growing):
            self._open(growing)

    def _begin_anew(self) -> None:
        self._suspicion = Suspicion()
        # Since growth has been seen.
        self._samples = 0
        self._scans = 0

    def _is_named_or_asked(self, growing: Growing) -> bool:
        """Whether the cheaper questions have been answered, or have been asked often enough."""
        if self._explains(growing) or self._scans >= _SCANS:
            return True
        if self._samples % _SCAN_EVERY == 0:
            self._waiting += self._types.scan()
            self._scans += 1
        self._samples += 1
        return self._scans >= _SCANS

    def _explains(self, growing: Growing) -> bool:
        per_hour = growing.rss_bytes / (growing.samples * self._interval) * 3600
        held = self._held_per_hour()
        return held > 0 and held >= per_hour * _EXPLAINED

    def _open(self, growing: Growing) -> None:
        per_second = growing.rss_bytes / (growing.samples * self._interval)
        python = growing.where == "python"
        worth = everything if python else LargeBlocks(per_second * WINDOW_SECONDS)
        self._allocations.open(worth)
