"""How far a long run has come: beside what it prints in the end, for whoever waits for it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TextIO

_EVERY = 60.0
_CLEAR_LINE = "\r\033[K"


class Progress:
    """A line a minute; on a terminal each in place of the one before."""

    def __init__(self, out: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        self._out = out
        self._clock = clock
        self._next = clock() + _EVERY
        self._stands = False

    def tell(self, line: Callable[[], str]) -> None:
        """Asks for the line, and writes it, when a minute is over."""
        if self._clock() >= self._next:
            self._next = self._clock() + _EVERY
            self.say(line())

    def say(self, line: str) -> None:
        """Writes it now."""
        if self._out.isatty():
            self._out.write(_CLEAR_LINE + line)
            self._stands = True
        else:
            self._out.write(line + "\n")
        self._out.flush()

    def make_room(self) -> None:
        """Nothing stands on the terminal where something else is about to be written."""
        if self._stands:
            self._out.write(_CLEAR_LINE)
            self._out.flush()
            self._stands = False
