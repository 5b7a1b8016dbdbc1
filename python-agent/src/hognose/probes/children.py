"""
Live child processes, together, and what they have started in their turn.

Cost: 0.1 ms and 30 µs a thread and a child, wherever the kernel tells a thread's
children; looking through all processes of the machine would take milliseconds.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from hognose._signals import Figures, Skipped

_PROC = Path("/proc")

# Beyond these nothing is told: half a sum would look like a whole one.
_MOST = 200
_MOST_THREADS = 300


def read_children(proc: Path = _PROC, pid: int | None = None) -> Figures:
    """
    Their number, resident memory and CPU; nothing where the kernel does not tell.

    Pages that children share are counted in each. Raises `Skipped` for too many of them.
    """
    own = proc / str(os.getpid() if pid is None else pid)
    if not next(own.glob("task/*/children"), None):
        return {}
    ticks, page = os.sysconf("SC_CLK_TCK"), os.sysconf("SC_PAGE_SIZE")
    found = cpu = pages = 0
    pending = list(_started_by(own))
    while pending:
        child = proc / pending.pop()
        spent, resident = _stat(child)
        if resident < 0:
            continue
        found += 1
        cpu += spent
        pages += resident
        pending += _started_by(child)
        if found + len(pending) > _MOST:
            raise Skipped(f"more than {_MOST} processes")
    return {
        "children": {
            "count": found,
            "rss_bytes": pages * page,
            "cpu_seconds_total": cpu / ticks + _waited_for(),
        }
    }


def _started_by(process: Path) -> Iterator[str]:
    for threads, file in enumerate(process.glob("task/*/children")):
        if threads >= _MOST_THREADS:
            raise Skipped(f"more than {_MOST_THREADS} threads")
        try:
            yield from file.read_text().split()
        except OSError:
            # The thread has ended.
            continue


def _stat(process: Path) -> tuple[int, int]:
    """CPU, that of its own ended children included, in ticks, and pages; -1 when it has ended."""
    try:
        # The name is in brackets and may hold anything.
        fields = (process / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
        return sum(map(int, fields[11:15])), int(fields[21])
    except (OSError, ValueError, IndexError):
        return 0, -1


def _waited_for() -> float:
    if sys.platform == "win32":
        return 0.0
    from resource import RUSAGE_CHILDREN, getrusage

    spent = getrusage(RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime
