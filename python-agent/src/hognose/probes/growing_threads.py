"""
Which threads there are more and more of, by name.

Cost: 15 µs; from 24 threads on 2 µs a thread, and 20 µs for each that Python does not know and that
is new, 110 of these at most. Unlike the time that threads have spent, it is read of any number.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

from hognose._figures import Figures
from hognose._growing import Census, Gains, folded

_TASKS = Path("/proc/self/task")

# Names are told from so many threads on, when so many have come on top.
_LEVEL = 24
_LEAST = 3

# Names that the kernel is asked for at a time.
_MOST = 100


class GrowingThreads:
    """`names` are those that Python knows, by the kernel's thread numbers."""

    def __init__(self, names: Callable[[], Mapping[int, str]], root: Path = _TASKS) -> None:
        self._names = names
        self._root = root
        self._census = Census(self._kernels_name, _MOST)
        self._gains = Gains(_LEAST)

    def read(self) -> Figures:
        """Nothing while their number does not rise, nor where there is no `/proc`."""
        try:
            numbers = {int(name) for name in os.listdir(self._root)}
        except OSError:
            return {}
        if len(numbers) < _LEVEL:
            return {}
        names = self._names()
        known = [names[number] for number in numbers if number in names]
        unknown = self._census.of(numbers - names.keys())
        growing = self._gains.after(Counter(map(folded, [*known, *unknown.values()])))
        return {"growing_threads": growing} if growing else {}

    def _kernels_name(self, number: int) -> str:
        """Of a thread that a library has started without Python's knowledge."""
        try:
            with open(f"{self._root}/{number}/comm", encoding="utf-8", errors="replace") as name:
                return name.read().strip()
        except OSError:
            return ""
