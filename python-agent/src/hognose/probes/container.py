"""
Limits of the container and how near they are: cgroup version 1 and 2.

Cost: about 10 µs a file, and two files for each level of nesting: 0.15 ms in a usual pod.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

from hognose._figures import Figures

_CGROUPS = Path("/sys/fs/cgroup")
_MEMBERSHIP = Path("/proc/self/cgroup")


class Container:
    """
    The cgroup that this process is in, as it was when the agent started.

    Limits of the cgroups around it hold for it, too: the tightest counts, and it is read again at
    every beat, because it can be changed while the process runs. `memory_limit` goes before what
    the cgroup says: for a process whose limit it does not know. What others use of the cgroup is
    not held against it, so the cgroup's usage is not told then.
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
        unified = root / "unified" if (root / "unified").is_dir() else root
        own = _folder(unified, paths.get("", "/"))
        self._read_memory = _memory_1(*memory) if memory else _memory_2(own, unified)
        # Folder with a quota, and the one file of it that a block of an event loop is told by.
        self._quotas: Callable[[], list[tuple[float, Path]]] = (
            (lambda: _quotas_1(*cpu)) if cpu else (lambda: _quotas_2(own, unified))
        )
        self._throttled_by = [folder for _, folder in self._quotas()]
        self._pressure = own

    def read(self) -> Figures:
        """Everything that the cgroup tells; nothing where there is none."""
        figures: Figures = {**self._read_memory(), **_pressure(self._pressure)}
        quotas = self._quotas()
        self._throttled_by = [folder for _, folder in quotas]
        if quotas:
            figures["cpu_limit_cores"] = min(cores for cores, _ in quotas)
            figures["throttled_seconds_total"] = self.throttled_seconds()
        if self._memory_limit is not None:
            figures["memory_limit_bytes"] = self._memory_limit
            figures.pop("memory_usage_bytes", None)
        return figures

    def throttled_seconds(self) -> float:
        """
        For how long the whole container was held back since it began; 0 without a quota.

        Cost: one file for each level that has a quota. Each counts what its own quota did.
        """
        return sum(_throttled(folder) for folder in self._throttled_by)

    @property
    def has_cpu_limit(self) -> bool:
        return bool(self._throttled_by)


_Read = Callable[[], Figures]


def _paths(membership: Path) -> dict[str, str]:
    """The process's path by controller; the unified hierarchy has the empty name."""
    paths: dict[str, str] = {}
    for line in _text(str(membership)).splitlines():
        _, _, rest = line.partition(":")
        controllers, colon, path = rest.partition(":")
        if colon:
            paths.update(dict.fromkeys(controllers.split(","), path))
    return paths


def _version_1(root: Path, controller: str, paths: dict[str, str]) -> tuple[Path, Path] | None:
    """The process's folder under a version 1 controller, and where that is mounted."""
    if controller not in paths:
        return None
    # Controllers that are mounted together have a folder with all of their names.
    for mount in (root / controller, *sorted(root.glob(f"*{controller}*"))):
        if controller in mount.name.split(",") and mount.is_dir():
            return _folder(mount, paths[controller]), mount
    return None


def _folder(mount: Path, path: str) -> Path:
    # In a container without a cgroup namespace the path is the host's, and the mount's root ours;
    # outside of the namespace's root it begins with "/..", and cannot be read.
    inner = mount / path.lstrip("/")
    return inner if ".." not in inner.parts and inner.is_dir() else mount


def _memory_1(folder: Path, mount: Path) -> _Read:
    def read() -> Figures:
        # The kernel works out the tightest limit itself, even of folders that are not to be seen.
        limits = [_table(f"{folder}/memory.stat").get("hierarchical_memory_limit")]
        limits += [_number(f"{each}/memory.limit_in_bytes") for each in _upward(folder, mount)]
        # "Unlimited" is a number larger than any memory.
        most = _physical_memory()
        return _memory(
            [limit for limit in limits if limit is not None and limit < most],
            _number(f"{folder}/memory.usage_in_bytes"),
            _table(f"{folder}/memory.oom_control").get("oom_kill"),
        )

    return read


def _memory_2(folder: Path, root: Path) -> _Read:
    def read() -> Figures:
        return _memory(
            [_number(f"{each}/memory.max") for each in _upward(folder, root)],
            _number(f"{folder}/memory.current"),
            _table(f"{folder}/memory.events").get("oom_kill"),
        )

    return read


def _memory(limits: Iterable[int | None], usage: int | None, kills: int | None) -> Figures:
    """The tightest of the limits, and what else could be read."""
    figures: Figures = {}
    known = [limit for limit in limits if limit is not None]
    if known:
        figures["memory_limit_bytes"] = min(known)
    if usage is not None:
        figures["memory_usage_bytes"] = usage
    if kills is not None:
        figures["oom_kills_total"] = kills
    return figures


def _quotas_1(folder: Path, mount: Path) -> list[tuple[float, Path]]:
    """Cores, by the folder that allows no more."""
    found = []
    for each in _upward(folder, mount):
        quota = _number(f"{each}/cpu.cfs_quota_us")
        period = _number(f"{each}/cpu.cfs_period_us")
        if quota and period and quota > 0 and period > 0:
            found.append((quota / period, each))
    return found


def _quotas_2(folder: Path, root: Path) -> list[tuple[float, Path]]:
    found = []
    for each in _upward(folder, root):
        quota, _, period = _text(f"{each}/cpu.max").strip().partition(" ")
        if quota.isdigit() and period.isdigit() and int(period) > 0:
            found.append((int(quota) / int(period), each))
    return found


def _throttled(folder: Path) -> float:
    table = _table(f"{folder}/cpu.stat")
    return table.get("throttled_usec", 0) / 1e6 + table.get("throttled_time", 0) / 1e9


def _pressure(folder: Path) -> Figures:
    """Only of a cgroup: what `/proc/pressure` says is about the whole machine."""
    figures: Figures = {}
    waited = {name: _stalled(f"{folder}/{name}.pressure") for name in ("cpu", "memory", "io")}
    if waited["cpu"] is not None:
        figures["cpu_pressure_seconds_total"] = waited["cpu"]
    if waited["memory"] is not None:
        figures["memory_pressure_seconds_total"] = waited["memory"]
    if waited["io"] is not None:
        figures["io_pressure_seconds_total"] = waited["io"]
    return figures


def _stalled(path: str) -> float | None:
    """Of the line `some avg10=0.00 avg60=0.00 avg300=0.00 total=1234`, in microseconds."""
    for line in _text(path).splitlines():
        kind, _, total = line.partition(" total=") if line.startswith("some ") else ("", "", "")
        if kind and total.strip().isdigit():
            return int(total) / 1e6
    return None


def _upward(folder: Path, root: Path) -> list[Path]:
    """The folder and those above it, up to the root."""
    return [folder, *(each for each in folder.parents if each == root or root in each.parents)]


def _text(path: str) -> str:
    """
    What the file says; nothing where it is not there or not for us.

    A `Path` interns each name that is joined to it: ten a beat made CPython's table of interned
    strings grow to a megabyte.
    """
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read()
    except OSError:
        return ""


def _number(path: str) -> int | None:
    text = _text(path).strip()
    return int(text) if text.removeprefix("-").isdecimal() else None


def _table(path: str) -> dict[str, int]:
    """A file of `name number` lines."""
    pairs = (line.split() for line in _text(path).splitlines())
    return {pair[0]: int(pair[1]) for pair in pairs if len(pair) == 2 and pair[1].isdecimal()}


def _physical_memory() -> int:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
