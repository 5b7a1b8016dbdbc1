"""
The watchdog: a thread that looks whether a loop is blocked, and by what.

It looks somewhat oftener than once in the threshold, and every 50 ms while a loop is blocked. A
loop that is asleep is left asleep; one that is busy rings an alarm when it stands still, and is
looked at twice a second otherwise, as is a process without any loop.

It also learns how long a thread waits for the GIL: by how much its own sleep ends late, less the
time that it waited for a CPU, and less that in which the process was stopped.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from hognose._figures import Figures
from hognose._frames import Own
from hognose._happenings import LoopBlock
from hognose._histogram import Seconds
from hognose.probes.loops.alarm import Alarm
from hognose.probes.loops.look import Look, Usage
from hognose.probes.loops.rule import CALM, seconds_to_look
from hognose.probes.loops.schedstat import SchedStat, seconds, turns
from hognose.probes.loops.sleep import Sleep

if TYPE_CHECKING:
    from hognose.probes.loops.watched_loops import WatchedLoops

# Loops are searched for this often while none is known, and in the first seconds.
_SEARCH_NONE = 1.0
_SEARCH_SOON = 0.25
_YOUNG = 5.0

# A search that took long is put off by this many times its cost.
_GUARD = 1000

# A service may have begun to block its loop while the agent was being loaded.
_FIRST_LOOK = 0.001

# Timers end this late of themselves: waiting for the GIL and for a CPU are not told apart in it.
_PRECISION = 0.0002

# Whoever waits for the GIL asks for it at the latest after so many switch intervals.
_ASKS_WITHIN = 2

# A look that only finds every loop asleep does no more than that, for so many seconds at most.
_DOZE = 1.0

# Reading the container's throttling takes several files, so it is not done at each look.
_THROTTLING_AGE = 0.25


class Watchdog:
    """
    `emit` is called on the watchdog's thread with each event about a block.

    `paused_seconds` and `throttled_seconds` answer the cumulative seconds of garbage collections
    and of throttling, `own` the installed packages that are the service. `report` is called
    with what asyncio complains about, on any thread. All durations are seconds.
    """

    def __init__(
        self,
        emit: Callable[[LoopBlock], None],
        threshold: float,
        search_every: float = 10.0,
        paused_seconds: Callable[[], float] = float,
        throttled_seconds: Callable[[], float] = float,
        own: Callable[[], Own] = frozenset,
        report: Callable[[str, str, BaseException | None], None] = lambda *_: None,
    ) -> None:
        self._own = own
        self._report = report
        self._emit = emit
        self._threshold = threshold
        self._search_every = search_every
        self._paused_seconds = paused_seconds
        self._throttled_seconds = throttled_seconds
        self._throttled = (0.0, 0.0)
        self._gil_wait = Seconds()
        self._kept_out = 0.0
        self._stopped = 0.0
        self._dozes_until = 0.0
        # Looks that found nothing since the kernel was last asked about the watchdog's own thread.
        self._dozed = 0
        self._loops: WatchedLoops | None = None
        self._next_search = 0.0
        # When a search would be due if it cost nothing, and how many were left out for their cost.
        self._wanted_search = 0.0
        self.skipped_searches = 0
        self._young_until = 0.0
        self._failure: Exception | None = None
        self._sleep = Sleep()
        self._thread = threading.Thread(target=self._run, name="hognose-watchdog", daemon=True)
        # What the kernel said of the watchdog's own thread last.
        self._own_line = b""
        # Of that thread, at its last real look: known also where the kernel's files are closed.
        self.cpu_seconds = 0.0

    def start(self) -> None:
        """Where no thread can be started, `read` raises what was said to that."""
        try:
            self._thread.start()
        except RuntimeError as failure:
            self._failure = failure
            self._sleep.close()

    def stop(self, seconds: float) -> None:
        """Tell the blocks that last as far as they are known, and end the thread."""
        if self._thread.is_alive():
            self._sleep.end()
            self._thread.join(seconds)

    def unhook(self) -> None:
        """Take back what was set up on the loops, where the thread cannot: after a fork."""
        self._sleep.close()
        if self._loops is not None:
            self._loops.close()

    def read(self) -> Figures:
        """The loops' figures. Raises what the watchdog's thread died of, or never began for."""
        if self._failure is not None:
            raise self._failure
        loops = self._loops.read(time.monotonic()) if self._loops is not None else []
        return {"loops": loops, "gil_wait_seconds": self._gil_wait.told()}

    def _run(self) -> None:
        try:
            self._watch()
        except Exception as failure:  # noqa: BLE001 - read() tells the agent
            self._failure = failure
        finally:
            self._sleep.close()
            if self._loops is not None:
                self._loops.close()

    def _watch(self) -> None:
        own = SchedStat(threading.get_native_id())
        now = time.monotonic()
        self._young_until = now + _YOUNG
        self._own_line = own.line()
        seconds_to_sleep, alarms = _FIRST_LOOK, list[Alarm]()
        while self._sleep.take(seconds_to_sleep, alarms):
            now = time.monotonic()
            if self._dozes(now):
                continue
            late, stopped = self._late(now, own)
            if not self._sleeps_on(now, late):
                self._look(self._moment(now, late, stopped))
            now = time.monotonic()
            seconds_to_sleep = self._seconds_to_look(now)
            alarms = self._loops.alarms(now) if self._loops is not None else []
            self._dozes_until = min(now + _DOZE, self._next_search, self._wanted_search)
        if self._loops is not None:
            last = self._moment(time.monotonic())
            self._say(self._loops.look(last))
            self._say(self._loops.so_far(last))
        own.close()

    def _dozes(self, now: float) -> bool:
        """
        Whether nothing has happened since the last look: that of most, so it touches little.

        What the watchdog itself waited for a processor is reckoned up at the next real look.
        """
        late = now - self._sleep.over_at
        if self._loops is None or late > _PRECISION or now >= self._dozes_until:
            return False
        if not self._loops.sleep_on(now, max(0.0, late)):
            return False
        self._gil_wait.add(late)
        self._dozed += 1
        return True

    def _late(self, now: float, own: SchedStat) -> tuple[float, float]:
        """For how many seconds it was kept from looking, though it had a CPU, and was stopped."""
        before, self._own_line = self._own_line, own.line()
        self.cpu_seconds = time.thread_time()
        late = gil = max(0.0, now - self._sleep.over_at)
        stopped = 0.0
        if late > _PRECISION:
            queued = seconds(self._own_line)[1] - seconds(before)[1]
            # Of its turns since then, one each was a look at loops that were asleep.
            times = turns(self._own_line) - turns(before) - self._dozed
            if self._own_line:
                stopped = max(0.0, late - queued - asked(times, sys.getswitchinterval()))
                late -= stopped
            gil = max(0.0, late - queued)
            late = kept_out(late, queued, times)
        self._dozed = 0
        self._gil_wait.add(gil)
        self._kept_out += late
        self._stopped += stopped
        return late, stopped

    def _sleeps_on(self, now: float, late: float) -> bool:
        """Whether nothing has happened since the last look, though this one is late."""
        loops = self._loops
        due = min(self._next_search, self._wanted_search)
        return loops is not None and now < due and loops.sleep_on(now, late)

    def _seconds_to_look(self, now: float) -> float:
        known = self._loops.next_looks(now) if self._loops is not None else []
        if now < self._young_until:
            known.append(self._next_search)
        return seconds_to_look(now, known)

    def _moment(self, now: float, late: float = 0.0, stopped: float = 0.0) -> Look:
        if now - self._throttled[0] > _THROTTLING_AGE:
            self._throttled = (now, self._throttled_seconds())
        return Look(now, self._usage(), late, stopped)

    def _usage(self) -> Usage:
        """Of the process, on any thread; keeps the GIL."""
        throttled_at, throttled = self._throttled
        return Usage(
            process_cpu=time.process_time(),
            throttled=throttled,
            gc=self._paused_seconds(),
            gil=self._kept_out,
            throttled_at=throttled_at,
            stopped=self._stopped,
        )

    def _look(self, look: Look) -> None:
        if self._loops is None:
            if not _has_asyncio():
                self._next_search = look.now + CALM
                return
            from hognose.probes.loops.watched_loops import WatchedLoops

            usage = self._usage if self._sleep.hears_alarms else None
            self._loops = WatchedLoops(self._threshold, self._own, self._report, usage)
        self._say(self._loops.look(look))
        if look.now >= self._next_search:
            self._search(look, self._loops)
        elif look.now >= self._wanted_search:
            self.skipped_searches += 1
            self._wanted_search += self._search_every

    def _search(self, look: Look, loops: WatchedLoops) -> None:
        now = look.now
        before = time.thread_time()
        loops.search(look)
        cost = time.thread_time() - before
        usually = self._search_every if loops else min(_SEARCH_NONE, self._search_every)
        every = _SEARCH_SOON if now < self._young_until else usually
        self._next_search = now + max(every, cost * _GUARD)
        self._wanted_search = now + max(every, self._search_every)

    def _say(self, blocks: Iterable[LoopBlock]) -> None:
        for block in blocks:
            self._emit(block)


def asked(times: int, interval: float) -> float:
    """
    For how many seconds at most a thread can have waited for the GIL that got a processor so often.

    It asks again at every switch interval. One that was late for longer was stopped, as by a
    debugger, a frozen container or a suspended machine: nobody kept anything from it.
    """
    return (max(0, times) + 1) * _ASKS_WITHIN * interval


def kept_out(late: float, queued: float, times: int) -> float:
    """
    For how many of the seconds that a thread was late another had the GIL.

    It waited for a processor that many `times`. A thread that wants the GIL asks for it every few
    milliseconds, and waits for a processor each time; between the first and the last of them the
    GIL was another's all the same.
    """
    return max(0.0, late - queued * min(1.0, 2 / max(times, 1)))


def _has_asyncio() -> bool:
    """Whether the service has imported asyncio, and finished doing so."""
    asyncio = sys.modules.get("asyncio")
    return asyncio is not None and not getattr(asyncio.__spec__, "_initializing", False)
