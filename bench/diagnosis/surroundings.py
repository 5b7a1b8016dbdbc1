"""Illnesses that come of what a service runs in: quotas of its container, clocks, limits."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_RUN = str(Path(sys.executable).parent / "hognose-run")
_PROGRAMS = Path(__file__).parent / "programs"
_CGROUPS = Path("/sys/fs/cgroup")
_PERIOD_US = 100_000


@dataclass(frozen=True, slots=True)
class Place:
    """A service, ill or its twin, its broker and the folder for its files."""

    service: str
    is_ill: bool
    brokers: str
    folder: Path

    @property
    def log(self) -> Path:
        return self.folder / f"{self.service}.log"


@dataclass(frozen=True, slots=True)
class _Side:
    """How one of the two runs, and the line that makes it begin."""

    environment: Mapping[str, str] = field(default_factory=dict)
    arguments: tuple[str, ...] = ()
    cores: float | None = None
    line: str = "now"


@dataclass(frozen=True, slots=True)
class Strain:
    """A program under `programs/` in bad surroundings, and its twin in good ones."""

    name: str
    kind: str
    program: str
    ill: _Side
    well: _Side
    is_alone: bool = False

    def start(self, stack: ExitStack, place: Place) -> subprocess.Popen[str]:
        side = self.ill if place.is_ill else self.well
        around: tuple[str, ...] = ()
        if side.cores is not None:
            around = _inside(stack.enter_context(_quota(place.service, side.cores)))
        command = [sys.executable, str(_PROGRAMS / self.program), *side.arguments]
        return under_the_agent(stack, place, command, around, side.environment)

    def begin(self, service: subprocess.Popen[str], is_ill: bool) -> None:
        assert service.stdin is not None
        service.stdin.write((self.ill if is_ill else self.well).line + "\n")
        service.stdin.flush()


def strained() -> list[Strain]:
    return [
        Strain("throttled", "cpu_throttled", "burning.py", _Side(cores=0.15), _Side(cores=2.5)),
        Strain(
            "oversubscribed",
            "oversubscription",
            "multiplying.py",
            _Side(_blas(threads=8), cores=1),
            _Side(_blas(threads=1), cores=1.5),
            is_alone=True,
        ),
        Strain(
            "records_too_large",
            "samples_dropped",
            "reporting.py",
            _Side({"HOGNOSE_KAFKA_MESSAGE_MAX_BYTES": "1500"}),
            _Side(),
        ),
        Strain(
            "clock_set_back",
            "clock_skew",
            "ticking.py",
            _Side(line="120"),
            _Side(line="0.5"),
        ),
        Strain(
            "pause_too_long",
            "tracing_budget",
            "keeping.py",
            _Side(_tracing(), ("100000",)),
            _Side(_tracing(), ("10",)),
        ),
    ]


def _blas(threads: int) -> dict[str, str]:
    """NumPy lies in a folder of its own: nothing else of the bench needs it."""
    return {"OPENBLAS_NUM_THREADS": str(threads), "PYTHONPATH": os.environ["HOGNOSE_NUMPY"]}


def _tracing() -> dict[str, str]:
    return {
        "HOGNOSE_TRACING": "continuous",
        "HOGNOSE_TRACING_INTERVAL": "10s",
        "HOGNOSE_PAUSE_BUDGET": "50ms",
    }


def under_the_agent(
    stack: ExitStack,
    place: Place,
    command: list[str],
    around: tuple[str, ...] = (),
    environment: Mapping[str, str] | None = None,
) -> subprocess.Popen[str]:
    """
    The command under `hognose-run`, started by `around`.

    It ends with the stack.
    """
    own = {name: value for name, value in os.environ.items() if not name.startswith("HOGNOSE_")}
    watched = {
        "HOGNOSE_SERVICE": place.service,
        "HOGNOSE_BOOTSTRAP_SERVERS": place.brokers,
        "HOGNOSE_INTERVAL": "1s",
    }
    log = stack.enter_context(place.log.open("w"))
    process = subprocess.Popen(
        [*around, _RUN, *command],
        env=own | watched | dict(environment or {}),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=log,
        text=True,
    )
    stack.callback(ended, process)
    return process


def ended(process: subprocess.Popen[Any]) -> None:
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextmanager
def _quota(name: str, cores: float) -> Iterator[Path]:
    """A cgroup of that name, of either version, with so much of the processor."""
    is_first = (_CGROUPS / "cpu" / "cpu.shares").exists()
    folder = (_CGROUPS / "cpu" if is_first else _CGROUPS) / f"hognose-bench-{name}"
    try:
        folder.mkdir()
        if is_first:
            (folder / "cpu.cfs_period_us").write_text(str(_PERIOD_US))
            (folder / "cpu.cfs_quota_us").write_text(str(round(cores * _PERIOD_US)))
        else:
            (folder / "cpu.max").write_text(f"{round(cores * _PERIOD_US)} {_PERIOD_US}")
    except OSError as refused:
        raise RuntimeError(
            f"{folder}: a cgroup with a quota is needed, {refused.strerror}"
        ) from refused
    try:
        yield folder
    finally:
        folder.rmdir()


def _inside(cgroup: Path) -> tuple[str, ...]:
    return "sh", "-c", f'echo $$ >{cgroup}/cgroup.procs && exec "$@"', "sh"
