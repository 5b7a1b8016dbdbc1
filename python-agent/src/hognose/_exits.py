"""What an end is told as, and ends of forked processes that come without Python's `atexit`."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from types import FrameType
from typing import Protocol

from hognose._happenings import Stopped

# Where a child of `multiprocessing` that was forked ends by `os._exit`.
_FORKING = ("multiprocessing.popen_fork", "multiprocessing.forkserver")


class Stoppable(Protocol):
    def stop(self, stopped: Stopped | None = None) -> None: ...


def left_main() -> BaseException | None:
    """
    What has left the main program, and was printed by the interpreter on its way out.

    Whoever prints an exception as the interpreter does leaves it in the same place: uWSGI, a
    debugger, a prompt within the program. Only one that came through the main module, which nobody
    but `runpy` had called, is the program's end.
    """
    last = getattr(sys, "last_value", None)
    trace = last.__traceback__ if isinstance(last, BaseException) else None
    while trace is not None and _is_runpys(trace.tb_frame):
        trace = trace.tb_next
    return last if trace is not None and _is_main(trace.tb_frame) else None


def _is_main(frame: FrameType) -> bool:
    if frame.f_code.co_name != "<module>" or frame.f_globals.get("__name__") != "__main__":
        return False
    caller = frame.f_back
    while caller is not None and _is_runpys(caller):
        caller = caller.f_back
    return caller is None


def _is_runpys(frame: FrameType) -> bool:
    return frame.f_globals.get("__name__") == "runpy"


def end_by(exception: type[BaseException]) -> Stopped:
    """What becomes of a process whose main program an exception has left; not by `SystemExit`."""
    if issubclass(exception, KeyboardInterrupt):
        # CPython then ends itself by the signal, so that a shell sees what has happened.
        return {"reason": "SIGNAL", "exit_code": -signal.SIGINT if os.name == "posix" else None}
    return {"reason": "EXCEPTION", "exit_code": 1}


def end_by_interrupt_still() -> None:
    """
    Have CPython end by the signal, as it was about to.

    It remembers whether the last string that it ran was left by `KeyboardInterrupt`, in all of the
    process; a thread of the agent's that is in the middle of its imports runs strings, too, and a
    service that was interrupted in its first second would end with 1.
    """
    with suppress(KeyboardInterrupt):
        exec("raise KeyboardInterrupt")  # noqa: S102 - there is no other way to have it remember


def exit_code(status: object) -> int:
    """What a parent sees of the argument of `SystemExit`: nothing is 0, and a message is 1."""
    if status is None:
        return 0
    return status & 0xFF if isinstance(status, int) else 1


def stop_past_atexit(agent: Stoppable) -> None:
    """
    Have the agent stopped where a library ends its children by itself.

    Called in the child, right after the fork; looks only at libraries that are imported.
    """
    util = sys.modules.get("multiprocessing.util")
    if util is not None:
        # Finalizers that are there before the child's own start are thrown away.
        util.register_after_fork(agent, finalize_last)
    signals = sys.modules.get("celery.signals")
    if signals is not None:
        # Celery's pool sends this before it ends a child by `os._exit`.
        # The code that it tells is a word to its supervisor: 155 asks for a successor.
        signals.worker_process_shutdown.connect(lambda **_: agent.stop(), weak=False)


def have_threads_end() -> None:
    """
    Have what glibc needs to end a thread before there may be no descriptor left to open it.

    CPython before 3.14 ends daemon threads, ours among them, when they want the GIL of an
    interpreter that has ended. glibc loads libgcc then, and aborts the process where it cannot.
    """
    import ctypes

    with suppress(OSError):
        ctypes.CDLL("libgcc_s.so.1")


def finalize_last(agent: Stoppable) -> None:
    """Have the agent stopped with the child of `multiprocessing` that this is."""
    from multiprocessing.util import Finalize

    # The child goes on with the stack of its parent, which may have forked while it handled one.
    before = sys.exc_info()[1]

    def stop() -> None:
        stopped = _end_of_child(before)
        # Else `atexit` is at work, and tells it.
        if stopped is not None:
            agent.stop(stopped)

    Finalize(agent, stop, exitpriority=-1000)


def _end_of_child(before: BaseException | None) -> Stopped | None:
    """
    Of a process of `multiprocessing`, by the frame that has its finalizers run.

    Up to CPython 3.12 that is around its target. From 3.13 on a forked one has left it, and knows
    only the code that it is about to end with, so that an exception is an exit with 1; a spawned
    one ends as a program does.
    """
    frame: FrameType | None = sys._getframe()
    while frame is not None:
        module = frame.f_globals.get("__name__")
        if module == "multiprocessing.process" and frame.f_code.co_name == "_bootstrap":
            return _end_of_target(before)
        if module in _FORKING and "code" in frame.f_locals:
            return {"reason": "EXIT", "exit_code": exit_code(frame.f_locals["code"])}
        frame = frame.f_back
    return None


def _end_of_target(before: BaseException | None) -> Stopped:
    """What has left the target is being handled, and what nothing has left ends with 0."""
    ended = sys.exc_info()[1]
    if ended is before:
        return {"reason": "EXIT", "exit_code": 0}
    if isinstance(ended, SystemExit):
        return {"reason": "EXIT", "exit_code": exit_code(ended.code)}
    # It prints the traceback itself and ends with 1, whatever the exception.
    return {"reason": "EXCEPTION", "exit_code": 1}
