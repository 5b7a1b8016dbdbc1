"""When is a loop blocked, when does that end, and when is it worth saying? No threads, no clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

# Timers and schedulers are this imprecise on a machine in good health, in seconds.
SLACK = 0.005

# Seconds between two looks while a heartbeat is missing, and at most while none is.
LOOK = 0.05
CALM = 0.1

# A look that waits for a heartbeat comes so much after the moment at which that is overdue.
_AFTER = 0.001

# While it lasts, a block is said again when it has lasted for so long, in seconds.
MARKS = (1.0, 10.0, 100.0)


@dataclass(frozen=True, slots=True)
class Mark:
    """A moment of a block that is worth an event. Times are seconds on one monotonic clock."""

    block: int
    started: float
    until: float
    ended: bool

    @property
    def seconds(self) -> float:
        return self.until - self.started


@dataclass(slots=True)
class _Open:
    block: int
    started: float
    marks_said: int


class BlockRule:
    """
    The blocks of one loop, told from its heartbeats.

    A heartbeat that is due and does not come means that the loop has been busy with one callback
    since some moment between the last heartbeat and the one that is due. `busy_since` is that
    moment where it could be learnt; otherwise it is taken to be in the middle of the two, so that
    blocks are told neither too long nor too short in the mean. `heartbeat` is how many seconds
    after a heartbeat the next one is due.
    """

    def __init__(self, threshold: float, heartbeat: float, ids: Iterator[int]) -> None:
        self._threshold = threshold
        self._heartbeat = heartbeat
        self._ids = ids
        self._open: _Open | None = None
        # Since when the loop may be blocked, before that is long enough to be called so.
        self._suspected_since: float | None = None

    @property
    def is_blocked(self) -> bool:
        return self._open is not None

    def lasting(self, now: float) -> float:
        """For how long the loop has been blocked, in seconds; 0 when it is not."""
        return max(0.0, now - self._open.started) if self._open else 0.0

    def overdue_at(self, last_beat: float) -> float:
        return last_beat + self._heartbeat + SLACK

    def is_overdue(self, now: float, last_beat: float) -> bool:
        return now > self.overdue_at(last_beat)

    def look(self, now: float, last_beat: float, busy_since: float | None) -> Mark | None:
        """Judge a loop whose heartbeat is overdue; answers the mark that is due, if one is."""
        if self._open is None:
            due = last_beat + self._heartbeat
            unknown = due - self._heartbeat / 2
            started = unknown if busy_since is None else min(max(busy_since, last_beat), due)
            self._suspected_since = started
            if now - started < self._threshold:
                return None
            self._open = _Open(next(self._ids), started, _marks_passed(now - started))
            return self._mark(self._open, now)
        passed = _marks_passed(now - self._open.started)
        if passed == self._open.marks_said:
            return None
        self._open.marks_said = passed
        return self._mark(self._open, now)

    def beat_came(self, due: float, came: float) -> Mark | None:
        """
        A heartbeat came late: it ends the block.

        A block that nobody judged while it lasted is told here, from the moment that it was first
        suspected where that is known.
        """
        if self._open is not None:
            return self._end(self._open, came)
        unknown = due - self._heartbeat / 2
        started = unknown if self._suspected_since is None else self._suspected_since
        self._suspected_since = None
        if came - started < self._threshold:
            return None
        return self._end(_Open(next(self._ids), started, 0), came)

    def stopped(self, now: float) -> Mark | None:
        """The loop runs no more: what blocked it has ended."""
        self._suspected_since = None
        return self._end(self._open, now) if self._open is not None else None

    def so_far(self, now: float) -> Mark | None:
        """The block that lasts, as far as known, when nobody will look again."""
        return self._mark(self._open, now) if self._open is not None else None

    @staticmethod
    def _mark(block: _Open, now: float) -> Mark:
        return Mark(block.block, block.started, now, ended=False)

    def _end(self, block: _Open, now: float) -> Mark:
        self._open = self._suspected_since = None
        return Mark(block.block, block.started, max(now, block.started), ended=True)


def seconds_to_look(now: float, overdue: Iterable[float]) -> float:
    """
    How long the watchdog may sleep, when heartbeats of its loops are overdue at those moments.

    Where it looks right after the first of them, one look a heartbeat is enough: a loop that is
    blocked then has just begun to be, and a loop that is well has just said so.
    """
    return min(max(min(overdue, default=now + CALM) + _AFTER - now, LOOK), CALM)


def _marks_passed(seconds: float) -> int:
    return sum(seconds >= mark for mark in MARKS)
