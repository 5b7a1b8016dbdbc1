"""What waits for the agent's thread: it takes no lock that could be held across a fork."""

from __future__ import annotations

import time
from collections import Counter
from contextlib import suppress
from queue import Empty, SimpleQueue

from hognose._happenings import Happening

# Events that wait for the agent's thread; more means that it is stuck.
_MOST = 256


class Inbox:
    """Anybody posts and wakes, from a signal handler, too; only the agent's thread takes."""

    def __init__(self, dropped: Counter[str]) -> None:
        self._dropped = dropped
        self._queue: SimpleQueue[Happening | None] = SimpleQueue()

    def post(self, happening: Happening) -> None:
        """An event to be said soon."""
        if self._queue.qsize() < _MOST:
            self._queue.put(happening)
        else:
            self._dropped["inbox_full"] += 1

    def wake(self) -> None:
        """Nothing has happened, and the thread shall look at what is wanted of it."""
        self._queue.put(None)

    def take_next(self, until: float) -> list[Happening]:
        """
        What happens next; nothing when that moment of the monotonic clock comes before, or a call.
        """
        try:
            first = self._queue.get(timeout=max(0.0, until - time.monotonic()))
        except Empty:
            return []
        return [*([first] if first else []), *self.take_all()]

    def take_all(self) -> list[Happening]:
        """What waits now."""
        happenings: list[Happening] = []
        with suppress(Empty):
            while True:
                happening = self._queue.get_nowait()
                if happening is not None:
                    happenings.append(happening)
        return happenings
