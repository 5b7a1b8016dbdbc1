"""SIGTERM's default action, with a last word before it."""

from __future__ import annotations

import functools
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


class Sigterm:
    """
    Stands in for the default action, never for a handler of the service's.

    Some servers put the default back after the agent has started (uvicorn's worker for gunicorn,
    Celery's pool), and then end by it. So `signal.signal` and `signal.getsignal` are wrapped: who
    sets the default gets the stand-in, and who asks is told of the default.

    For process 1 there is no default action: the kernel ignores what is not handled.
    """

    def __init__(self, last_word: Callable[[int], None]) -> None:
        self._last_word = last_word
        self._set = signal.signal
        self._is_wanted = False
        self._is_held = False
        self._came: int | None = None

    def stand_in(self) -> None:
        """From now on, in this process and in those that are forked from it."""
        if os.getpid() == 1 or self._is_wanted:
            return
        self._is_wanted = True
        self._wrap()
        is_main = threading.current_thread() is threading.main_thread()
        if is_main and signal.getsignal(signal.SIGTERM) == signal.SIG_DFL:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)

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
                self._finish(self._came)

    def _wrap(self) -> None:
        ask, self._set = signal.getsignal, signal.signal
        set_handler = self._set

        @functools.wraps(set_handler)
        def signal_(signalnum: int, handler: signal._HANDLER) -> signal._HANDLER:
            is_default = signalnum == signal.SIGTERM and handler == signal.SIG_DFL
            return self._shown(set_handler(signalnum, self._end if is_default else handler))

        @functools.wraps(ask)
        def getsignal(signalnum: int) -> signal._HANDLER:
            return self._shown(ask(signalnum))

        signal.signal, signal.getsignal = signal_, getsignal

    def _shown(self, handler: signal._HANDLER) -> signal._HANDLER:
        return signal.SIG_DFL if handler == self._end else handler

    def _end(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002
        if self._is_held:
            self._came = number
            return
        self._last_word(number)
        self._finish(number)

    def _finish(self, number: int) -> None:
        self._set(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
