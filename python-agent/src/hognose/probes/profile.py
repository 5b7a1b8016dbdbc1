"""
A profile of all threads at a low rate: which functions and lines they are in, and for how long.

A thread that waits for work (a pool's, an event loop's, a server's) is left out. So a stack's count
against the number of samples is the share of the time in which that thread was there, computing or
waiting for something in the middle of its work. Only file, line and function are kept.

Cost: 15 µs for 60 frames, for each thread that is at work; the rate is lowered to keep 1 % of a
core.
"""

from __future__ import annotations

import logging
import random
import re
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from types import FrameType

from hognose._figures import Figures
from hognose._frames import Own, Places, is_users, told_threads, walk
from hognose._happenings import Stack, StackProfile

logger = logging.getLogger("hognose")

# Seconds between two samples: irregular, so that nothing periodic is always met or always missed.
_EVERY = 0.1
_JITTER = 0.5

# Of a core, at most: a sample that costs more makes the next one wait.
_SHARE = 0.01

# A continuous profile is told this often, in seconds.
WINDOW = 60.0

# Different stacks of a window, and names of threads; what comes after them is told as cut.
_STACKS = 1000
_NAMES = 100
_OTHERS = "others"

_NUMBER = re.compile(r"\d+")

# Functions in which a thread waits for work, by the end of their file; with the function that they
# are called from where they serve other ends, too.
_WAITING: set[tuple[str, str, str]] = {
    ("selectors.py", "select", "_run_once"),
    ("selectors.py", "select", "_watched_select"),
    ("selectors.py", "select", "serve_forever"),
    ("selectors.py", "select", "wait"),
    ("windows_events.py", "_poll", ""),
    # uvloop has no frames of its own: the innermost is that of its caller.
    ("runners.py", "run", ""),
    ("runners.py", "_run", ""),
    ("thread.py", "_worker", ""),
    ("queue.py", "get", ""),
    ("queues.py", "get", ""),
    ("pool.py", "_handle_tasks", ""),
    ("pool.py", "worker", ""),
    ("connection.py", "_recv", "_recv_bytes"),
    ("threading.py", "wait", "get"),
    ("threading.py", "wait", "wait"),
    ("threading.py", "wait", "run"),
    ("threading.py", "wait", "_wait_for_work"),
    ("threading.py", "_wait_for_tstate_lock", "join"),
    ("threading.py", "_wait_for_tstate_lock", "_shutdown"),
    ("threading.py", "join", ""),
    ("threading.py", "_shutdown", ""),
    ("socket.py", "accept", ""),
    ("sync.py", "wait", ""),
    ("arbiter.py", "sleep", ""),
    ("wasyncore.py", "poll", ""),
}

# The agent's own threads.
_OURS = "hognose-"

_Threads = Callable[[], Mapping[int, FrameType]]


class Profile:
    """
    The stacks of one window. One thread uses it.

    `own` names the installed packages that are the service.
    """

    def __init__(self, own: Own = frozenset()) -> None:
        self.samples = 0
        self._own = own
        self._counts: Counter[tuple[str, Places]] = Counter()
        self._names: set[str] = set()
        self._is_cut = False

    def sample(
        self,
        frames: _Threads = sys._current_frames,
        names: Callable[[], Mapping[int, str]] | None = None,
    ) -> None:
        """Count where each thread is at this moment; not the one that asks."""
        self.samples += 1
        asking = threading.get_ident()
        known = (names or thread_names)()
        for ident, frame in frames().items():
            name = known.get(ident, "")
            if ident == asking or name.startswith(_OURS) or waits_for_work(frame, self._own):
                continue
            self._count(self._bounded(name), walk(frame))

    def told(self, window_seconds: float) -> StackProfile:
        counted = ((name, places, count) for (name, places), count in self._counts.items())
        stacks, cut = told_threads(counted)
        return {
            "window_ms": round(window_seconds * 1000),
            "samples": self.samples,
            "stacks": stacks,
            "cut": cut or self._is_cut,
        }

    def _count(self, name: str, places: Places) -> None:
        key = (name, places)
        if key not in self._counts and len(self._counts) >= _STACKS:
            self._is_cut = True
            return
        self._counts[key] += 1

    def _bounded(self, thread: str) -> str:
        """Numbers do not count: a pool's threads are one name."""
        name = _NUMBER.sub("#", thread)
        if name not in self._names:
            if len(self._names) >= _NAMES:
                return _OTHERS
            self._names.add(name)
        return name


