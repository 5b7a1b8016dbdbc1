"""JVMs of ours as benchmarks start, watch and end them."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

JAR = Path(os.environ["HOGNOSE_JAR"]).resolve()
ARCHIVE = JAR.parent.parent.parent / ".build" / "hognose.jsa"
PATIENCE = 300
LOOK_AGAIN = 0.01
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Start:
    """Seconds until ready, and of CPU until then."""

    wall: float
    cpu: float


def java(arm: str, *arguments: str) -> list[str]:
    """A JVM's command line, with the build's archive of classes when `arm` is "archive"."""
    archive = [f"-XX:SharedArchiveFile={ARCHIVE}"] if arm == "archive" else []
    return ["java", *archive, "-XX:+UseSerialGC", "-XX:-UsePerfData", *arguments]


def without_settings() -> dict[str, str]:
    """Our environment but for HOGNOSE_*: programs of ours refuse settings that they do not know."""
    return {key: value for key, value in os.environ.items() if not key.startswith("HOGNOSE_")}


def ran(command: list[str]) -> str:
    """What a program says that ends by itself, and well."""
    said = subprocess.run(command, capture_output=True, text=True, env=without_settings())
    if said.returncode != 0:
        raise SystemExit(f"bench: {command!r} ended with {said.returncode}: {said.stderr.strip()}")
    return said.stdout


@contextmanager
def started(command: list[str], log: Path, **settings: str) -> Iterator[subprocess.Popen[str]]:
    """A process in a session of its own; all of it is ended afterwards."""
    environment = without_settings() | settings
    with log.open("a") as err:
        process = subprocess.Popen(
            command,
            # A broker ends with its standard input.
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=err,
            text=True,
            env=environment,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def cpu(pid: int) -> float:
    """CPU seconds of a process and those below it that are there or were waited for."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        # Of each thread: any of a JVM's may have started a process.
        below = [each.read_text().split() for each in Path(f"/proc/{pid}/task").glob("*/children")]
    except OSError:
        return 0
    children = sum(cpu(int(child)) for of_thread in below for child in of_thread)
    return sum(map(int, fields[11:15])) / TICKS + children


def until(process: subprocess.Popen[str], ready: Callable[[], bool]) -> Start:
    begin = time.monotonic()
    while not ready():
        if process.poll() is not None or time.monotonic() - begin > PATIENCE:
            raise SystemExit(f"bench: {process.args!r} did not become ready")
        time.sleep(LOOK_AGAIN)
    return Start(time.monotonic() - begin, cpu(process.pid))


def says(process: subprocess.Popen[str], pattern: str) -> re.Match[str]:
    assert process.stdout is not None
    for line in process.stdout:
        if found := re.search(pattern, line):
            return found
    raise SystemExit(f"bench: {process.args!r} never said {pattern}")


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=1) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


@contextmanager
def broker(arm: str, folder: Path) -> Iterator[tuple[str, Start]]:
    """A broker in a folder of its own below, where it answers, and what its start took."""
    data = Path(tempfile.mkdtemp(dir=folder))
    options = [
        "-Xmx384m",
        "-XX:TieredStopAtLevel=1",
        "-Dlogback.configurationFile=broker-logback.xml",
    ]
    line = java(
        arm,
        *options,
        f"-Dhognose.log={data / 'log'}",
        "-cp",
        str(JAR),
        "dev.hognose.app.broker.BrokerMain",
        str(data),
    )
    begin = time.monotonic()
    with started(line, folder / "err") as process:
        found = says(process, r"^ready (\S+) ")
        yield found[1], Start(time.monotonic() - begin, cpu(process.pid))
