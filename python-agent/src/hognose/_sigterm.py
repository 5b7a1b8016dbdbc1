"""SIGTERM's default action, with a last word before it."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from hognose._defaults import Defaults


class Sigterm:
    """For process 1 there is no default action: the kernel ignores what is not handled."""

    def __init__(self, last_word: Callable[[int], None], defaults: Defaults) -> None:
        self._last_word = last_word
        self._defaults = defaults
        self._is_wanted = False
        self._is_held = False
        self._came: int | None = None

    def stand_in(self) -> None:
        """From now on, in this process and in those that are forked from it."""
        if os.getpid() == 1 or self._is_wanted:
            return
        self._is_wanted = True
        self._defaults.stand_in(signal.SIGTERM, self._end)

    @contextmanager
    def held(self) -> Iterator[None]:
        """
        While the last word is being said: a signal that comes meanwhile ends the process after it.

        A supervisor that terminates whoever is not gone yet would cut it off else.
        """
        if threading.current_thread() is not threading.main_thread():
            # The handler runs on the main thread, which has nothing to finish.
            yield
            return
        self._is_held = True
        try:
            yield
        finally:
            self._is_held = False
            if self._came is not None:
                self._defaults.act(self._came)

    def _end(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002
        if self._is_held:
            self._came = number
            return
        self._last_word(number)
        self._defaults.act(number)
