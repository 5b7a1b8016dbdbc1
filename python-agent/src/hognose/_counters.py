"""
Counts of what happens in the service's own threads, by what and where.

Written from any thread, even in the middle of a garbage collection: no lock is taken, and adding
to a key that is known is one atomic step.
"""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from hognose._figures import NamedCounter
from hognose._happenings import Happening

# Keys of one family of names ("warning/…", "exception/…") that are told, so that one family cannot
# crowd out another and a sample stays small, and those that are counted. What comes later is
# counted together.
_KEYS = 16
_COUNTED = 128

# A key that is not told takes the place of the smallest when it has become this many times larger.
_LARGER = 2

OTHER = "__other__"

# Happenings about new keys that wait for the agent, and those that are told at one beat.
_WAITING = 16
_TOLD = 4

# Characters of a name and of a site.
_LONGEST = 300

_News = Callable[[], Happening]
_Key = tuple[str, str]

_OTHERS: _Key = (OTHER, "")


@dataclass(slots=True)
class _Told:
    """What a key had counted while it was not told is not its own, but the others'."""

    base: int
    total: int = 0


class Counters:
    """
    Cumulative since the process started. The first sight of a key may be a happening, too.

    Every total that is told only grows. A key that comes into its family's largest later begins at
    what it counts from then on, and goes on from there if it ever comes back, so that no rate shows
    a burst which was none.
    """

    def __init__(self) -> None:
        self._counts: dict[_Key, Iterator[int]] = {}
        self._opened_of: Counter[str] = Counter()
        self._news: deque[Happening] = deque(maxlen=_WAITING)
        # Only the thread that reads knows these: the keys that are told, and those that were.
        self._told: dict[_Key, _Told] = {}
        self._untold: dict[_Key, _Told] = {}

    def add(self, name: str, site: str, news: _News | None = None) -> None:
        key = (name[:_LONGEST], site[:_LONGEST])
        next(self._counts.get(key) or self._opened(key, news))

    def read(self) -> list[NamedCounter]:
        """
        Of each family the largest, and all others together; the largest first.

        By one thread only.
        """
        values = {key: _value(count) for key, count in list(self._counts.items())}
        others = values.pop(_OTHERS, 0)
        by_family: dict[str, list[_Key]] = defaultdict(list)
        for key in values:
            by_family[_family(key)].append(key)
        for keys in by_family.values():
            self._choose(keys, values)
        for key, told in self._told.items():
            told.total = values[key] - told.base
        others += sum(values.values()) - sum(
            told.total for each in (self._told, self._untold) for told in each.values()
        )
        counters: list[NamedCounter] = [
            {"name": name, "site": site, "total": told.total}
            for (name, site), told in self._told.items()
        ]
        if others:
            counters.append({"name": OTHER, "site": "", "total": others})
        return sorted(counters, key=lambda each: each["total"], reverse=True)

    def _choose(self, keys: list[_Key], values: Mapping[_Key, int]) -> None:
        """Which keys of a family are told from now on."""
        told = sorted((key for key in keys if key in self._told), key=values.__getitem__)
        rest = [key for key in keys if key not in self._told]
        for key in sorted(rest, key=values.__getitem__, reverse=True):
            if len(told) < _KEYS:
                # The first are told from their first sight on.
                self._told[key] = _Told(0)
                told.append(key)
                continue
            smallest = min(told, key=values.__getitem__)
            if values[key] <= _LARGER * values[smallest]:
                return
            told.remove(smallest)
            told.append(key)
            self._untold[smallest] = self._told.pop(smallest)
            before = self._untold.pop(key, _Told(0))
            self._told[key] = _Told(values[key] - before.total)

    def take(self) -> list[Happening]:
        """Some of what has been seen for the first time; the rest at the next beat."""
        return [self._news.popleft() for _ in range(min(_TOLD, len(self._news)))]

    def _opened(self, key: _Key, news: _News | None) -> Iterator[int]:
        family = _family(key)
        # Not exact between threads: each may open one more.
        if self._opened_of[family] >= _COUNTED:
            return self._counts.setdefault(_OTHERS, itertools.count())
        self._opened_of[family] += 1
        if news is not None and self._opened_of[family] <= _KEYS and len(self._news) < _WAITING:
            self._news.append(news())
        return self._counts.setdefault(key, itertools.count())


def _family(key: _Key) -> str:
    return key[0].partition("/")[0]


def _value(count: Iterator[int]) -> int:
    """What it would say next. `count(5)` is the only way in which a count tells its value."""
    return int(repr(count)[len("count(") : -1])
