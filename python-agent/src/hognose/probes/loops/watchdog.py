"""
The watchdog: a thread that looks whether a loop is blocked, and by what.

It looks when a heartbeat would be overdue, every 100 ms at least, and every 50 ms while one is.

It also learns how long a thread waits for the GIL: by how much its own sleep ends late, less the
time that it waited for a CPU.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from hognose._frames import Own
from hognose._histogram import Seconds
from hognose._signals import Figures, LoopBlock
from hognose.probes.loops.look import Look, Usage
from hognose.probes.loops.rule import CALM, LOOK, seconds_to_look
from hognose.probes.loops.schedstat import SchedStat

if TYPE_CHECKING:
    from hognose.probes.loops.watched import WatchedLoops

# Loops are searched for this often while none is known and in the first seconds.
_SEARCH_SOON = 0.25
_YOUNG = 5.0

# A search that took long is put off by this many times its cost.
_GUARD = 1000

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
        self._throttled = (float("-inf"), 0.0)
        self._gil_wait = Seconds()
        self._loops: WatchedLoops | None = None
        self._next_search = 0.0
        # When a search would be due if it cost nothing, and how many were left out for their cost.
        self._wanted_search = 0.0
        self.skipped_searches = 0
        self._young_until = 0.0
        self._failure: Exception | None = None
        self._stop = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="hognose-watchdog", daemon=True)
        # Of the watchdog's own thread, from the kernel.
        self.cpu_seconds = 0.0

    def start(self) -> None:
        self._stop.acquire()
        self._thread.start()

    def stop(self, seconds: float) -> None:
        """Tell the blocks that last as far as they are known, and end the thread."""
        if self._thread.is_alive() and self._stop.locked():
            self._stop.release()
            self._thread.join(seconds)

    def unhook(self) -> None:
        """Take back what was set up on the loops, where the thread cannot: after a fork."""
        if self._loops is not None:
            self._loops.unhook()

    def read(self) -> Figures:
        """The loops' figures. Raises what the watchdog's thread died of."""
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
            if self._loops is not None:
                self._loops.close()

    def _watch(self) -> None:
        own = SchedStat(threading.get_native_id())
        slept_from = time.monotonic()
        self._young_until = slept_from + _YOUNG
        self.cpu_seconds, queued = own.read()
        sleep = CALM
        while not self._stop.acquire(timeout=sleep):
            now = time.monotonic()
            queued_before = queued
            self.cpu_seconds, queued = own.read()
            late = max(0.0, now - slept_from - sleep - (queued - queued_before))
            self._gil_wait.add(late)
            self._look(self._moment(now, late > LOOK))
            slept_from = time.monotonic()
            sleep = self._seconds_to_look(slept_from)
        if self._loops is not None:
            last = self._moment(time.monotonic(), False)
            self._say(self._loops.look(last))
            self._say(self._loops.so_far(last))
        own.close()

    def _seconds_to_look(self, now: float) -> float:
        return seconds_to_look(now, self._loops.overdue() if self._loops is not None else ())

    def _moment(self, now: float, is_late: bool) -> Look:
        if now - self._throttled[0] > _THROTTLING_AGE:
            self._throttled = (now, self._throttled_seconds())
        usage = Usage(
            process_cpu=time.process_time(),
            throttled=self._throttled[1],
            gc=self._paused_seconds(),
            gil=self._gil_wait.sum,
        )
        return Look(now, time.time_ns() // 1_000_000, usage, is_late)

    def _look(self, look: Look) -> None:
        if self._loops is None:
            if not _has_asyncio():
                return
            from hognose.probes.loops.watched import WatchedLoops

            self._loops = WatchedLoops(self._threshold, self._own, self._report)
        self._say(self._loops.look(look))
        if look.now >= self._next_search:
            self._search(look.now, self._loops)
        elif look.now >= self._wanted_search:
            self.skipped_searches += 1
            self._wanted_search += self._search_every

    def _search(self, now: float, loops: WatchedLoops) -> None:
        before = time.thread_time()
        loops.search(now)
        cost = time.thread_time() - before
        soon = not loops or now < self._young_until
        every = _SEARCH_SOON if soon else self._search_every
        self._next_search = now + max(every, cost * _GUARD)
        self._wanted_search = now + max(every, self._search_every)

    def _say(self, blocks: Iterable[LoopBlock]) -> None:
        for block in blocks:
            self._emit(block)


def _has_asyncio() -> bool:
    """Whether the service has imported asyncio, and finished doing so."""
    asyncio = sys.modules.get("asyncio")
    return asyncio is not None and not getattr(asyncio.__spec__, "_initializing", False)
