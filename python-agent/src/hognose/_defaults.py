"""What a signal does by default, with something of the agent's in its place."""

from __future__ import annotations

import functools
import os
import signal
import threading
from collections.abc import Callable
from types import FrameType

Handler = Callable[[int, FrameType | None], object]


class Defaults:
    """
    Stands in for default actions, never for a handler of the service's.

    Some servers put defaults back after the agent has started (gunicorn's workers, Celery's pool),
    and some then end by one. So `signal.signal` and `signal.getsignal` are wrapped: who sets the
    default gets the stand-in, and who asks is told of the default.
    """

    def __init__(self) -> None:
        self._set = signal.signal
        self._instead: dict[int, Handler] = {}

    def stand_in(self, number: int, handler: Handler) -> None:
        """From now on, in this process and in those that are forked from it."""
        if not self._instead:
            self._wrap()
        self._instead[number] = handler
        # Elsewhere no handler may be set.
        is_main = threading.current_thread() is threading.main_thread()
        if is_main and signal.getsignal(number) == signal.SIG_DFL:
            signal.signal(number, signal.SIG_DFL)

    def act(self, number: int) -> None:
        """What the signal does by default, in a handler of it."""
        self._set(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)

    def _wrap(self) -> None:
        ask, self._set = signal.getsignal, signal.signal
        set_handler = self._set

        @functools.wraps(set_handler)
        def signal_(signalnum: int, handler: signal._HANDLER) -> signal._HANDLER:
            if handler == signal.SIG_DFL:
                handler = self._instead.get(signalnum, handler)
            return self._shown(signalnum, set_handler(signalnum, handler))

        @functools.wraps(ask)
        def getsignal(signalnum: int) -> signal._HANDLER:
            return self._shown(signalnum, ask(signalnum))

        signal.signal, signal.getsignal = signal_, getsignal

    def _shown(self, number: int, handler: signal._HANDLER) -> signal._HANDLER:
        return signal.SIG_DFL if handler == self._instead.get(number, ()) else handler
