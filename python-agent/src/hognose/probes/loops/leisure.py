"""Whether a loop that does not beat by itself is free: told by counters, without waking it."""

from __future__ import annotations

import sys
from collections import deque

from hognose.probes.loops.account import Account
from hognose.probes.loops.discovery import waits_for_events
from hognose.probes.loops.heartbeat import Heartbeat
from hognose.probes.loops.look import Look
from hognose.probes.loops.rule import BUSY_ASKS, REST, SETTLED, BlockRule, Wait
from hognose.probes.loops.schedstat import turns

# A thread that did nothing but answer has run for less than this, in seconds.
_ANSWER = 0.001

# A loop whose thread has not run is asked all the same after so many seconds: on uvloop, C code
# that the loop calls directly leaves no trace.
_ASK_AT_LEAST = {"asyncio": float("inf"), "uvloop": 1.0}

# Of the threshold: code that kept the watchdog from looking for so long was one callback's, and
# what the loop's thread did since the look before, too.
_HELD_SHARE = 0.5


class Leisure:
    """Only the watchdog's thread changes it. Moments are seconds on the monotonic clock."""

    def __init__(
        self, heartbeat: Heartbeat, account: Account, rule: BlockRule, threshold: float
    ) -> None:
        self._heartbeat = heartbeat
        self._account = account
        self._rule = rule
        self._threshold = threshold
        self._ask_after = _ASK_AT_LEAST[heartbeat.kind]
        # Whether the loop was free at the last look, or nothing but our heartbeat had run.
        self.was_free = False
        # When it was last found to have done anything else.
        self.busy_at = float("-inf")
        self._asks = deque([float("-inf")], maxlen=BUSY_ASKS)

    def ask(self, at: float) -> None:
        """The loop has been asked for a beat."""
        self._asks.append(at)

    def is_asked_often(self, now: float) -> bool:
        return now - self._asks[0] < 1.0 and len(self._asks) == BUSY_ASKS

    def lasts(self, now: float) -> bool:
        """Whether the loop was free at the last look and its thread has not run since."""
        if not self.was_free or now - self._asks[-1] >= self._ask_after:
            return False
        line = self._account.line()
        return line != b"" and line == self._account.last_line

    def has_rested(self, now: float) -> bool:
        return self.was_free and now - self.busy_at > REST

    def has_settled(self, now: float) -> bool:
        return self.was_free and now - self.busy_at > SETTLED

    def look(self, look: Look, line: bytes, has_answered: bool) -> bool:
        """Whether the loop is free now; otherwise it is to be asked."""
        is_free = self._has_slept(line, has_answered)
        if not is_free and self._heartbeat.kind == "asyncio":
            frame = sys._current_frames().get(self._heartbeat.thread_ident or 0)
            is_free = waits_for_events(frame)
        if not is_free:
            self.busy_at = look.now
        self.was_free = is_free and look.now - self._asks[-1] < self._ask_after
        return self.was_free

    def held(self, look: Look, line: bytes) -> Wait | None:
        """
        Whether the loop's thread itself kept the watchdog from looking, and since when.

        For most of the time for which the watchdog did not get the GIL it had a processor, or
        waited for one with the GIL in its hands. It may have begun before the watchdog came.
        """
        if look.late < self._threshold * _HELD_SHARE or not self._account:
            return None
        busy = sum(self._account.ran_since_look(line))
        if busy < look.late / 2 or max(busy, look.late) < self._threshold:
            return None
        free = self._heartbeat.free_at
        since = self._rule.probably_since(Wait(free, look.now - look.late))
        return Wait(free, max(free, min(since, look.now - busy)))

    def _has_slept(self, line: bytes, has_answered: bool) -> bool:
        """
        Whether the thread has done nothing since the last look, at most answer us.

        Turns alone do not tell: a thread that computes all the time has none, and one that was
        blocked in the very turn in which it answered no more.
        """
        if not line or not self._account:
            return False
        if not has_answered or self._heartbeat.kind == "asyncio":
            return self.was_free and line == self._account.last_line
        ran, _ = self._account.ran_since_look(line)
        has_run = turns(line) != self._heartbeat.turns_at_beat or ran >= _ANSWER
        return not has_run and not self._heartbeat.is_in_callback()
