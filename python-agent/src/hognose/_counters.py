"""
Counts of what happens in the service's own threads, by what and where.

Written from any thread, even in the middle of a garbage collection: no lock is taken, and adding
to a key that is known is one atomic step.
"""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Callable, Iterator

from hognose._signals import Happening, NamedCounter

# Keys that one family of names may have ("warning/…", "exception/…"); what comes later is counted
# together, so that one family cannot crowd out another and a sample stays small.
_KEYS = 16

OTHER = "__other__"

# Happenings about new keys that wait for the agent, and those that are told at one beat.
_WAITING = 16
_TOLD = 4

# A site in UTF-8 is at most three times as long.
_LONGEST = 300

_News = Callable[[], Happening]


class Counters:
    """Cumulative since the process started. The first sight of a key may be a happening, too."""

    def __init__(self) -> None:
        self._counts: dict[tuple[str, str], Iterator[int]] = {}
        self._news: deque[Happening] = deque(maxlen=_WAITING)

    def add(self, name: str, site: str, news: _News | None = None) -> None:
        key = (name, site[:_LONGEST])
        next(self._counts.get(key) or self._opened(key, news))

    def read(self) -> list[NamedCounter]:
        """All of them, the largest first."""
        counters: list[NamedCounter] = [
            {"name": name, "site": site, "total": _value(count)}
            for (name, site), count in list(self._counts.items())
        ]
        return sorted(counters, key=lambda each: each["total"], reverse=True)

    def take(self) -> list[Happening]:
        """Some of what has been seen for the first time; the rest at the next beat."""
        return [self._news.popleft() for _ in range(min(_TOLD, len(self._news)))]

    def _opened(self, key: tuple[str, str], news: _News | None) -> Iterator[int]:
        family = key[0].partition("/")[0] + "/"
        if sum(name.startswith(family) for name, _ in list(self._counts)) >= _KEYS:
            return self._counts.setdefault((OTHER, ""), itertools.count())
        if news is not None and len(self._news) < _WAITING:
            self._news.append(news())
        return self._counts.setdefault(key, itertools.count())


def _value(count: Iterator[int]) -> int:
    """What it would say next. `count(5)` is the only way in which a count tells its value."""
    return int(repr(count)[len("count(") : -1])
