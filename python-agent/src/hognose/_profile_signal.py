"""A signal that has one profile taken."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from types import FrameType


def on_signal(number: int, call: Callable[[], None]) -> None:
    """
    Call on that signal, before whatever handler the service has had for it.

    The default action of most signals ends the process, and is taken over. Only the main thread
    may set handlers; elsewhere nothing happens.
    """
    if threading.current_thread() is not threading.main_thread():
        return
    before = signal.getsignal(number)

    def handle(received: int, frame: FrameType | None) -> None:
        call()
        if callable(before):
            before(received, frame)

    signal.signal(number, handle)
