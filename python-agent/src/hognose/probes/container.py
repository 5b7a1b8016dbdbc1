"""
Limits of the container and how near they are: cgroup version 1 and 2.

Cost: about 10 µs a file, six files.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from hognose._signals import Figures

_CGROUPS = Path("/sys/fs/cgroup")
_MEMBERSHIP = Path("/proc/self/cgroup")


class Container:
    """
    The cgroup that this process is in, as it was when the agent started.

    `memory_limit` goes before what the cgroup says: for a process whose limit it does not know.
    """

    def __init__(
        self,
        memory_limit: int | None = None,
        root: Path = _CGROUPS,
        membership: Path = _MEMBERSHIP,
    ) -> None:
        self._memory_limit = memory_limit
        paths = _paths(membership)
        memory = _version_1(root, "memory", paths)
        cpu = _version_1(root, "cpu", paths)
        unified = _folder(root, paths.get("", "/"))
        self._read_memory = _memory_1(memory) if memory else _memory_2(unified, root)
        self._read_cpu = _cpu_1(cpu) if cpu else _cpu_2(unified, root)

    def read(self) -> Figures:
        """Everything that the cgroup tells; nothing where there is none."""
        figures: Figures = {**self._read_memory(), **self._read_cpu()}
        if self._memory_limit is not None:
            figures["memory_limit_bytes"] = self._memory_limit
        return figures

    def throttled_seconds(self) -> float:
        """For how long the whole container was held back since it began; 0 without a quota."""
        return self._read_cpu().get("throttled_seconds_total", 0.0)

    @property
    def has_cpu_limit(self) -> bool:
        return "cpu_limit_cores" in self._read_cpu()


_Read = Callable[[], Figures]


def _paths(membership: Path) -> dict[str, str]:
    """The process's path by controller; the unified hierarchy has the empty name."""
    paths: dict[str, str] = {}
    for line in _text(membership).splitlines():
        _, controllers, path = line.split(":", 2)
        paths.update(dict.fromkeys(controllers.split(","), path))
    return paths


def _version_1(root: Path, controller: str, paths: dict[str, str]) -> Path | None:
    """The process's folder under a version 1 controller, where that is mounted."""
    mount = root / controller
    return _folder(mount, paths[controller]) if controller in paths and mount.is_dir() else None


def _folder(mount: Path, path: str) -> Path:
    # In a container without a cgroup namespace the path is the host's, and the mount's root ours.
    inner = mount / path.lstrip("/")
    return inner if inner.is_dir() else mount


def _memory_1(folder: Path) -> _Read:
    def read() -> Figures:
        figures: Figures = {}
        limit = _number(folder / "memory.limit_in_bytes")
        usage = _number(folder / "memory.usage_in_bytes")
        kills = _table(folder / "memory.oom_control").get("oom_kill")
        if limit is not None and limit < _physical_memory():
            figures["memory_limit_bytes"] = limit
        if usage is not None:
            figures["memory_usage_bytes"] = usage
        if kills is not None:
            figures["oom_kills_total"] = kills
        return figures

    return read


def _memory_2(folder: Path, root: Path) -> _Read:
    def read() -> Figures:
        figures: Figures = {}
        # The nearest limit may be an ancestor's.
        limits = [_number(each / "memory.max") for each in _upward(folder, root)]
        known = [limit for limit in limits if limit is not None]
        usage = _number(folder / "memory.current")
        kills = _table(folder / "memory.events").get("oom_kill")
        if known:
            figures["memory_limit_bytes"] = min(known)
        if usage is not None:
            figures["memory_usage_bytes"] = usage
        if kills is not None:
            figures["oom_kills_total"] = kills
        return figures

    return read


def _cpu_1(folder: Path) -> _Read:
    def read() -> Figures:
        quota = _number(folder / "cpu.cfs_quota_us")
        period = _number(folder / "cpu.cfs_period_us")
        if quota is None or period is None or quota <= 0:
            return {}
        throttled = _table(folder / "cpu.stat").get("throttled_time", 0)
        return {"cpu_limit_cores": quota / period, "throttled_seconds_total": throttled / 1e9}

    return read


def _cpu_2(folder: Path, root: Path) -> _Read:
    def read() -> Figures:
        for each in _upward(folder, root):
            quota, _, period = _text(each / "cpu.max").strip().partition(" ")
            if quota.isdigit() and period.isdigit():
                throttled = _table(each / "cpu.stat").get("throttled_usec", 0)
                cores = int(quota) / int(period)
                return {"cpu_limit_cores": cores, "throttled_seconds_total": throttled / 1e6}
        return {}

    return read


def _upward(folder: Path, root: Path) -> list[Path]:
    """The folder and those above it, up to the root."""
    return [folder, *(each for each in folder.parents if each == root or root in each.parents)]


def _text(path: Path) -> str:
    """What the file says; nothing where it is not there or not for us."""
    try:
        return path.read_text()
    except OSError:
        return ""


def _number(path: Path) -> int | None:
    text = _text(path).strip()
    return int(text) if text.lstrip("-").isdigit() else None


def _table(path: Path) -> dict[str, int]:
    """A file of `name number` lines."""
    pairs = (line.split() for line in _text(path).splitlines())
    return {pair[0]: int(pair[1]) for pair in pairs if len(pair) == 2 and pair[1].isdigit()}


def _physical_memory() -> int:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
