"""What a program gave to `sys.exit`: CPython has forgotten it when it asks for a last word."""

from __future__ import annotations

import functools
import sys
import threading
from types import FrameType
from typing import NamedTuple, NoReturn

from hognose._exits import exit_code


class _Left(NamedTuple):
    """The main thread's outermost frame, and where it was."""

    code: int
    frame: FrameType
    at: int


class SysExit:
    """
    Stands in for `sys.exit`, which nobody can be asked about; what it does is not changed.

    `SystemExit` may be caught on its way out. Whether it was is told by the outermost frame: that
    of a program which was left by it has not moved since. It is the only frame that is kept, so
    that nothing which the service holds in a function lives longer.
    """

    def __init__(self) -> None:
        self._leave = sys.exit
        self._left: _Left | None = None

    def stand_in(self) -> None:
        """From now on, in this process and in those that are forked from it."""
        if sys.exit is not self._leave:
            return
        leave = self._leave

        @functools.wraps(leave)
        def exit_(status: object = None, /) -> NoReturn:
            if threading.current_thread() is threading.main_thread():
                self._note(status)
            leave(status)  # type: ignore[arg-type]

        sys.exit = exit_

    def code(self) -> int | None:
        """What the process ends with, as far as `sys.exit` has told."""
        left = self._left
        return left.code if left is not None and left.frame.f_lasti == left.at else None

    def _note(self, status: object) -> None:
        outermost = sys._getframe()
        while outermost.f_back is not None:
            outermost = outermost.f_back
        self._left = _Left(exit_code(status), outermost, outermost.f_lasti)
