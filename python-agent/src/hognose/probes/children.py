"""
Live child processes, together, and what they have started in their turn.

Cost: 0.1 ms, 20 µs a child, and 10 µs for each further thread of a child, where the kernel tells a
thread's children. Where it does not, the parents of all processes that can be seen are read, 30 µs
each: few in a container.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from hognose._figures import Figures, Skipped, lacks_descriptors
from hognose._growing import Gains, folded

_PROC = Path("/proc")

# Beyond these nothing is told: half a sum would look like a whole one.
_MOST = 200
_MOST_THREADS = 300
_MOST_SEEN = 1000

# Told apart from one thread, which has its process's number.
_MANY = 2

# The kernel gives a page of such a file at a time; more children than fit are too many.
_PAGE = 4096

# Names are told from so many children on, when so many have come on top.
_LEVEL = 4
_LEAST = 2


@dataclass(frozen=True, slots=True)
class _Child:
    """CPU in ticks, that of its own ended children included, and resident pages."""

    name: str
    ticks: int
    pages: int
    threads: int


class Children:
    """Of this process, or of another one as far as `/proc` shows it."""

    def __init__(self, proc: Path = _PROC, pid: int | None = None) -> None:
        self._proc = proc
        self._pid = pid
        self._gains = Gains(_LEAST)
        self._cpu = _Total()

    def read(self) -> Figures:
        """
        Number, memory and CPU, and what rises in number; nothing where there is no `/proc`.

        Pages that children share are counted in each. Raises `Skipped` for too many of them.
        """
        own = self._proc / str(os.getpid() if self._pid is None else self._pid)
        if not own.is_dir():
            return {}
        found = list(_descendants(self._proc, own))
        spent = sum(each.ticks for each in found) / os.sysconf("SC_CLK_TCK")
        figures: Figures = {
            "children": {
                "count": len(found),
                "rss_bytes": sum(each.pages for each in found) * os.sysconf("SC_PAGE_SIZE"),
                "cpu_seconds_total": self._cpu.told(spent + _waited_for()),
            }
        }
        if len(found) >= _LEVEL:
            growing = self._gains.after(Counter(folded(each.name) for each in found))
            if growing:
                figures["growing_children"] = growing
        return figures


class _Total:
    """
    A sum that never falls.

    A child that nobody waits for (`SIGCHLD` is ignored, or its parent has ended) takes what it has
    spent out of the kernel's sums. One that is waited for while they are read is back at the next
    reading: only what is still missing then is made up for.
    """

    def __init__(self) -> None:
        self._told = 0.0
        self._lost = 0.0
        self._is_short = False

    def told(self, known: float) -> float:
        short = self._told - (known + self._lost)
        if short > 0 and self._is_short:
            self._lost += short
        self._is_short = short > 0 and not self._is_short
        self._told = max(self._told, known + self._lost)
        return self._told


def _descendants(proc: Path, own: Path) -> Iterator[_Child]:
    """Live children and theirs. Raises `Skipped` for too many of them."""
    started_by = _started_by if next(own.glob("task/*/children"), None) else _family(proc)
    pending = list(started_by(str(own), _MANY))
    found = 0
    while pending:
        folder = f"{proc}/{pending.pop()}"
        child = _stat(folder)
        if child is None:
            continue
        found += 1
        pending += started_by(folder, child.threads)
        if found + len(pending) > _MOST:
            raise Skipped(f"more than {_MOST} processes")
        yield child


def _started_by(process: str, threads: int) -> Iterator[str]:
    tasks = f"{process}/task"
    # Most children have one thread, whose number is theirs: no need to list it.
    numbers = _names_in(tasks) if threads > 1 else [os.path.basename(process)]
    if len(numbers) > _MOST_THREADS:
        raise Skipped(f"more than {_MOST_THREADS} threads")
    for number in numbers:
        # Nothing when the thread has ended.
        yield from _text(f"{tasks}/{number}/children").split()


def _family(proc: Path) -> Callable[[str, int], Iterable[str]]:
    """Who started whom, of all that can be seen."""
    children: dict[str, list[str]] = {}
    seen = [name for name in _names_in(str(proc)) if name.isdigit()]
    if len(seen) > _MOST_SEEN:
        raise Skipped(f"more than {_MOST_SEEN} processes to look through")
    for name in seen:
        children.setdefault(_parent(f"{proc}/{name}"), []).append(name)
    return lambda process, _: children.get(os.path.basename(process), [])


def _parent(process: str) -> str:
    """Empty when it has ended."""
    fields = _text(f"{process}/stat").rpartition(")")[2].split()
    return fields[1] if len(fields) > 1 else ""


def _stat(process: str) -> _Child | None:
    """Nothing when it has ended."""
    # The name is in brackets and may hold anything.
    before, _, after = _text(f"{process}/stat").rpartition(")")
    fields = after.split()
    try:
        ticks = sum(map(int, fields[11:15]))
        return _Child(before.partition("(")[2], ticks, int(fields[21]), int(fields[17]))
    except (ValueError, IndexError):
        return None


def _names_in(folder: str) -> list[str]:
    """None when the process has ended."""
    try:
        return os.listdir(folder)
    except OSError as failure:
        if lacks_descriptors(failure):
            raise
        return []


def _text(file: str) -> str:
    """
    What the kernel says of a process, empty when it has ended.

    Read by hand: opened as text it would take twice as long.
    """
    try:
        descriptor = os.open(file, os.O_RDONLY | os.O_CLOEXEC)
        try:
            return os.read(descriptor, _PAGE).decode("utf-8", "replace")
        finally:
            os.close(descriptor)
    except OSError as failure:
        if lacks_descriptors(failure):
            raise
        return ""


def _waited_for() -> float:
    spent = os.times()
    return spent.children_user + spent.children_system
