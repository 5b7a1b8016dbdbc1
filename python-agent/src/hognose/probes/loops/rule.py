"""When is a loop blocked, when does that end, and when is it worth saying? No threads, no clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

# Schedulers are this imprecise on a machine in good health, in seconds.
SLACK = 0.005

# Seconds between two looks while a heartbeat is missing, and at most while none is.
LOOK = 0.05
CALM = 0.1

# Two looks are never closer than this.
_SHORTEST = 0.01

# A look that waits for a heartbeat comes so much after the moment at which that is overdue.
_AFTER = 0.001

# Of the threshold: the time between looks at a loop that is free, so that no block is missed, and
# the age at which a callback is looked at again, so that a block is seen before it ends. Where the
# start of a block is not known, it must be longer than half the time between looks to be told.
_FREE_SHARE = {"asyncio": 0.9, "uvloop": 0.5}
_BUSY_SHARE = 0.6

# Seconds without a loop between two looks: only how long threads wait for the GIL is learnt then.
NO_LOOP = 0.5

# uvloop does not tell since when it has been busy, so it is looked at oftener; the start of a block
# is known to half of this.
_EVERY = {"asyncio": CALM, "uvloop": 0.04}

# Of the threshold: the time between two beats of a busy loop, and how long after one it is looked
# at when the next has not come. So a block that is told is seen while it lasts, and the start of
# one on uvloop is known to half of a beat.
_BEAT_SHARE = 0.4
_PATIENCE_SHARE = 0.85
_BEAT = 0.04

# The part of a core from which on a loop's thread is busy, so that beats cost less than looks, and
# below which it has become quiet again. One that had to be asked at so many looks within a second
# is busy, too: it must be asked on uvloop, each time that it has run at all.
BUSY_SHARE = 0.05
QUIET_SHARE = 0.02
BUSY_ASKS = 10

# A loop that was woken oftener than so many times a second, but for beats, is not quiet: on asyncio
# a turnstile would cost as much, and a uvloop would have to be asked again.
QUIET_TURNS = {"asyncio": 20, "uvloop": 6}

# A loop that has been free for so many seconds is idle rather than free for a moment.
REST = 10.0

# A loop is watched by a turnstile when it has been free for so many seconds, unless it comes by
# oftener than so many times in one: that costs more than looks. It is not tried again for `REST`.
SETTLED = 1.0
MOST_TURNS = 25

# While it lasts, a block is said again when it has lasted for so long, in seconds.
MARKS = (1.0, 10.0, 100.0)


class Wait(NamedTuple):
    """
    For a heartbeat: the last moment at which the loop is known to have been free, and the moment
    since which the heartbeat is due.
    """

    free: float
    due: float


class Rhythm(NamedTuple):
    """Of a busy loop: seconds between two beats, and from one to the look for want of the next."""

    period: float
    patience: float


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
    since some moment between the last one at which it was free and the one at which the heartbeat
    was due. `busy_since` is that moment where it could be learnt; otherwise it is taken to be in
    the middle of the last `every` seconds before, so that blocks are told neither too long nor too
    short in the mean. `every` is the time between two looks at the loop.
    """

    def __init__(self, threshold: float, every: float, ids: Iterator[int]) -> None:
        self._threshold = threshold
        self._every = every
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

    def is_overdue(self, now: float, wait: Wait) -> bool:
        return now > wait.due + SLACK

    def next_look(self, now: float, wait: Wait | None, has_rested: bool = False) -> float:
        """
        When the loop should be looked at again, with the heartbeat that is awaited.

        One that has rested for long is looked at as seldom as finds a block at all.
        """
        if wait is None:
            return now + (every("asyncio", self._threshold) if has_rested else self._every)
        if self._open is not None or self.is_overdue(now, wait):
            return now + LOOK
        since = wait.due if self._suspected_since is None else self._suspected_since
        old = since + self._threshold * _BUSY_SHARE
        return min(max(wait.due + SLACK + _AFTER, old), now + LOOK)

    def suspect(self, wait: Wait, busy_since: float) -> None:
        """The loop was seen at work when it was asked for a heartbeat."""
        self._suspected_since = _between(busy_since, wait)

    def look(self, now: float, wait: Wait, busy_since: float | None) -> Mark | None:
        """Judge a loop whose heartbeat is overdue; answers the mark that is due, if one is."""
        if self._open is None:
            started = self._started(wait, busy_since)
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

    def beat_came(self, wait: Wait, came: float) -> Mark | None:
        """
        A heartbeat came: it ends the block.

        A block that nobody judged while it lasted is told here, from the moment that it was first
        suspected where that is known.
        """
        if self._open is not None:
            return self._end(self._open, came)
        suspected, self._suspected_since = self._suspected_since, None
        if suspected is None and came <= wait.due + SLACK:
            return None
        started = self._started(wait, suspected)
        if came - started < self._threshold:
            return None
        return self._end(_Open(next(self._ids), started, 0), came)

    def _started(self, wait: Wait, busy_since: float | None) -> float:
        if busy_since is not None:
            return _between(busy_since, wait)
        return self.probably_since(wait)

    def probably_since(self, wait: Wait) -> float:
        """Since when a loop that does not tell is busy: some moment between two looks."""
        return max((wait.free + wait.due) / 2, wait.due - self._every / 2)

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


def late_beat(wait: Wait, busy_since: float | None, now: float) -> tuple[Wait, float]:
    """
    What a beat that comes too late tells: for what it waited, and until when.

    A loop that tells since when it has been at its callbacks was free then. The beat waited for one
    callback before that moment and for another one after it: the longer wait is told.
    """
    if busy_since is None:
        return wait, now
    free = min(max(busy_since, wait.due), now)
    return (wait, free) if free - wait.due >= now - free else (Wait(free, free), now)


def every(kind: str, threshold: float) -> float:
    """Seconds between two looks at a free loop of that kind."""
    return min(_EVERY[kind], threshold * _FREE_SHARE[kind])


def rhythm(threshold: float) -> Rhythm:
    """How a busy loop is to beat."""
    period = min(_BEAT, threshold * _BEAT_SHARE)
    return Rhythm(period, max(threshold * _PATIENCE_SHARE, period + SLACK + _AFTER))


def seconds_to_look(now: float, next_looks: Iterable[float]) -> float:
    """How long the watchdog may sleep when its loops want to be looked at at those moments."""
    return min(max(min(next_looks, default=now + NO_LOOP) - now, _SHORTEST), NO_LOOP)


def _between(moment: float, wait: Wait) -> float:
    return min(max(moment, wait.free), wait.due)


def _marks_passed(seconds: float) -> int:
    return sum(seconds >= mark for mark in MARKS)
