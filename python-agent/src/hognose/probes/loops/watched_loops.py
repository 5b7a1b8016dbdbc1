"""
Every running loop of the process, found and watched.

This module imports asyncio, so it is itself imported only once the service has done so.
"""

from __future__ import annotations

import asyncio
import itertools
import time
import weakref
from collections.abc import Callable

from hognose._figures import EventLoop
from hognose._frames import Own
from hognose._happenings import LoopBlock
from hognose.probes.loops.alarm import Alarm
from hognose.probes.loops.discovery import tasks_by_loop
from hognose.probes.loops.heartbeat import Heartbeat
from hognose.probes.loops.look import Look, Usage
from hognose.probes.loops.mishaps import Mishaps, Report
from hognose.probes.loops.tallies import Tallies
from hognose.probes.loops.tasks import Census
from hognose.probes.loops.watched_loop import WatchedLoop


class WatchedLoops:
    """Only the watchdog's thread changes them; any may read."""

    def __init__(
        self,
        threshold: float,
        own: Callable[[], Own],
        report: Report,
        usage: Callable[[], Usage] | None = None,
    ) -> None:
        """`usage` is that of the process; without it loops are only looked at."""
        self._own = own
        self._usage = usage
        self._threshold = threshold
        self._report = report
        # Tasks may be destroyed when their loop has long ended, so this outlives the watching.
        self._mishaps: weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, Mishaps] = (
            weakref.WeakKeyDictionary()
        )
        self._census = Census()
        self._watched: list[WatchedLoop] = []
        self._tallies = Tallies()
        self._ids = itertools.count(1)

    def __len__(self) -> int:
        return len(self._watched)

    def search(self, look: Look) -> None:
        """Watch the loops that are not watched yet, and count the tasks of all."""
        tasks = tasks_by_loop()
        groups = self._census.take(tasks, look.now)
        known = {watched.heartbeat.loop for watched in self._watched}
        for found in tasks.keys() - known:
            self._watch(found, look)
        for watched in self._watched:
            loop = watched.heartbeat.loop
            watched.tasks = len(tasks.get(loop, ())) if loop is not None else 0
            watched.groups = groups.get(loop, []) if loop is not None else []

    def sleep_on(self, now: float, late: float) -> bool:
        """Whether every loop has been asleep since the last look; takes note of it where so."""
        for watched in self._watched:
            if not watched.is_asleep(now):
                return False
        process_cpu = time.process_time()
        for watched in self._watched:
            watched.sleep_on(now, late, process_cpu)
        return bool(self._watched)

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

    def next_looks(self, now: float) -> list[float]:
        """When each loop wants to be looked at, on the monotonic clock."""
        return [watched.next_look(now) for watched in self._watched]

    def alarms(self, now: float) -> list[Alarm]:
        """What to wait for besides."""
        alarms = [watched.alarm(now) for watched in self._watched]
        return [alarm for alarm in alarms if alarm is not None]

    def so_far(self, look: Look) -> list[LoopBlock]:
        """The blocks that last when nobody will look again."""
        return [block for watched in self._watched for block in watched.so_far(look)]

    def read(self, now: float) -> list[EventLoop]:
        return [watched.read(now) for watched in list(self._watched) if watched.name]

    def close(self) -> None:
        self.unhook()
        for watched in self._watched:
            watched.close()

    def unhook(self) -> None:
        """Take back what was set up on the loops themselves."""
        for mishaps in list(self._mishaps.values()):
            mishaps.close()
        self._mishaps.clear()

    def _watch(self, loop: asyncio.AbstractEventLoop, look: Look) -> None:
        if loop not in self._mishaps:
            self._mishaps[loop] = Mishaps(loop, self._report, self._own)
        watched = WatchedLoop(Heartbeat(loop), self._threshold, self._ids, self._own, self._usage)
        try:
            watched.begin(look)
        except RuntimeError:
            # It was closed since it was found.
            return
        self._watched.append(watched)

    def _give_name(self, watched: WatchedLoop) -> None:
        taken = {each.name for each in self._watched}
        watched.take_name(*self._tallies.of(watched.heartbeat.thread_name, taken))
