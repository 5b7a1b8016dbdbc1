"""Ways in which a process that was forked ends without Python's `atexit`."""

from __future__ import annotations

import sys
from typing import Protocol


class Stoppable(Protocol):
    def stop(self) -> None: ...


def stop_past_atexit(agent: Stoppable) -> None:
    """
    Have the agent stopped where a library ends its children by itself.

    Called in the child, right after the fork; looks only at libraries that are imported.
    """
    util = sys.modules.get("multiprocessing.util")
    if util is not None:
        # Finalizers that are there before the child's own start are thrown away.
        util.register_after_fork(agent, _finalize_last)
    signals = sys.modules.get("celery.signals")
    if signals is not None:
        # Celery's pool sends this before it ends a child by `os._exit`.
        signals.worker_process_shutdown.connect(lambda **_: agent.stop(), weak=False)


def _finalize_last(agent: Stoppable) -> None:
    from multiprocessing.util import Finalize

    Finalize(agent, agent.stop, exitpriority=-1000)
