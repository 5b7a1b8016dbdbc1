"""Does memory look like growth, and of which heap? No probes here, only figures and floors."""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

# Samples of which one floor is the lowest: the shorter sees a fast leak, the longer a slow one.
_WIDTHS = (6, 60)

# So many floors in a row are looked at, and all but one of their steps must go up.
_FLOORS = 6
_STEPS_UP = 4

# Growth below this share of the first floor, or below these amounts, is noise.
_SHARE = 0.01
_LEAST_BYTES = 2**20
_LEAST_BLOCKS = 4096

# Of the growth of RSS, what must be in use by the C library for the heap to hold it.
_IN_USE = 0.5

# "buffers": native memory, or Python objects above 512 bytes, which are allocated alike.
Where = Literal["python", "buffers", "fragmentation"]


@dataclass(frozen=True, slots=True)
class Growing:
    """
    Growth between the first floor and the last, and the samples between them.

    `malloc_used` is absent where the C library does not tell it.
    """

    samples: int
    rss_bytes: int
    blocks_rise: bool
    malloc_used: int | None

    @property
    def where(self) -> Where:
        """The allocator gap: what grows without Python's own blocks is somewhere else."""
        if self.blocks_rise:
            return "python"
        if self.malloc_used is not None and self.malloc_used < self.rss_bytes * _IN_USE:
            return "fragmentation"
        return "buffers"


class Suspicion:
    """
    Raised while the floors of RSS or of allocated blocks have been rising.

    A floor is the lowest value of a number of samples, so what is looked at is what is left after
    collections. It counts samples, not minutes: a shorter interval is suspicious sooner.
    """

    def __init__(self) -> None:
        self._scales = [_Scale(width) for width in _WIDTHS]

    @property
    def growing(self) -> Growing | None:
        """What has been rising, on the shorter scale if on both; None while nothing has."""
        return next((growing for scale in self._scales if (growing := scale.growing)), None)

    def observe(self, rss_bytes: int, blocks: int, malloc_used: int | None = None) -> None:
        for scale in self._scales:
            scale.observe(rss_bytes, blocks, malloc_used)


class _Scale:
    def __init__(self, width: int) -> None:
        self._width = width
        self._rss = _Floors(width, _LEAST_BYTES)
        self._blocks = _Floors(width, _LEAST_BLOCKS)
        self._malloc_used = _Floors(width, 0)

    @property
    def growing(self) -> Growing | None:
        if not (self._rss.are_rising or self._blocks.are_rising):
            return None
        return Growing(
            samples=self._width * (_FLOORS - 1),
            rss_bytes=self._rss.growth or 0,
            blocks_rise=self._blocks.are_rising,
            malloc_used=self._malloc_used.growth,
        )

    def observe(self, rss_bytes: int, blocks: int, malloc_used: int | None) -> None:
        self._rss.observe(rss_bytes)
        self._blocks.observe(blocks)
        if malloc_used is not None:
            self._malloc_used.observe(malloc_used)


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

    @property
    def growth(self) -> int | None:
        """From the first floor to the last; None before there are as many as are looked at."""
        return self._kept[-1] - self._kept[0] if len(self._kept) == _FLOORS else None

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
