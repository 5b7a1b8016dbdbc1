"""Does memory look like growth? The question that decides whether tracing is worth its price."""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Sequence

# Samples of which one floor is the lowest: the shorter sees a fast leak, the longer a slow one.
_WIDTHS = (6, 60)

# So many floors in a row are looked at, and all but one of their steps must go up.
_FLOORS = 6
_STEPS_UP = 4

# Growth below this share of the first floor, or below these amounts, is noise.
_SHARE = 0.01
_LEAST_BYTES = 2**20
_LEAST_BLOCKS = 4096


class Suspicion:
    """
    Raised while the floors of RSS or of allocated blocks have been rising.

    A floor is the lowest value of a number of samples, so what is looked at is what is left after
    collections. It counts samples, not minutes: a shorter interval is suspicious sooner.
    """

    def __init__(self) -> None:
        self._floors = [
            (_Floors(width, _LEAST_BYTES), _Floors(width, _LEAST_BLOCKS)) for width in _WIDTHS
        ]

    @property
    def is_raised(self) -> bool:
        return any(floors.are_rising for pair in self._floors for floors in pair)

    def observe(self, rss_bytes: int, blocks: int) -> None:
        for of_bytes, of_blocks in self._floors:
            of_bytes.observe(rss_bytes)
            of_blocks.observe(blocks)


class _Floors:
    def __init__(self, width: int, least: int) -> None:
        self._width = width
        self._least = least
        self._samples: list[int] = []
        # The first is left out: a process that starts up grows.
        self._kept: deque[int] = deque(maxlen=_FLOORS)
        self._is_first = True

    @property
    def are_rising(self) -> bool:
        return len(self._kept) == _FLOORS and is_rising(list(self._kept), self._least)

    def observe(self, value: int) -> None:
        self._samples.append(value)
        if len(self._samples) == self._width:
            if not self._is_first:
                self._kept.append(min(self._samples))
            self._is_first = False
            self._samples.clear()


def is_rising(floors: Sequence[int], least: int) -> bool:
    """Whether floors rise step after step, and by enough to matter."""
    steps_up = sum(after > before for before, after in itertools.pairwise(floors))
    growth = floors[-1] - floors[0]
    return steps_up >= _STEPS_UP and growth >= max(least, floors[0] * _SHARE)
