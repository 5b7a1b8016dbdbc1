"""
Which container grows: module globals, class attributes, default arguments, closures, caches.

Containers are found a few modules at a time and from then on only their lengths are read. No code
of the service's runs for this, and nothing of its is kept alive: a container is known by the way
to it. Cost: 2 ms of searching a reading, in which about a dozen modules are searched, and
0.6 µs a known container, 5000 at most.

In a worker that shares pages with the process it was forked from, only the service's own modules
are looked into: see `_pages`.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping
from functools import partial

from hognose._figures import Figures
from hognose._frames import Own, is_users
from hognose._happenings import Retention
from hognose._pages import shares_pages
from hognose.probes.retention.growth import Growth
from hognose.probes.retention.search import Found, containers, is_own_module

# How much CPU one reading may spend on the search, in seconds.
SEARCH_SECONDS = 0.002

# Readings after which the service's modules are searched again: containers come and go.
_SEARCH_AGAIN = 10

# Containers of one process that are followed, and those that are told at one reading.
_FOLLOWED = 5000
_TOLD = 5

# The least that an entry is counted for: a reference.
_ENTRY = 8

# Unbounded caches of a process that are told before they grow.
_UNBOUNDED = 20


class Containers:
    """
    `read` does one reading; what it has found growing is waiting in `take`.

    The service's own modules are searched first, and their small containers are followed, too;
    `own` names the installed packages that are the service.
    """

    def __init__(
        self,
        own: Callable[[], Own] = frozenset,
        modules: Callable[[], Mapping[str, object]] = lambda: dict(sys.modules),
        clock: Callable[[], float] = time.monotonic,
        cpu_clock: Callable[[], float] = time.thread_time,
        is_sharing: Callable[[], bool] = shares_pages,
        search_seconds: float = SEARCH_SECONDS,
    ) -> None:
        self._own = own
        self._modules = modules
        self._clock = clock
        self._cpu_clock = cpu_clock
        self._is_sharing = is_sharing
        self._search_seconds = search_seconds
        self._only_own = False
        self._followed: dict[str, tuple[Found, Growth]] = {}
        self._searched: set[str] = set()
        self._readings = 0
        self._waiting: list[Retention] = []
        # Bytes an hour of those that were found growing and still do.
        self._held: dict[str, float] = {}
        # Caches without a limit: those that were told, and those that wait for it.
        self._unbounded: dict[str, Found] = {}
        self._unbounded_told: set[str] = set()

    def read(self) -> Figures:
        """Measure what is followed, and search a little further. Says nothing in a sample."""
        now = self._clock()
        self._measure(now)
        self._search_on(now)
        self._tell_unbounded()
        self._readings += 1
        return {}

    @property
    def has_news(self) -> bool:
        return bool(self._waiting)

    @property
    def held_per_hour(self) -> float:
        """Bytes an hour by which all growing containers grow, as far as a few entries tell."""
        return sum(self._held.values())

    def take(self) -> list[Retention]:
        """What has been found growing since it was asked last, the fastest first."""
        taken, self._waiting = self._waiting, []
        return taken

    def _measure(self, now: float) -> None:
        growing: list[Retention] = []
        for name, (found, growth) in list(self._followed.items()):
            size = found.size()
            if size is None:
                del self._followed[name]
                self._held.pop(name, None)
                continue
            growth.observe(now, size)
            if growth.is_due:
                growth.said()
                told = found.told(size, growth.per_hour)
                growing.append(told)
                self._held[name] = told["growth_per_hour"] * max(told["sample_bytes"], _ENTRY)
            elif name in self._held and not growth.is_growing:
                del self._held[name]
        growing.sort(key=lambda each: each["growth_per_hour"], reverse=True)
        self._waiting = growing[:_TOLD]

    def _tell_unbounded(self) -> None:
        """Once each: a cache without a limit is a leak that waits for its traffic."""
        while self._unbounded and len(self._waiting) < _TOLD:
            name, found = self._unbounded.popitem()
            size = found.size()
            if size is not None and len(self._unbounded_told) < _UNBOUNDED:
                self._unbounded_told.add(name)
                self._waiting.append(found.told(size, 0.0))

    def _search_on(self, now: float) -> None:
        """
        Search modules while the budget lasts, each of them whole.

        Nothing of the service's is held from one reading to the next.
        """
        modules = self._modules()
        is_own = partial(is_users, own=self._own())
        if self._readings % _SEARCH_AGAIN == 0:
            self._only_own = self._is_sharing()
            self._search_again(modules, is_own)
        until = self._cpu_clock() + self._search_seconds
        for name in self._unsearched(modules, is_own):
            self._searched.add(name)
            for found in containers(name, modules[name], is_own):
                self._follow(found, now)
            if self._cpu_clock() >= until:
                break

    def _search_again(self, modules: Mapping[str, object], is_own: Callable[[str], bool]) -> None:
        """The service's own modules; libraries, which are many, once all have had their turn."""
        if self._searched >= modules.keys():
            self._searched.clear()
        self._searched -= {name for name in modules if is_own_module(name, modules[name], is_own)}

    def _unsearched(
        self, modules: Mapping[str, object], is_own: Callable[[str], bool]
    ) -> list[str]:
        """Names of modules, those of the service's own code first."""
        names = [name for name in modules if name not in self._searched]
        own = [name for name in names if is_own_module(name, modules[name], is_own)]
        if self._only_own:
            return own
        first = set(own)
        return own + [name for name in names if name not in first]

    def _follow(self, found: Found, now: float) -> None:
        if found.key not in self._followed and len(self._followed) < _FOLLOWED:
            growth = Growth()
            growth.observe(now, found.size() or 0)
            self._followed[found.key] = (found, growth)
            if found.is_unbounded and found.key not in self._unbounded_told:
                self._unbounded[found.key] = found
