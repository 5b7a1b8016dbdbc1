"""
What the line in `hognose.pth` calls when an interpreter starts with HOGNOSE_SERVICE set.

A program that does nothing but fork pays for this module only: what it needs is imported late.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

# In a virtual environment Python 3 reads its .pth files twice.
_is_booted = False


def boot() -> None:
    """
    Start the agent; in a program that only forks, in its children.

    A bad setting is one line on standard error, and the service runs on without the agent.
    """
    global _is_booted
    from hognose._program import command_line, is_celery, is_ours, is_spawned, is_uwsgi, only_forks

    command = command_line()
    if _is_booted or is_ours(command):
        return
    _is_booted = True
    if is_uwsgi(command):
        _boot_uwsgi_workers()
    elif only_forks(command):
        _boot_children()
        if is_celery(command):
            _boot_celerys_own()
    else:
        _start("start_spawned" if is_spawned(command) else "start")


def _boot_children() -> None:
    # Fork hooks run in the order of their registration, and that of `threading` takes every other
    # thread for dead: it must come before one that starts a thread.
    import threading  # noqa: F401

    from hognose._program import is_about_to_exec

    is_child = False

    def after_fork() -> None:
        nonlocal is_child
        # What a child forks is the affair of the child's own agent.
        if not is_child and not is_about_to_exec():
            is_child = True
            _start("start_after_fork")

    os.register_at_fork(after_in_child=after_fork)


def _boot_celerys_own() -> None:
    from hognose._celery import in_workers_own_process

    in_workers_own_process(lambda: _start("start"))


def _boot_uwsgi_workers() -> None:
    from hognose._uwsgi import in_workers

    in_workers(lambda: _start("start_after_fork"))


def _start(how: str) -> None:
    try:
        if not _is_main_interpreter():
            return
        from hognose._lifecycle import lifecycle
        from hognose._run import checked_settings

        getattr(lifecycle, how)(checked_settings(os.environ))
    except Exception as wrong:  # noqa: BLE001 - nothing of ours may keep a service from starting
        sys.stderr.write(f"hognose: {wrong}; the service runs without the agent\n")


def _is_main_interpreter() -> bool:
    """
    Each further one in the process reads the installed line, too; its figures are the process's.

    Where interpreters cannot be told apart there is one.
    """
    for name in ("_interpreters", "_xxsubinterpreters"):
        try:
            interpreters: Any = __import__(name)
        except ImportError:
            continue
        return bool(interpreters.get_current() == interpreters.get_main())
    return True
