"""What was seen of one block: stacks, the task, and what the innermost calls were."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from types import FrameType

from hognose._frames import Own, Place, Places, culprit, walk
from hognose._happenings import Cause
from hognose.probes.loops.calls import wait

# Different stacks of one block that are kept; what comes after them is told as cut.
_STACKS = 64

# Where a loop's own code ends and a callback's may begin. uvloop itself has no Python frames.
_RUN_ONCE = ("base_events.py", "_run_once")
_ENTRIES = (
    _RUN_ONCE,
    ("base_events.py", "run_forever"),
    ("base_events.py", "run_until_complete"),
    ("runners.py", "run"),
)


@dataclass(slots=True)
class _Seen:
    waits_for: Cause | None
    count: int = 0


def within_callback(places: Places) -> Places:
    """The part of a loop's stack that is a callback's; the rest only started the loop."""
    for at in range(len(places) - 1, -1, -1):
        entry = (places[at].file.rpartition("/")[2], places[at].function)
        if entry in _ENTRIES:
            callback = places[at + 1 :]
            runs_handle = bool(callback) and callback[0].function == "_run"
            return () if entry == _RUN_ONCE and not runs_handle else callback
    return places


class Evidence:
    """Gathered by the watchdog while the loop does not answer."""

    def __init__(self, task: str = "", coroutine: str = "", own: Own = frozenset()) -> None:
        self.task = task
        self.coroutine = coroutine
        self.is_cut = False
        self._own = own
        self._seen: dict[Places, _Seen] = {}
        self._in_time = False

    @property
    def is_late(self) -> bool:
        """Whether there are stacks, and none of them was taken when it should have been."""
        return bool(self._seen) and not self._in_time

    def add(self, frame: FrameType, is_late: bool) -> None:
        """
        Count the stack that ends in the frame; what it waits for is told once a stack.

        A late one of a loop that is at rest again shows nothing of the block.
        """
        places = walk(frame)
        if is_late and not within_callback(places):
            return
        self._in_time = self._in_time or not is_late
        if places not in self._seen:
            if len(self._seen) == _STACKS:
                self.is_cut = True
                return
            self._seen[places] = _Seen(wait(frame, places, self._own))
        self._seen[places].count += 1

    def stacks(self) -> list[tuple[Places, int]]:
        return [(places, seen.count) for places, seen in self._seen.items()]

    def waits(self) -> Counter[Cause]:
        """How often the stacks said what they waited for."""
        waits: Counter[Cause] = Counter()
        for seen in self._seen.values():
            if seen.waits_for is not None:
                waits[seen.waits_for] += seen.count
        return waits

    def culprit(self) -> Place | None:
        """
        The place of the service's code, within the callback, that was seen most often.

        None when no callback was running: the loop itself was starved of the CPU.
        """
        places: Counter[Place] = Counter()
        for stack, count in self.stacks():
            found = culprit(within_callback(stack), self._own)
            if found is not None:
                places[found] += count
        return places.most_common(1)[0][0] if places else None
