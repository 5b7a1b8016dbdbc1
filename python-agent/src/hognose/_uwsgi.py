"""
uWSGI: a program in C that has Python in it, and forks its workers without Python's fork hooks.

It runs what hangs on `uwsgi.post_fork_hook` in each process that is going to work, forked or not.
The module `uwsgi` is there only after the interpreter has started, so that somebody who starts with
the interpreter has to wait for it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Any


def in_workers(start: Callable[[], None]) -> None:
    """Call `start` in each worker as soon as it is one; now or when uWSGI has come so far."""
    uwsgi = sys.modules.get("uwsgi")
    if uwsgi is not None:
        _hook(uwsgi, start)
    else:
        sys.meta_path.insert(0, _Waiting(start))


def is_before_fork() -> bool:
    """Whether this is uWSGI's process before it has workers."""
    uwsgi: Any = sys.modules.get("uwsgi")
    # A module of this name may be something else.
    return hasattr(uwsgi, "worker_id") and uwsgi.worker_id() == 0


class _Waiting:
    """
    Looks at each import whether uWSGI's module is there, and finds no module itself.

    It stays in its place without doing anything: who takes a finder away during an import makes
    Python leave out the next one.
    """

    def __init__(self, start: Callable[[], None]) -> None:
        self._start: Callable[[], None] | None = start

    def find_spec(
        self,
        name: str,  # noqa: ARG002
        path: Sequence[str] | None = None,  # noqa: ARG002
        target: ModuleType | None = None,  # noqa: ARG002
    ) -> None:
        start, uwsgi = self._start, sys.modules.get("uwsgi")
        if start is not None and uwsgi is not None:
            # First: hooking imports, and so comes here again.
            self._start = None
            _hook(uwsgi, start)


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
