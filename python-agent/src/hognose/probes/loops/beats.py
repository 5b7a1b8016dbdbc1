"""What a loop leaves for its watchdog each time that it tells it gets on."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import NamedTuple

from hognose.probes.loops.look import Usage
from hognose.probes.loops.rule import Wait

# Beats that wait for the watchdog: it takes them twice a second.
_KEPT = 256


class Beat(NamedTuple):
    """
    A beat that came. Moments are seconds on the monotonic clock, `lag` is seconds or not known.

    `came` is when the loop was free again, at most `at`, when it told; `line` is what the kernel
    said of its thread then.
    """

    wait: Wait
    came: float
    lag: float | None
    at: float
    usage: Usage
    line: bytes


class Beats:
    """
    Left by the loop's thread, taken by the watchdog's; each is one atomic operation.

    `usage` and `line` are those of the loop's thread, and are asked on it.
    """

    def __init__(self, usage: Callable[[], Usage], line: Callable[[], bytes]) -> None:
        self._usage = usage
        self._line = line
        self._left: deque[Beat] = deque(maxlen=_KEPT)

    def leave(self, wait: Wait, came: float, lag: float | None, at: float) -> bytes:
        """Answers what the kernel says of the thread."""
        line = self._line()
        self._left.append(Beat(wait, came, lag, at, self._usage(), line))
        return line

    def take(self) -> list[Beat]:
        """Those that have come since the last call."""
        beats = []
        while self._left:
            beats.append(self._left.popleft())
        return beats

    def __bool__(self) -> bool:
        """Whether there are any to take."""
        return bool(self._left)
