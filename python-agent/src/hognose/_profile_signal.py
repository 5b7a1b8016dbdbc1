"""A signal that has one profile taken."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from types import FrameType

from hognose._defaults import Defaults


def on_signal(number: int, call: Callable[[], None], defaults: Defaults) -> None:
    """
    Call on that signal: before a handler that the service has for it, and in place of the default.

    The default action of most signals ends the process. Only the main thread may set handlers;
    elsewhere nothing happens until it sets the default.
    """
    before = signal.getsignal(number)

    def handle(received: int, frame: FrameType | None) -> None:
        call()
        if callable(before):
            before(received, frame)

    defaults.stand_in(number, lambda *_: call())
    if callable(before) and threading.current_thread() is threading.main_thread():
        signal.signal(number, handle)
