"""What a process takes, second by second, and what our own detector says of it."""

from __future__ import annotations

import json
import re
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from faults.programs import tool

_LOOKS_A_BUCKET = 8


@dataclass(frozen=True, slots=True)
class Look:
    """Memory that is the process's own, in bytes; of files and mapped files nothing is in it."""

    at_ms: int
    memory: int
    descriptors: int
    threads: int


@dataclass(slots=True)
class Watched:
    """One process of ours, looked at from outside."""

    name: str
    pid: int
    looks: list[Look] = field(default_factory=list)

    def look(self) -> None:
        at = Path(f"/proc/{self.pid}")
        status = (at / "status").read_text()
        self.looks.append(
            Look(
                at_ms=time.time_ns() // 1_000_000,
                memory=_figure(status, "RssAnon") * 1024,
                descriptors=len(list((at / "fd").iterdir())),
                threads=_figure(status, "Threads"),
            )
        )

    def judged(self, folder: Path) -> Judged:
        """The first third is how it warms up, and not looked at."""
        looks = self.looks[len(self.looks) // 3 :]
        return Judged(
            _growth(self.name, folder, [(look.at_ms, look.memory) for look in looks]),
            descriptors=_halves([look.descriptors for look in looks]),
            threads=_halves([look.threads for look in looks]),
        )


@dataclass(slots=True)
class Heap:
    """What lives in a JVM's heap; its process takes all of the heap from the beginning."""

    name: str
    pid: int
    looks: list[tuple[int, int]] = field(default_factory=list)

    def look(self) -> None:
        self._ask("GC.run")
        used = re.findall(r"generation +total \d+K, used (\d+)K", self._ask("GC.heap_info"))
        assert len(used) == 2, used
        self.looks.append((time.time_ns() // 1_000_000, sum(map(int, used)) * 1024))

    def judged(self, folder: Path) -> Judged:
        """As of the process itself."""
        looks = self.looks[len(self.looks) // 3 :]
        return Judged(_growth(f"{self.name}-heap", folder, looks))

    def _ask(self, what: str) -> str:
        command = ["jcmd", str(self.pid), what]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@dataclass(frozen=True, slots=True)
class Growth:
    """The floors of both halves, and what our own detector says."""

    name: str
    first_mb: float
    last_mb: float
    leaks: bool
    slope_mb_per_hour: float

    def __str__(self) -> str:
        slope = f"{self.slope_mb_per_hour:+.1f}" if self.leaks else "0"
        return (
            f"{self.name:14} floor {self.first_mb:7.1f} MB, then {self.last_mb:7.1f} MB"
            f"  leaks={'yes' if self.leaks else 'no':3} slope={slope} MB/h"
        )


def _growth(name: str, folder: Path, looks: list[tuple[int, int]]) -> Growth:
    trace = folder / f"{name}.csv"
    rows = [f"{at_ms},{memory}" for at_ms, memory in looks]
    trace.write_text("\n".join(["ts_ms,rss", *rows, ""]))
    bucket_ms = _LOOKS_A_BUCKET * (looks[-1][0] - looks[0][0]) // len(looks)
    said = tool({}, "judge", "--alone", "--bucket", f"{bucket_ms}ms", str(trace))
    if said.returncode != 0:
        raise RuntimeError(f"judge: {said.stderr}")
    verdict = json.loads(said.stdout)
    half = len(looks) // 2
    return Growth(
        name=name,
        first_mb=min(memory for _, memory in looks[:half]) / 1e6,
        last_mb=min(memory for _, memory in looks[half:]) / 1e6,
        leaks=bool(verdict["final_leak"]),
        slope_mb_per_hour=float(verdict["final_slope_bytes_per_h"]) / 1e6,
    )


@dataclass(frozen=True, slots=True)
class Judged:
    """What grows, and the most of what is counted in either half."""

    growth: Growth
    descriptors: tuple[int, int] = (0, 0)
    threads: tuple[int, int] = (0, 0)

    # A connection or a worker thread that comes and goes is no growth.
    ROOM: ClassVar[int] = 3

    @property
    def mistakes(self) -> list[str]:
        """What grows, a sentence each."""
        wrong = []
        name = self.growth.name
        if self.growth.leaks:
            wrong.append(f"{name} leaks {self.growth.slope_mb_per_hour:.1f} MB an hour")
        for what, (before, after) in (
            ("descriptors", self.descriptors),
            ("threads", self.threads),
        ):
            if after > before + self.ROOM:
                wrong.append(f"{name} had {before} {what} in one half, {after} in the next")
        return wrong

    def __str__(self) -> str:
        if not any(self.threads):
            return str(self.growth)
        return (
            f"{self.growth}  descriptors {self.descriptors[0]}, {self.descriptors[1]}"
            f"  threads {self.threads[0]}, {self.threads[1]}"
        )


def _halves(figures: list[int]) -> tuple[int, int]:
    half = len(figures) // 2
    return max(figures[:half]), max(figures[half:])


def _figure(status: str, name: str) -> int:
    found = re.search(rf"^{name}:\s+(\d+)", status, re.MULTILINE)
    assert found, name
    return int(found[1])
