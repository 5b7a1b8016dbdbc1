"""
Celery's worker, whose own process does no work with the pool that is its default, and does all of
it with others. Which it is may stand in the configuration of the application only.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from types import ModuleType
from typing import Any

from hognose._awaiting import when_imported

_FORKING = ("prefork", "processes")


def in_workers_own_process(start: Callable[[], None]) -> None:
    """Call `start` when Celery says that it begins, if its own process is the one that works."""

    def begins(sender: Any, **_: object) -> None:
        pool = sender.pool_cls
        name = pool if isinstance(pool, str) else pool.__module__
        if not any(forking in name for forking in _FORKING) and _has_threads():
            start()

    def arrived(signals: ModuleType) -> None:
        signals.worker_init.connect(begins, weak=False)

    when_imported("celery.signals", "worker_init", arrived)


def _has_threads() -> bool:
    """Unless greenlets have taken their place: one of the agent's would keep all from running."""
    return type(threading.Lock()).__module__ == "_thread"
