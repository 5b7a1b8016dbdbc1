"""A service as it is installed: a folder with its code, started as its users start it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
from broker import DEADLINE, Broker, Published
from contract import Contract

BIN = Path(sys.executable).parent
RUN = str(BIN / "hognose-run")

# What a program does before it goes on: it lives until a few samples have arrived.
LIVES = "import os, sys, threading, time\nfrom living import live_to_be_heard as live\n"

# A module beside each program: it lives on until its agent has said something, however long that
# takes on a busy machine, and tells a test that waits for more nothing but what happened.
LIVING = """
import time
from hognose._lifecycle import lifecycle

def count(arrived):
    agent = lifecycle._agent
    if agent is None: return 0
    return agent._sequence - (len(agent._outbox) if arrived and agent._sequence else 0)

def live(more=4, arrived=False, seconds=20):
    # So many more records; a process without an agent lives for as long as is waited for one.
    wanted, until = count(arrived) + more, time.monotonic() + seconds
    while count(arrived) < wanted and time.monotonic() < until: time.sleep(0.05)

def live_to_be_heard(more=3):
    # What is sent has arrived, too: for a process that is about to vanish.
    live(more, arrived=True)
"""


class Installation:
    """A service with a name that no other test has, and the broker that it publishes to."""

    def __init__(self, folder: Path, broker: Broker, contract: Contract) -> None:
        self.folder = folder
        self.service = f"shop-{uuid.uuid4().hex[:8]}"
        self.published = Published(broker, self.service, contract)
        self._broker = broker
        self.write(LIVING, "living.py")

    def write(self, source: str, name: str = "shop.py") -> Path:
        """Save a part of the program; answers its path."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(source), "utf-8")
        return path

    def environment(self, settings: Mapping[str, str]) -> dict[str, str]:
        """This process's, with the agent's settings: the broker, and five samples a second."""
        plain = {k: v for k, v in os.environ.items() if not k.startswith("HOGNOSE_")}
        ours = {
            "HOGNOSE_SERVICE": self.service,
            "HOGNOSE_BOOTSTRAP_SERVERS": self._broker.address,
            "HOGNOSE_INTERVAL": "200ms",
            "HOGNOSE_KAFKA_LINGER_MS": "20",
            "PYTHONPATH": str(self.folder),
            # What CPython says from 3.12 on to whoever forks beside any thread, ours or not.
            "PYTHONWARNINGS": "ignore:This process:DeprecationWarning",
            "PATH": f"{BIN}:{os.environ['PATH']}",
            "HOME": str(self.folder),
        }
        return {**plain, **ours, **settings}

    def run(
        self, command: Sequence[str], settings: Mapping[str, str]
    ) -> subprocess.CompletedProcess[str]:
        """Run something else of the service's to its end, without `hognose-run`."""
        return subprocess.run(
            command,
            cwd=self.folder,
            env=self.environment(settings),
            stdout=subprocess.PIPE,
            text=True,
            timeout=DEADLINE,
            check=True,
        )

    @contextmanager
    def running(
        self,
        command: Sequence[str],
        settings: Mapping[str, str] | None = None,
        under: Sequence[str] = (RUN,),
    ) -> Iterator[Running]:
        """Under `hognose-run`, in a session of its own of which nothing is left afterwards."""
        out, err = self.folder / "out.txt", self.folder / "err.txt"
        with out.open("wb") as stdout, err.open("wb") as stderr:
            process = subprocess.Popen(
                [*under, *command],
                cwd=self.folder,
                env=self.environment(settings or {}),
                stdin=subprocess.PIPE,
                stdout=stdout,
                stderr=stderr,
                start_new_session=True,
            )
        try:
            yield Running(process, out, err)
        finally:
            end_session(process.pid)
            process.wait(DEADLINE)
            with process:
                """Closes the pipe."""


class Running:
    """A program that runs, and what it has written so far."""

    def __init__(self, process: subprocess.Popen[bytes], out: Path, err: Path) -> None:
        self.process = process
        self._out = out
        self._err = err

    @property
    def out(self) -> str:
        return self._out.read_text("utf-8", "replace")

    @property
    def err(self) -> str:
        return self._err.read_text("utf-8", "replace")

    def say(self, line: str) -> None:
        """A line on its standard input."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{line}\n".encode())
        self.process.stdin.flush()

    def finish(self) -> None:
        """The end of its standard input."""
        assert self.process.stdin is not None
        self.process.stdin.close()

    def until(self, happened: Callable[[], object], what: str, seconds: float = DEADLINE) -> None:
        """Wait for something that it does."""
        deadline = time.monotonic() + seconds
        while not happened():
            assert self.process.poll() is None, f"{what}: it ended: {self.err}"
            assert time.monotonic() < deadline, f"{what}: not within {seconds:.0f} s: {self.err}"
            time.sleep(0.05)

    def result(self) -> int:
        """Its exit code, when it has ended by itself."""
        return self.process.wait(DEADLINE)

    def get(self, port: int, path: str = "/") -> str:
        """The answer, as soon as somebody listens."""
        self.until(lambda: _answer(port, path) is not None, "an answer")
        return _answer(port, path) or ""

    def end(self, number: int = signal.SIGTERM) -> int:
        """Its exit code after the signal; SIGINT is sent to all of its session, as terminals do."""
        if number == signal.SIGINT:
            os.killpg(self.process.pid, number)
        else:
            self.process.send_signal(number)
        return self.process.wait(DEADLINE)


def end_session(leader: int) -> None:
    """Kill whoever is left in the session."""
    for pid in psutil.pids():
        with suppress(ProcessLookupError):
            if os.getsid(pid) == leader:
                os.kill(pid, signal.SIGKILL)


def _answer(port: int, path: str) -> str | None:
    """Nothing while nobody listens."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
            return str(answer.read().decode())
    except (ConnectionError, urllib.error.URLError):
        return None
