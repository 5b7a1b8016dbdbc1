"""A loop under watch: its heartbeats, its blocks, and the evidence gathered about them."""

from __future__ import annotations

import sys
import time
from asyncio import AbstractEventLoop
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from types import FrameType

from hognose._frames import Own, told, told_stacks
from hognose._histogram import Seconds
from hognose._signals import EventLoop, LoopBlock, TaskGroup
from hognose.probes.loops.cause import judge, split
from hognose.probes.loops.discovery import busy_since, current_task, waits_for_events
from hognose.probes.loops.evidence import Evidence
from hognose.probes.loops.heartbeat import Answer, Heartbeat
from hognose.probes.loops.look import Look, Usage
from hognose.probes.loops.rule import BlockRule, Mark, Wait, every
from hognose.probes.loops.schedstat import SchedStat, seconds, turns

# Looks whose usage is kept: a block began at most two looks before it is noticed.
_LOOKS_KEPT = 6

# A thread that did nothing but answer has run for less than this, in seconds.
_ANSWER = 0.001

# A loop whose thread has not run is asked all the same after so many seconds: on uvloop, C code
# that the loop calls directly leaves no trace.
_ASK_AT_LEAST = {"asyncio": float("inf"), "uvloop": 1.0}


class Tally:
    """What is cumulative about the loops that a thread runs one after the other."""

    def __init__(self) -> None:
        self.lag = Seconds()
        self.blocked_seconds = 0.0


