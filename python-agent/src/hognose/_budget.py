"""What the agent's rare and expensive actions may cost: one pause, and CPU over time."""

from __future__ import annotations

import time
from collections.abc import Callable

# Seconds for which one action may hold the GIL, and the share of a core for all of them.
PAUSE = 0.020
SHARE = 0.01


class Budget:
    """Each action predicts its pause, asks, and says afterwards what it took."""

    def __init__(
        self,
        pause: float = PAUSE,
        share: float = SHARE,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.pause = pause
        self._share = share
        self._clock = clock
        self._not_before = float("-inf")
        self.longest_pause = 0.0

    def allows(self, pause: float) -> bool:
        """Whether an action may hold the GIL for so many seconds."""
        return pause <= self.pause

    @property
    def is_spent(self) -> bool:
        """Whether what was done lately must be made up for by waiting."""
        return self._clock() < self._not_before

    def spend(self, cpu: float, pause: float) -> None:
        """What an action took, in seconds."""
        self.longest_pause = max(self.longest_pause, pause)
        self._not_before = max(self._not_before, self._clock()) + cpu / self._share
