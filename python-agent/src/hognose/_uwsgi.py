"""
uWSGI: a program in C that has Python in it, and forks its workers without Python's fork hooks.

It runs what hangs on `uwsgi.post_fork_hook` in each process that is going to work, forked or not.
The module `uwsgi` is there only after the interpreter has started, so that somebody who starts with
the interpreter has to wait for it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from hognose._awaiting import when_imported


def in_workers(start: Callable[[], None]) -> None:
    """Call `start` in each worker as soon as it is one; now or when uWSGI has come so far."""
    uwsgi = sys.modules.get("uwsgi")
    if uwsgi is not None:
        _hook(uwsgi, start)
    else:
        when_imported("uwsgi", "opt", lambda uwsgi: _hook(uwsgi, start))


def is_before_fork() -> bool:
    """Whether this is uWSGI's process before it has workers."""
    uwsgi: Any = sys.modules.get("uwsgi")
    # A module of this name may be something else.
    return hasattr(uwsgi, "worker_id") and uwsgi.worker_id() == 0


def _hook(uwsgi: Any, start: Callable[[], None]) -> None:
    if not uwsgi.opt.keys() & {"enable-threads", "threads"}:
        sys.stderr.write(
            "hognose: uWSGI runs without enable-threads: expected it, no thread of the agent's "
            "would run; the service runs without the agent\n"
        )
        return
    if uwsgi.masterpid() == 0:
        # Without a master `uwsgidecorators` cannot be used, and nobody else sets the hook.
        uwsgi.post_fork_hook = start
        return
    # It would set a hook of its own in place of ours.
    from uwsgidecorators import postfork

    postfork(start)
