"""What is cumulative about loops, by the names that they have."""

from __future__ import annotations

import itertools
from collections.abc import Set

from hognose._growing import folded
from hognose._histogram import Seconds

# Names that are kept apart; loops on threads with further names are told together.
_NAMES = 100
_OTHERS = "others"


class Tally:
    """Of the loops that threads of one name run one after the other."""

    def __init__(self) -> None:
        self.lag = Seconds()
        self.blocked_seconds = 0.0
        self._told = 0.0

    def blocked(self, lasting: float) -> float:
        """
        With the block that lasts for so many seconds, as far as known.

        Only the agent's thread asks. A block may prove to have ended earlier; what is told stays.
        """
        self._told = max(self._told, self.blocked_seconds + lasting)
        return self._told


class Tallies:
    """
    A loop is called after its thread, without numbers: a service may have a new thread, and a pool
    of its own, for each of its requests. Of several at a time each but the first has a number.
    """

    def __init__(self) -> None:
        self._tallies: dict[str, Tally] = {}

    def __len__(self) -> int:
        return len(self._tallies)

    def of(self, thread_name: str, taken: Set[str]) -> tuple[str, Tally]:
        """A name that is not taken at the moment, and what is cumulative about it."""
        thread = folded(thread_name)
        name = _free(thread, taken)
        if name not in self._tallies and len(self._tallies) >= _NAMES:
            name = _free(_OTHERS, taken)
        return name, self._tallies.setdefault(name, Tally())


def _free(name: str, taken: Set[str]) -> str:
    names = itertools.chain([name], (f"{name}/{n}" for n in itertools.count(2)))
    return next(each for each in names if each not in taken)
