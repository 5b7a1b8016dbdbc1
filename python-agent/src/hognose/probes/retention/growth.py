"""Does a container keep growing? No containers here, only lengths and times."""

from __future__ import annotations

import itertools
from collections import deque

# Readings that are looked at; all of their steps but one must go up, none may go down.
_READINGS = 6
_STEPS_UP = 4

# Entries that a container must have gained in these readings.
_LEAST = 10

# Readings after which a container that still grows is told again.
_AGAIN = 10


class Growth:
    """The last lengths of one container, with their times in seconds."""

    __slots__ = ("_kept", "_quiet")

    def __init__(self) -> None:
        self._kept: deque[tuple[float, int]] = deque(maxlen=_READINGS)
        self._quiet = 0

    def observe(self, now: float, size: int) -> None:
        self._kept.append((now, size))
        self._quiet = max(0, self._quiet - 1)

    @property
    def is_due(self) -> bool:
        """Whether it grows and has not been told for a while."""
        return not self._quiet and self.is_growing

    def said(self) -> None:
        self._quiet = _AGAIN

    @property
    def per_hour(self) -> float:
        """Entries gained an hour over the readings; 0 before there are two."""
        if len(self._kept) < 2:
            return 0.0
        (since, first), (until, last) = self._kept[0], self._kept[-1]
        return (last - first) / max(until - since, 1e-9) * 3600

    @property
    def is_growing(self) -> bool:
        if len(self._kept) < _READINGS or self._kept[-1][1] - self._kept[0][1] < _LEAST:
            return False
        steps = [after - before for (_, before), (_, after) in itertools.pairwise(self._kept)]
        return min(steps) >= 0 and sum(step > 0 for step in steps) >= _STEPS_UP
