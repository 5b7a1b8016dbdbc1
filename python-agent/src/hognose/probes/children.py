"""
Live child processes, together, and what they have started in their turn.

Cost: 0.1 ms and 30 µs a thread and a child where the kernel tells a thread's children. Where it
does not, the parents of all processes that can be seen are read, 30 µs each: few in a container.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from hognose._signals import Figures, Skipped

_PROC = Path("/proc")

# Beyond these nothing is told: half a sum would look like a whole one.
_MOST = 200
_MOST_THREADS = 300
_MOST_SEEN = 1000


def read_children(proc: Path = _PROC, pid: int | None = None) -> Figures:
    """
    Their number, resident memory and CPU; nothing where there is no `/proc`.

    Pages that children share are counted in each. Raises `Skipped` for too many of them.
    """
    own = proc / str(os.getpid() if pid is None else pid)
    if not own.is_dir():
        return {}
    started_by = _started_by if next(own.glob("task/*/children"), None) else _family(proc)
    ticks, page = os.sysconf("SC_CLK_TCK"), os.sysconf("SC_PAGE_SIZE")
    found = cpu = pages = 0
    pending = list(started_by(own))
    while pending:
        child = proc / pending.pop()
        spent, resident = _stat(child)
        if resident < 0:
            continue
        found += 1
        cpu += spent
        pages += resident
        pending += started_by(child)
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


def _family(proc: Path) -> Callable[[Path], Iterable[str]]:
    """Who started whom, of all that can be seen."""
    children: dict[str, list[str]] = {}
    seen = [name for name in os.listdir(proc) if name.isdigit()]
    if len(seen) > _MOST_SEEN:
        raise Skipped(f"more than {_MOST_SEEN} processes to look through")
    for name in seen:
        children.setdefault(_parent(proc / name), []).append(name)
    return lambda process: children.get(process.name, [])


def _parent(process: Path) -> str:
    """Empty when it has ended."""
    try:
        return (process / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()[1]
    except (OSError, IndexError):
        return ""


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
