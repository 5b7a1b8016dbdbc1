"""Planted leaks, one for each kind of container: which are named, container and line."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from capture import records
from rows import Bar, Row
from running import PROGRAMS, environment

# The kinds in the program, each with the container that leaks.
_CONTAINERS = {
    "module global": "__main__:HISTORY",
    "object of a module": "__main__:STORE.rows",
    "class attribute": "__main__:Basket.seen",
    "default argument": "__main__:default_argument(known)",
    "closure cell": "__main__:remembering.<locals>.remember[known]",
    "cache": "__main__:cached",
}

# A hundred times as often as by default, so that minutes become seconds.
_SETTINGS = {
    "HOGNOSE_SERVICE": "bench",
    "HOGNOSE_INTERVAL": "100ms",
    "HOGNOSE_TRACING_INTERVAL": "1s",
}

_PROGRAM = PROGRAMS / "leak.py"


# By then each container has been read often enough, and a window or two have been open.
_SAMPLES = 150
_DEADLINE = 180.0


def leaking() -> Iterator[Row]:
    """All at the same time, each in a process of its own: they mostly sleep."""
    with tempfile.TemporaryDirectory() as folder:
        captures = {kind: Path(folder) / f"{kind}.capture" for kind in _CONTAINERS}
        processes = [_start(kind, capture) for kind, capture in captures.items()]
        for process in processes:
            if process.wait(_DEADLINE) != 0:
                raise RuntimeError(f"{process.args!r} ended with {process.returncode}")
        told = {kind: list(records(capture)) for kind, capture in captures.items()}
    containers = {kind: _containers(said) == {_CONTAINERS[kind]} for kind, said in told.items()}
    lines = {kind: _is_line_named(kind, said) for kind, said in told.items()}
    yield _row("container named", containers, told)
    yield _row("line named", lines, told)


def _start(kind: str, capture: Path) -> subprocess.Popen[bytes]:
    settings = {**_SETTINGS, "HOGNOSE_SINK": f"file:{capture}"}
    command = [sys.executable, str(_PROGRAM), kind, str(capture), str(_SAMPLES)]
    return subprocess.Popen(command, env=environment(settings))


def _containers(told: list[dict[str, Any]]) -> set[str]:
    """Those that grow; a cache without a limit is also told before it does."""
    named = [each["retention"] for each in told if "retention" in each]
    return {each["name"] for each in named if each.get("growth_per_hour", 0) > 0}


def _largest(told: list[dict[str, Any]]) -> list[int]:
    """The line of the largest site of every window."""
    windows = [each["allocation_growth"] for each in told if "allocation_growth" in each]
    return [window["sites"][0]["frames"][-1]["line"] for window in windows if "sites" in window]


def _is_line_named(kind: str, told: list[dict[str, Any]]) -> bool:
    """By most of the windows."""
    source = _PROGRAM.read_text("utf-8").splitlines()
    leaking = {at for at, line in enumerate(source, 1) if line.endswith(f"  # {kind}")}
    lines = _largest(told)
    return sum(line in leaking for line in lines) > len(lines) / 2


def _row(what: str, right: dict[str, bool], told: dict[str, list[dict[str, Any]]]) -> Row:
    wrong = [
        f"{kind}: {_containers(told[kind])}, lines {_largest(told[kind])}"
        for kind, fine in right.items()
        if not fine
    ]
    note = f"of {len(right)}" + (f"; not: {'; '.join(wrong)}" if wrong else "")
    share = 100 * statistics.mean(right.values())
    return Row(f"leaks: {what}", "%", [share], Bar(at_least=100), note)
