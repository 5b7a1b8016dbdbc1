"""
Find the running event loops of the process, and ask them where they are.

Nothing is patched: asyncio knows its tasks, and a task knows its loop. Tasks are only referred to
weakly, so that none dies on our thread. Cost: 0.3 µs a task.
This module imports asyncio, so it is itself imported only once the service has done so.
"""

from __future__ import annotations

import asyncio
import sys
import threading
import weakref
from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from itertools import chain
from types import FrameType
from typing import Any

from hognose._one_call import CALL, looked_up, without_collections

# asyncio keeps its tasks under names that differ between versions; weak sets and plain ones.
_TASK_SETS = ("_all_tasks", "_scheduled_tasks", "_eager_tasks")

# What a loop's own code calls to wait: selectors, and Windows's completion port.
_SELECTS = ("select", "_poll")

Tasks = dict[asyncio.AbstractEventLoop, list["weakref.ref[asyncio.Task[Any]]"]]

# A set that other threads change while it is read must be read again.
_ATTEMPTS = 20


def tasks_by_loop(threads: Iterable[FrameType] | None = None) -> Tasks:
    """The running loops, each with its unfinished tasks."""
    found: Tasks = defaultdict(list)
    for name in _TASK_SETS:
        refs = _referred(getattr(asyncio.tasks, name, ()))
        columns = looked_up(refs, "_state"), looked_up(refs, "_loop")
        for ref, state, loop in zip(refs, *columns, strict=True):
            if state == "PENDING" and loop is not None:
                found[loop].append(ref)
    for loop in _loops_on_stacks(sys._current_frames().values() if threads is None else threads):
        if loop not in found:
            found[loop] = _of_loop(loop)
    return {loop: refs for loop, refs in found.items() if loop.is_running()}


def _referred(tasks: Any) -> list[weakref.ref[asyncio.Task[Any]]]:
    """References to the tasks of a set: a weak one has them already."""
    is_weak = isinstance(tasks, weakref.WeakSet)
    for _ in range(_ATTEMPTS):
        with suppress(RuntimeError):
            refs = tasks.data if is_weak else map(weakref.ref, tasks)
            return without_collections(partial(list, refs))
    return []


def _of_loop(loop: asyncio.AbstractEventLoop) -> list[weakref.ref[asyncio.Task[Any]]]:
    """From 3.14 on asyncio's own tasks are in none of the sets."""
    if sys.version_info < (3, 14):
        return []
    all_tasks: tuple[Callable[[], Iterable[Any]], ...] = (partial(asyncio.all_tasks, loop),)
    listed = chain.from_iterable(map(CALL, all_tasks))
    return without_collections(partial(list, map(weakref.ref, listed)))


def _loops_on_stacks(threads: Iterable[FrameType]) -> list[asyncio.AbstractEventLoop]:
    """Loops of `run_forever` and `asyncio.run` on any thread's stack: those without tasks, too."""
    found: list[asyncio.AbstractEventLoop] = []
    for innermost in threads:
        frame: FrameType | None = innermost
        while frame is not None:
            loop = _loop_of(frame)
            if loop is not None:
                found.append(loop)
                break
            frame = frame.f_back
    return found


def _loop_of(frame: FrameType) -> asyncio.AbstractEventLoop | None:
    code = frame.f_code
    if code.co_name == "run_forever" and code.co_filename.endswith("asyncio/base_events.py"):
        loop = frame.f_locals.get("self")
    elif code.co_name == "run" and code.co_filename.endswith("asyncio/runners.py"):
        loop = frame.f_locals.get("loop") or getattr(frame.f_locals.get("self"), "_loop", None)
    else:
        return None
    return loop if isinstance(loop, asyncio.AbstractEventLoop) else None


def kind_of(loop: asyncio.AbstractEventLoop) -> str:
    return "uvloop" if type(loop).__module__.partition(".")[0] == "uvloop" else "asyncio"


def thread_of(loop: asyncio.AbstractEventLoop) -> threading.Thread | None:
    """The thread that runs the loop, where the loop knows it: before its first heartbeat."""
    ident = getattr(loop, "_thread_id", None)
    return next((each for each in threading.enumerate() if each.ident == ident), None)


def busy_since(loop: asyncio.AbstractEventLoop, frame: FrameType | None) -> float | None:
    """
    When the loop began with the callbacks that it is at now, on the monotonic clock.

    asyncio keeps that moment in a variable of `_run_once`, further out on the loop's own stack;
    uvloop keeps it where it cannot be read.
    """
    while frame is not None:
        code = frame.f_code
        if code.co_name == "_run_once" and code.co_filename.endswith("asyncio/base_events.py"):
            end_time = frame.f_locals.get("end_time")
            resolution = float(getattr(loop, "_clock_resolution", 0.0))
            return end_time - resolution if isinstance(end_time, float) else None
        frame = frame.f_back
    return None


def waits_for_events(frame: FrameType | None) -> bool:
    """
    Whether an asyncio loop whose thread is at that frame is free, and asleep until something comes.

    A callback may call `select`, too, but then it is not the loop itself that does.
    """
    caller = frame.f_back if frame is not None else None
    if caller is not None and caller.f_code.co_name == "_watched_select":
        caller = caller.f_back
    return (
        frame is not None
        and caller is not None
        and frame.f_code.co_name in _SELECTS
        and caller.f_code.co_name == "_run_once"
        and caller.f_code.co_filename.endswith("asyncio/base_events.py")
    )


def interrupts_sleep(frame: FrameType | None) -> bool:
    """Whether what runs there has come in the middle of a loop's sleep, as signals' handlers do."""
    innermost = frame
    while frame is not None and innermost is not None:
        caller = frame.f_back
        is_sleep = caller is not None and caller.f_code.co_name == "_watched_select"
        if is_sleep and frame.f_code.co_name in _SELECTS:
            return innermost.f_code.co_filename != frame.f_code.co_filename
        frame = caller
    return False


def current_task(loop: asyncio.AbstractEventLoop) -> tuple[str, str]:
    """Name and coroutine of the task that the loop is at; empty for a plain callback."""
    task = asyncio.tasks.current_task(loop)
    if task is None:
        return "", ""
    coroutine = task.get_coro()
    return task.get_name(), getattr(coroutine, "__qualname__", type(coroutine).__qualname__)
