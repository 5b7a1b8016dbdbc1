"""
CPU and run-queue time of threads, by name.

Cost: 35 µs a thread, from `/proc/self/task`; nothing is read above 300 threads.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from hognose._figures import Figures, Skipped, ThreadCpu, lacks_descriptors

_TASKS = Path("/proc/self/task")

_MOST_THREADS = 300
_TOLD = 10

# Names that are kept apart; threads with further names are told together.
_NAMES = 100
_OTHERS = "others"

_NUMBER = re.compile(r"\d+")

# Our own threads are told under one name, and so are librdkafka's: each name is some thirty bytes
# of every sample. Readers know both by how they begin.
_TOGETHER = {"hognose-": "hognose-agent", "rdk:": "rdk:threads"}


@dataclass(slots=True)
class _Spent:
    cpu: float = 0.0
    runqueue: float = 0.0


def python_names() -> dict[int, str]:
    """The names that Python knows, by the kernel's thread numbers."""
    return {each.native_id: each.name for each in threading.enumerate() if each.native_id}


class Threads:
    """
    Adds up what each thread has spent between two readings, so that a name's total stays when its
    threads have ended. Numbers in names do not count: a pool's threads are one name. The agent's
    own are one, too, and so are those of librdkafka.
    """

    def __init__(
        self, root: Path = _TASKS, names: Callable[[], Mapping[int, str]] = python_names
    ) -> None:
        self._root = root
        self._names = names
        self._last: dict[int, tuple[float, float]] = {}
        self._totals: dict[str, _Spent] = {}

    def read(self) -> Figures:
        """
        The ten names with the most CPU, largest first; nothing where there is no `/proc`.

        Raises `Skipped` above 300 threads.
        """
        if not self._root.is_dir():
            return {}
        folders = list(self._root.iterdir())
        if len(folders) > _MOST_THREADS:
            raise Skipped(f"{len(folders)} threads")
        names = self._names()
        now = {int(folder.name): _spent(folder) for folder in folders}
        for number, (cpu, runqueue) in now.items():
            before = self._last.get(number, (0.0, 0.0))
            if cpu < before[0]:
                # Another thread has got the number of one that ended.
                before = (0.0, 0.0)
            total = self._total(names.get(number) or _kernels_name(self._root / str(number)))
            total.cpu += cpu - before[0]
            total.runqueue += max(0.0, runqueue - before[1])
        self._last = now
        return {"thread_cpu": self._largest()}

    def _total(self, thread_name: str) -> _Spent:
        name = _told_as(thread_name)
        if name not in self._totals and len(self._totals) >= _NAMES:
            name = _OTHERS
        return self._totals.setdefault(name, _Spent())

    def _largest(self) -> list[ThreadCpu]:
        ordered = sorted(self._totals.items(), key=lambda each: each[1].cpu, reverse=True)
        return [
            {
                "name": name,
                "cpu_seconds_total": total.cpu,
                "runqueue_seconds_total": total.runqueue,
            }
            for name, total in ordered[:_TOLD]
        ]


def _told_as(thread_name: str) -> str:
    for begin, together in _TOGETHER.items():
        if thread_name.startswith(begin):
            return together
    return _NUMBER.sub("#", thread_name)


def _spent(folder: Path) -> tuple[float, float]:
    """Seconds with a CPU and in line for one; none once the thread has ended."""
    try:
        cpu, runqueue, _ = (folder / "schedstat").read_text().split()
    except (OSError, ValueError) as failure:
        if isinstance(failure, OSError) and lacks_descriptors(failure):
            raise
        return 0.0, 0.0
    return int(cpu) / 1e9, int(runqueue) / 1e9


def _kernels_name(folder: Path) -> str:
    """Of a thread that a library has started without Python's knowledge."""
    try:
        return (folder / "comm").read_text().strip()
    except OSError:
        return _OTHERS
