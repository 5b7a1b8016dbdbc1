"""The shop and its traffic as processes of their own."""

import os
import select
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

START_WITHIN_SECONDS = 20.0

Process = subprocess.Popen[str]


@contextmanager
def python(*arguments: str, environment: dict[str, str] | None = None) -> Iterator[Process]:
    """An interpreter with these arguments, as if in a terminal of its own; killed at the end."""
    process = subprocess.Popen(
        [sys.executable, *arguments],
        env={**os.environ, **(environment or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


@contextmanager
def shop(*faults: str) -> Iterator[tuple[Process, str]]:
    """A shop on a free port that answers, and its URL."""
    with python("-m", "shop", "--port", "0", "--faults", ",".join(faults)) as process:
        yield process, address(process)


def address(process: Process) -> str:
    """The URL that a starting shop prints."""
    line = first_line(process, START_WITHIN_SECONDS)
    assert line.startswith("listening on http://127.0.0.1:"), line
    return line.split()[-1]


def first_line(process: Process, within_seconds: float) -> str:
    """The first line on its standard output."""
    assert process.stdout is not None
    ready, _, _ = select.select([process.stdout], [], [], within_seconds)
    assert ready, f"nothing on standard output within {within_seconds} s"
    return process.stdout.readline().strip()


def ended(process: Process, within_seconds: float) -> tuple[int, str]:
    """Its exit code and standard error, once it has ended."""
    try:
        _, errors = process.communicate(timeout=within_seconds)
    except subprocess.TimeoutExpired:
        raise AssertionError(f"still running after {within_seconds} s") from None
    return process.returncode, errors


def eventually(
    condition: Callable[[], bool], what: str, within_seconds: float = START_WITHIN_SECONDS
) -> None:
    """Wait until the condition holds."""
    deadline = time.monotonic() + within_seconds
    while not condition():
        assert time.monotonic() < deadline, f"not within {within_seconds} s: {what}"
        time.sleep(0.05)


def blocked(url: str) -> bool:
    """Whether the shop's loop answers nobody just now."""
    try:
        httpx.get(f"{url}/healthz", timeout=0.3, trust_env=False)
    except httpx.TimeoutException:
        return True
    return False


def children(pid: int) -> list[int]:
    """The processes that this one has started, whichever of its threads did."""
    threads = Path(f"/proc/{pid}/task").iterdir()
    return [int(child) for each in threads for child in (each / "children").read_text().split()]


def alive(pid: int) -> bool:
    """Whether the process runs: one that nobody has waited for yet does not."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return stat.rsplit(")", 1)[1].split()[0] != "Z"