def thread_names() -> dict[int, str]:
    return {each.ident: each.name for each in threading.enumerate() if each.ident is not None}


def waits_for_work(frame: FrameType, own: Own = frozenset()) -> bool:
    """
    Whether a thread whose innermost frame this is has nothing to do.

    The service's own code is at work, whatever its files and functions are called.
    """
    code = frame.f_code
    if is_users(code.co_filename, own):
        return False
    file = re.split(r"[/\\]", code.co_filename)[-1]
    caller = frame.f_back.f_code.co_name if frame.f_back is not None else ""
    return (file, code.co_name, "") in _WAITING or (file, code.co_name, caller) in _WAITING


def record(
    seconds: float,
    wait: Callable[[float], object] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
    cpu_clock: Callable[[], float] = time.thread_time,
    own: Own = frozenset(),
) -> StackProfile:
    """
    Profile for that long, on the thread that calls.

    `wait` sleeps for some seconds, or answers True to end the window early.
    """
    profile = Profile(own)
    started = clock()
    while True:
        left = started + seconds - clock()
        spent = cpu_clock()
        profile.sample()
        cost = cpu_clock() - spent
        pause = max(_EVERY, cost / _SHARE) * random.uniform(1 - _JITTER, 1 + _JITTER)  # noqa: S311
        if left <= pause:
            wait(max(0.0, left))
            break
        if wait(pause):
            break
    return profile.told(clock() - started)


def folded(stacks: list[Stack]) -> str:
    """A line a stack as flame graphs take it: `thread;function (file:line);... count`."""
    return "".join(
        ";".join(
            [
                stack.get("thread", "") or "?",
                *(f"{f['function']} ({f['file']}:{f['line']})" for f in stack["frames"]),
            ]
        )
        + f" {stack['count']}\n"
        for stack in stacks
    )


class Profiler:
    """
    Profiles on a thread of its own: `once` for a while, `start` for good.

    `post` is called there with each profile; `own` answers the installed packages that are the
    service.
    """

    def __init__(
        self, post: Callable[[StackProfile], None], own: Callable[[], Own] = frozenset
    ) -> None:
        self._post = post
        self._own = own
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        # Profiles that no thread could be started for, as at a container's limit of processes.
        self.skipped = 0
        # Of its threads, up to the last profile that was told.
        self.cpu_seconds = 0.0
        self._failure: Exception | None = None

    def read(self) -> Figures:
        """Says nothing itself. Raises what a profile failed by, after which none is taken."""
        if self._failure is not None:
            raise self._failure
        return {}

    def start(self, window_seconds: float = WINDOW) -> None:
        """Profile window after window until stopped."""
        self._begin(lambda: self._go_on(window_seconds))

    def once(self, seconds: float) -> None:
        """Profile for that long, unless one is being taken."""
        is_free = self._thread is None or not self._thread.is_alive()
        if is_free and self._failure is None:
            self._begin(lambda: self._take(seconds))

    def stop(self, seconds: float) -> None:
        """End the window that is open, and tell it."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(seconds)

    def _begin(self, run: Callable[[], None]) -> None:
        thread = threading.Thread(target=run, name="hognose-profile", daemon=True)
        try:
            thread.start()
        except RuntimeError as refused:
            if not self.skipped:
                logger.warning(
                    "no profile was taken: %s (said once; counted from here on)", refused
                )
            self.skipped += 1
        else:
            self._thread = thread

    def _go_on(self, window_seconds: float) -> None:
        while not self._stop.is_set():
            self._take(window_seconds)

    def _take(self, seconds: float) -> None:
        before = time.thread_time()
        try:
            self._post(record(seconds, self._stop.wait, own=self._own()))
        except Exception as failure:  # noqa: BLE001 - read() tells the agent
            self._failure = failure
            self._stop.set()
        self.cpu_seconds += time.thread_time() - before
