"""Programs that are measured from outside: their CPU and memory, by the kernel's own accounts."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

BIN = Path(sys.executable).parent
PROGRAMS = Path(__file__).parent / "programs"


class Program:
    """A process that runs; it is ended with the block that it was started in."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def line(self) -> Any:
        """The next line of its output, which is JSON."""
        assert self.process.stdout is not None
        said = self.process.stdout.readline()
        if not said:
            raise RuntimeError(f"{self.process.args!r} ended with {self.process.wait()}")
        return json.loads(said)

    def say(self, line: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def cpu(self, pid: int | None = None) -> dict[int, float]:
        """CPU seconds by thread; the main thread has the process's number."""
        tasks = Path(f"/proc/{pid or self.process.pid}/task")
        return {
            int(task.name): int((task / "schedstat").read_text().split()[0]) / 1e9
            for task in tasks.iterdir()
        }

    def uss(self) -> int:
        """Bytes that only this process has."""
        rollup = Path(f"/proc/{self.process.pid}/smaps_rollup").read_text().splitlines()
        private = (line.split() for line in rollup if line.startswith("Private_"))
        return sum(int(words[1]) for words in private) * 1024


@contextmanager
def running(
    command: Sequence[str], settings: Mapping[str, str] | None = None, quiet: bool = False
) -> Iterator[Program]:
    """A program of ours by its file's name, or a command of the environment's."""
    file = PROGRAMS / command[0]
    whole = [sys.executable, str(file)] if file.exists() else [str(BIN / command[0])]
    process = subprocess.Popen(
        [*whole, *command[1:]],
        env=environment(settings or {}),
        cwd=PROGRAMS,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL if quiet else subprocess.PIPE,
        stderr=subprocess.DEVNULL if quiet else None,
        text=True,
    )
    try:
        yield Program(process)
    finally:
        process.kill()
        process.wait()
        with process:
            """Closes the pipes."""


def environment(settings: Mapping[str, str]) -> dict[str, str]:
    """This process's without its settings of the agent, and those that are asked for."""
    plain = {key: value for key, value in os.environ.items() if not key.startswith("HOGNOSE_")}
    return {**plain, "PYTHONPATH": str(PROGRAMS), **settings}


def spent(before: Mapping[int, float], after: Mapping[int, float]) -> dict[int, float]:
    """CPU seconds by thread in between."""
    return {thread: cpu - before.get(thread, 0.0) for thread, cpu in after.items()}
