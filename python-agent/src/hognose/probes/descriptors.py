"""
Open descriptors, their limit, and what they are while there are more and more of them.

Cost: 8 µs, 260 µs at a thousand; 2 µs for each that was opened since the last reading and for 50 of
the others, 550 together at most.
"""

from __future__ import annotations

import errno
import os
import re
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

from hognose._figures import Figures
from hognose._growing import Census, Gains, folded

_DESCRIPTORS = Path("/proc/self/fd")

# Kinds are told from so many descriptors on, when so many have come on top.
_LEVEL = 64
_LEAST = 8

# Links that are read at a time.
_MOST = 500

# Folders of a path that are told.
_FOLDERS = 4

# What the C library says for a limit that there is not.
_UNLIMITED = -1

# "socket:[17]", "anon_inode:[eventpoll]", "anon_inode:inotify", "/memfd:name (deleted)"
_ANONYMOUS = re.compile(r"anon_inode:\[?([^\]]*)\]?|/?(memfd):.*|(\w+):\[\d+\]")


class Descriptors:
    """
    Reads the descriptors of this process.

    `count` tells their number where there is no such folder, if anything does.
    """

    def __init__(self, count: Callable[[], int | None], root: Path = _DESCRIPTORS) -> None:
        self._count = count
        self._root = root
        self._census = Census(self._kind, _MOST)
        self._gains = Gains(_LEAST)

    def read(self) -> Figures:
        """Their number and limit; what rises in number is told by kind."""
        figures: Figures = {}
        most = os.sysconf("SC_OPEN_MAX") if hasattr(os, "sysconf") else _UNLIMITED
        try:
            numbers = [int(name) for name in os.listdir(self._root)]
            open_fds = len(numbers) or None
        except OSError as failure:
            numbers = []
            open_fds = most if failure.errno == errno.EMFILE else self._count()
        if open_fds is not None:
            figures["open_fds"] = open_fds
        if len(numbers) >= _LEVEL:
            growing = self._gains.after(*_counted(self._census.of(numbers)))
            if growing:
                figures["growing_descriptors"] = growing
        if most != _UNLIMITED:
            figures["max_fds"] = most
        return figures

    def _kind(self, number: int) -> str:
        """A kind, or for a file `file`, a line end and the beginning of its path."""
        try:
            target = os.readlink(f"{self._root}/{number}")
        except OSError:
            return ""
        anonymous = _ANONYMOUS.fullmatch(target)
        if anonymous:
            return next(filter(None, anonymous.groups()), "anonymous")
        if target.startswith("/dev/") and not target.startswith("/dev/shm/"):  # noqa: S108
            return folded(target)
        folders = os.path.dirname(target).split("/")[: _FOLDERS + 1]
        return "file\n" + folded("/".join(folders))


def _counted(kinds: Mapping[int, str]) -> tuple[Counter[str], str]:
    """How many of each kind, and the folder of more than half of the files, if there is one."""
    named = Counter(kinds.values())
    counted: Counter[str] = Counter()
    folders: Counter[str] = Counter()
    for name, count in named.items():
        kind, _, folder = name.partition("\n")
        counted[kind] += count
        folders[folder] += count if folder else 0
    ((most, count),) = folders.most_common(1) or [("", 0)]
    return counted, most if 2 * count > counted["file"] else ""