class WatchedLoop:
    """Only the watchdog's thread changes it."""

    def __init__(
        self,
        heartbeat: Heartbeat,
        threshold: float,
        ids: Iterator[int],
        own: Callable[[], Own],
    ) -> None:
        self.heartbeat = heartbeat
        self._own = own
        self.name = ""
        self.tasks = 0
        self.groups: list[TaskGroup] = []
        self._tally = Tally()
        self._threshold = threshold
        self._rule = BlockRule(threshold, every(heartbeat.kind, threshold), ids)
        self._stat: SchedStat | None = None
        # The usage at the last looks, and what the kernel said of the thread then.
        self._usages: deque[tuple[float, Usage, bytes]] = deque(maxlen=_LOOKS_KEPT)
        self._evidence: Evidence | None = None
        # Whether the loop was free at the last look, or nothing but our heartbeat had run.
        self._was_free = False
        self._asked_at = heartbeat.free_at
        self._ask_after = _ASK_AT_LEAST[heartbeat.kind]
        # The number of the block that lasts, and its start in milliseconds since the epoch.
        self._started_ms = (0, 0)

    @property
    def is_running(self) -> bool:
        return self.heartbeat.loop is not None

    def begin(self, look: Look) -> None:
        """Ask for the first beat. Raises `RuntimeError` if the loop has been closed."""
        self._usages.append((look.now, look.usage, self._thread_line()))
        self.heartbeat.ask()

    def next_look(self, now: float) -> float:
        """When to look again, on the monotonic clock."""
        return self._rule.next_look(now, self.heartbeat.awaited)

    def take_name(self, name: str, tally: Tally) -> None:
        """From here on its figures go to the tally of that name."""
        self.name = name
        self._tally = tally

    def is_asleep(self, now: float) -> bool:
        """Whether the loop was free at the last look and its thread has not run since."""
        if not self._was_free or now - self._asked_at >= self._ask_after:
            return False
        line = self._thread_line()
        return line != b"" and line == self._usages[-1][2]

    def sleep_on(self, now: float, late: float, process_cpu: float) -> None:
        """The look at a loop that is asleep."""
        _, usage, line = self._usages[-1]
        self._usages[-1] = (now, usage._replace(process_cpu=process_cpu), line)
        self._tally.lag.add(late)
        self.heartbeat.free_at = now

    def look(self, look: Look) -> list[LoopBlock]:
        """What there is to say about blocks at this moment."""
        line = self._thread_line()
        answer = self.heartbeat.take()
        said = self._answered(answer, look, line) if answer is not None else []
        awaited = self.heartbeat.awaited
        is_silent = awaited is not None and self._rule.is_overdue(look.now, awaited)
        mark = None
        if not self.is_running:
            mark = self._rule.stopped(look.now)
        elif awaited is None:
            mark = self._at_leisure(look, line, answer is not None)
        elif is_silent:
            mark = self._silent(look, awaited)
        if mark is not None:
            said.append(self._told(mark, look, line))
        self._was_free = self._was_free and awaited is None
        if not is_silent:
            self._usages.append((look.now, look.usage, line))
        return said

    def so_far(self, look: Look) -> list[LoopBlock]:
        """The block that lasts when nobody will look again."""
        mark = self._rule.so_far(look.now)
        return [self._told(mark, look, self._thread_line())] if mark else []

    def read(self, now: float) -> EventLoop:
        return {
            "name": self.name,
            "kind": self.heartbeat.kind,
            "lag_seconds": self._tally.lag.told(),
            "blocked_seconds_total": self._tally.blocked_seconds + self._rule.lasting(now),
            "tasks": self.tasks,
            "tasks_by_coroutine": self.groups,
        }

    def close(self) -> None:
        self.heartbeat.stop()
        if self._stat is not None:
            self._stat.close()

    def _answered(self, answer: Answer, look: Look, line: bytes) -> list[LoopBlock]:
        self._tally.lag.add(answer.lag)
        mark = self._rule.beat_came(answer.wait, answer.came)
        said = [self._told(mark, look, line)] if mark is not None else []
        self._evidence = None
        return said

    def _at_leisure(self, look: Look, line: bytes, has_answered: bool) -> Mark | None:
        """
        No heartbeat is awaited: is the loop free, or is it to be asked for one?

        A loop that is free would have run at once what was due; only the GIL can have kept it from
        that, as it kept the watchdog.
        """
        frame = None
        is_free = self._has_slept(line, has_answered)
        if not is_free and self.heartbeat.kind == "asyncio":
            frame = sys._current_frames().get(self.heartbeat.thread_ident or 0)
            is_free = waits_for_events(frame)
        self._was_free = is_free and look.now - self._asked_at < self._ask_after
        if self._was_free:
            mark = self._held_meanwhile(look, line)
            self._tally.lag.add(look.late)
            self.heartbeat.free_at = look.now
            return mark
        self._ask(look, frame, line)
        return None

    def _has_slept(self, line: bytes, has_answered: bool) -> bool:
        """
        Whether the thread has done nothing since the last look, at most answer us.

        Turns alone do not tell: a thread that computes all the time has none.
        """
        if not line or not self._usages:
            return False
        before = self._usages[-1][2]
        if not has_answered or self.heartbeat.kind == "asyncio":
            return self._was_free and line == before
        ran = seconds(line)[0] - seconds(before)[0]
        return turns(line) - turns(before) == 1 and ran < _ANSWER

    def _held_meanwhile(self, look: Look, line: bytes) -> Mark | None:
        """A block that was over before the watchdog could look: by code that kept the GIL."""
        held = self._held(look, line)
        if held is None:
            return None
        self._rule.suspect(held, held.due)
        return self._rule.beat_came(held, look.now)

    def _held(self, look: Look, line: bytes) -> Wait | None:
        """
        Whether the loop's thread itself kept the watchdog from looking, and since when.

        For most of the time for which the watchdog did not get the GIL it had a processor, or
        waited for one with the GIL in its hands.
        """
        if look.late < self._threshold or not self._usages:
            return None
        before = seconds(self._usages[-1][2])
        busy = sum(seconds(line)) - sum(before)
        if busy < look.late / 2:
            return None
        free = self.heartbeat.free_at
        since = self._rule.probably_since(Wait(free, look.now - look.late))
        return Wait(free, max(free, min(since, look.now - busy)))

    def _ask(self, look: Look, frame: FrameType | None, line: bytes) -> None:
        held = self._held(look, line)
        loop = self.heartbeat.loop
        # The loop may have been closed since it was found to be running.
        with suppress(RuntimeError):
            wait = self.heartbeat.ask()
            self._asked_at = wait.due
            since = busy_since(loop, frame) if loop is not None else None
            if since is None and held is not None:
                since = held.due
            if since is not None:
                self._rule.suspect(wait, since)
            if loop is not None and look.is_late:
                # Whatever kept the watchdog may be over before it can look again.
                self._gather(loop, look)

    def _silent(self, look: Look, awaited: Wait) -> Mark | None:
        loop = self.heartbeat.loop
        if loop is None:
            return None
        frame = self._gather(loop, look)
        since = None if self._rule.is_blocked else busy_since(loop, frame)
        return self._rule.look(look.now, awaited, since)

    def _gather(self, loop: AbstractEventLoop, look: Look) -> FrameType | None:
        """Evidence of what the loop is at; answers the frame that its thread is at."""
        frame = sys._current_frames().get(self.heartbeat.thread_ident or 0)
        if self._evidence is None:
            self._evidence = Evidence(*current_task(loop), self._own())
        if frame is not None:
            self._evidence.add(frame, look.is_late)
        return frame

    def _thread_line(self) -> bytes:
        if self._stat is None:
            if self.heartbeat.thread_id is None:
                return b""
            self._stat = SchedStat(self.heartbeat.thread_id)
        return self._stat.line()

    def _told(self, mark: Mark, look: Look, line: bytes) -> LoopBlock:
        evidence = self._evidence or Evidence()
        usage = _with_thread(look.usage, line)
        known_at, known = self._usage_before(mark.started, usage)
        spent = usage.since(known)
        before = max(0.0, mark.started - known_at)
        cause = judge(mark.seconds, spent, evidence.waits(), self._threshold, before)
        stacks, cut = told_stacks(evidence.stacks())
        culprit = evidence.culprit()
        if mark.ended:
            self._evidence = None
            self._tally.blocked_seconds += mark.seconds
        return {
            "id": mark.block,
            "started_ms": self._unix_start(mark, look),
            "duration_ms": round(mark.seconds * 1000),
            "ended": mark.ended,
            "loop": self.name,
            "task": evidence.task,
            "coroutine": evidence.coroutine,
            "cause": cause,
            "culprit": told(culprit) if culprit else None,
            "stacks": stacks,
            "stack_late": evidence.is_late,
            "split": split(mark.seconds, spent, cause),
            "cut": cut or evidence.is_cut,
        }

    def _unix_start(self, mark: Mark, look: Look) -> int:
        """The same in every event about the block, even if the system's clock is set meanwhile."""
        if self._started_ms[0] != mark.block:
            start = time.time_ns() // 1_000_000 - round((look.now - mark.started) * 1000)
            self._started_ms = (mark.block, start)
        return self._started_ms[1]

    def _usage_before(self, started: float, now: Usage) -> tuple[float, Usage]:
        """The last look before the block and the usage then, else the oldest that is known."""
        known = (started, now)
        for at, usage, line in reversed(self._usages):
            known = (at, _with_thread(usage, line))
            if at <= started:
                break
        return known


def _with_thread(usage: Usage, line: bytes) -> Usage:
    cpu, runqueue = seconds(line)
    return usage._replace(cpu=cpu, runqueue=runqueue)
