"""
Loops under watch: their heartbeats, their blocks, and the evidence gathered about them.

This module imports asyncio, so it is itself imported only once the service has done so.
"""

from __future__ import annotations

import asyncio
import itertools
import sys
import weakref
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import replace

from hognose._frames import Own, told, told_stacks
from hognose._histogram import Seconds
from hognose._signals import EventLoop, LoopBlock, TaskGroup
from hognose.probes.loops.cause import judge, split
from hognose.probes.loops.discovery import busy_since, current_task, tasks_by_loop
from hognose.probes.loops.evidence import Evidence
from hognose.probes.loops.heartbeat import Heartbeat
from hognose.probes.loops.look import Look, Usage
from hognose.probes.loops.mishaps import Mishaps, Report
from hognose.probes.loops.rule import BlockRule, Mark
from hognose.probes.loops.schedstat import SchedStat
from hognose.probes.loops.tasks import Census

# Looks whose usage is kept: a block began at most a heartbeat and two looks before it is noticed.
_LOOKS_KEPT = 6


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
        self._rule = BlockRule(threshold, heartbeat.every, ids)
        self._stat: SchedStat | None = None
        self._usages: deque[tuple[float, Usage]] = deque(maxlen=_LOOKS_KEPT)
        self._evidence: Evidence | None = None
        # The number of the block that lasts, and its start in milliseconds since the epoch.
        self._started_ms = (0, 0)

    @property
    def is_running(self) -> bool:
        return self.heartbeat.loop is not None

    @property
    def overdue_at(self) -> float:
        return self._rule.overdue_at(self.heartbeat.last_beat)

    def take_name(self, name: str, tally: Tally) -> None:
        """From here on its figures go to the tally of that name."""
        self.name = name
        self._tally = tally
        self.heartbeat.lag = tally.lag

    def look(self, look: Look) -> list[LoopBlock]:
        """What there is to say about blocks at this moment."""
        usage = self._with_thread(look.usage)
        marks = [*self._late_beats(), *self._state(look)]
        said = [self._told(mark, look, usage) for mark in marks]
        if not self._is_silent(look.now):
            self._evidence = None
            self._usages.append((look.now, usage))
        return said

    def so_far(self, look: Look) -> list[LoopBlock]:
        """The block that lasts when nobody will look again."""
        mark = self._rule.so_far(look.now)
        return [self._told(mark, look, self._with_thread(look.usage))] if mark else []

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

    def _is_silent(self, now: float) -> bool:
        return self.is_running and self._rule.is_overdue(now, self.heartbeat.last_beat)

    def _late_beats(self) -> Iterator[Mark]:
        while self.heartbeat.late:
            mark = self._rule.beat_came(*self.heartbeat.late.popleft())
            if mark is not None:
                yield mark

    def _state(self, look: Look) -> Iterator[Mark]:
        loop = self.heartbeat.loop
        if loop is None:
            mark = self._rule.stopped(look.now)
        elif self._is_silent(look.now):
            frame = sys._current_frames().get(self.heartbeat.thread_ident or 0)
            if self._evidence is None:
                self._evidence = Evidence(*current_task(loop), self._own())
            if frame is not None:
                self._evidence.add(frame, look.is_late)
            since = None if self._rule.is_blocked else busy_since(loop, frame)
            mark = self._rule.look(look.now, self.heartbeat.last_beat, since)
        else:
            return
        if mark is not None:
            yield mark

    def _with_thread(self, usage: Usage) -> Usage:
        if self._stat is None and self.heartbeat.thread_id is not None:
            self._stat = SchedStat(self.heartbeat.thread_id)
        cpu, runqueue = self._stat.read() if self._stat is not None else (0.0, 0.0)
        return replace(usage, cpu=cpu, runqueue=runqueue)

    def _told(self, mark: Mark, look: Look, usage: Usage) -> LoopBlock:
        evidence = self._evidence or Evidence()
        known_at, known = self._usage_before(mark.started, usage)
        spent = usage.since(known)
        cause = judge(mark.seconds, spent, evidence.waits(), max(0.0, mark.started - known_at))
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
            start = look.unix_ms - round((look.now - mark.started) * 1000)
            self._started_ms = (mark.block, start)
        return self._started_ms[1]

    def _usage_before(self, started: float, now: Usage) -> tuple[float, Usage]:
        """The last look before the block and the usage then, else the oldest that is known."""
        known = (started, now)
        for at, usage in reversed(self._usages):
            known = (at, usage)
            if at <= started:
                break
        return known


class WatchedLoops:
    """Every running loop of the process, found and watched."""

    def __init__(self, threshold: float, own: Callable[[], Own], report: Report) -> None:
        self._own = own
        self._threshold = threshold
        self._report = report
        # Tasks may be destroyed when their loop has long ended, so this outlives the watching.
        self._mishaps: weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, Mishaps] = (
            weakref.WeakKeyDictionary()
        )
        self._census = Census()
        self._watched: list[WatchedLoop] = []
        self._tallies: dict[str, Tally] = {}
        self._ids = itertools.count(1)

    def __len__(self) -> int:
        return len(self._watched)

    def search(self, now: float) -> None:
        """Watch the loops that are not watched yet, and count the tasks of all."""
        tasks = tasks_by_loop()
        groups = self._census.take(tasks, now)
        known = {watched.heartbeat.loop for watched in self._watched}
        for found in tasks.keys() - known:
            self._watch(found)
        for watched in self._watched:
            loop = watched.heartbeat.loop
            watched.tasks = len(tasks.get(loop, ())) if loop is not None else 0
            watched.groups = groups.get(loop, []) if loop is not None else []

    def look(self, look: Look) -> list[LoopBlock]:
        """What there is to say about blocks at this moment."""
        said = []
        for watched in list(self._watched):
            if not watched.name and watched.heartbeat.thread_name:
                self._give_name(watched)
            said += watched.look(look)
            if not watched.is_running:
                watched.close()
                self._watched.remove(watched)
        return said

    def overdue(self) -> list[float]:
        """When the next heartbeat of each loop is overdue, on the monotonic clock."""
        return [watched.overdue_at for watched in self._watched]

    def so_far(self, look: Look) -> list[LoopBlock]:
        """The blocks that last when nobody will look again."""
        return [block for watched in self._watched for block in watched.so_far(look)]

    def read(self, now: float) -> list[EventLoop]:
        return [watched.read(now) for watched in list(self._watched) if watched.name]

    def close(self) -> None:
        for watched in self._watched:
            watched.close()
        self.unhook()

    def unhook(self) -> None:
        """Take back what was set up on the loops themselves."""
        for mishaps in list(self._mishaps.values()):
            mishaps.close()
        self._mishaps.clear()

    def _watch(self, loop: asyncio.AbstractEventLoop) -> None:
        if loop not in self._mishaps:
            self._mishaps[loop] = Mishaps(loop, self._report, self._own)
        watched = WatchedLoop(Heartbeat(loop, Seconds()), self._threshold, self._ids, self._own)
        try:
            watched.heartbeat.start()
        except RuntimeError:
            # It was closed since it was found.
            return
        self._watched.append(watched)

    def _give_name(self, watched: WatchedLoop) -> None:
        thread = watched.heartbeat.thread_name
        taken = {each.name for each in self._watched}
        names = itertools.chain([thread], (f"{thread}#{n}" for n in itertools.count(2)))
        name = next(name for name in names if name not in taken)
        watched.take_name(name, self._tallies.setdefault(name, Tally()))
