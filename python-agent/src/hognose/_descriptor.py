"""
A descriptor that the agent keeps, in a process whose service may close all that there are.

Daemons do so at their start. A file that the service opens then may get the same number.
"""

from __future__ import annotations

import os
from contextlib import suppress


class Descriptor:
    """Of an open file. Cost of each question: 1 µs."""

    def __init__(self, number: int) -> None:
        self.number = number
        self._file = _file(number)

    def is_ours(self) -> bool:
        """Whether it is still the file that it was."""
        try:
            return _file(self.number) == self._file
        except OSError:
            return False

    def close(self) -> None:
        if self.is_ours():
            with suppress(OSError):
                os.close(self.number)


def _file(number: int) -> tuple[int, int]:
    told = os.fstat(number)
    return told.st_dev, told.st_ino
