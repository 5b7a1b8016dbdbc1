"""The broker, the streams and the collector as processes that can be killed, frozen and started anew."""

from __future__ import annotations

import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from ports import free_port

ROOT = Path(__file__).resolve().parents[2]
# Of one step: a machine that is busy takes longer, and that is no fault.
DEADLINE = 600.0

SMALL = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData")


class Late(Exception):
    """Something has not happened in time."""


def until(what: str, happened: Callable[[], object], within: float = DEADLINE) -> float:
    """Wait for it; answers how many seconds it took."""
    began = time.monotonic()
    while not happened():
        if time.monotonic() - began > within:
            raise Late(f"{what}: not within {within:.0f} s")
        time.sleep(0.05)
    return time.monotonic() - began


class Program:
    """A process of ours; its output goes to a log in its folder."""

    def __init__(
        self, name: str, folder: Path, command: list[str], environ: Mapping[str, str]
    ) -> None:
        self.name = name
        self._log = folder / f"{name}.log"
        self._command = command
        self._environ = {
            **{key: value for key, value in os.environ.items() if not key.startswith("HOGNOSE_")},
            **environ,
        }
        self._running: subprocess.Popen[str] | None = None

    @property
    def process(self) -> subprocess.Popen[str]:
        assert self._running is not None, f"{self.name} was never started"
        return self._running

    @property
    def said(self) -> str:
        return self._log.read_text("utf-8", "replace") if self._log.exists() else ""

    def start(self) -> None:
        with self._log.open("a") as log:
            self._running = subprocess.Popen(
                self._command,
                env=self._environ,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )

    @property
    def is_running(self) -> bool:
        return self._running is not None and self._running.poll() is None

    def kill(self) -> None:
        self._end(signal.SIGKILL)

    def stop(self) -> float:
        """As an operator does; answers how many seconds it took."""
        began = time.monotonic()
        self._end(signal.SIGTERM)
        return time.monotonic() - began

    def freeze(self) -> None:
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self.process.send_signal(signal.SIGCONT)

    def until_ended(self) -> int:
        """It ends by itself; answers its exit code."""
        until(f"the end of {self.name}", lambda: not self.is_running)
        return self.process.returncode

    def _end(self, number: signal.Signals) -> None:
        if self.is_running:
            self.process.send_signal(number)
            if number == signal.SIGKILL:
                self.process.send_signal(signal.SIGCONT)
            self.process.wait(DEADLINE)
        if self._running is not None:
            with self._running:
                """Closes the pipes."""


class Served(Program):
    """One that tells over HTTP how it is."""

    def __init__(
        self,
        name: str,
        folder: Path,
        arguments: list[str],
        environ: Mapping[str, str],
        program: Path | None = None,
        java: Sequence[str] = ("-Xmx384m", *SMALL),
    ) -> None:
        self.port = free_port()
        command = ["java", *java, "-jar", str(program or jar()), *arguments]
        super().__init__(name, folder, command, {**environ, "HOGNOSE_HTTP_PORT": str(self.port)})

    def get(self, path: str) -> str:
        """The answer; empty when there is none, or none that is well."""
        try:
            address = f"http://127.0.0.1:{self.port}{path}"
            with urllib.request.urlopen(address, timeout=5) as answer:
                return str(answer.read().decode())
        except (OSError, urllib.error.URLError):
            return ""

    def is_ready(self) -> bool:
        return bool(self.get("/readyz"))

    def until_ready(self) -> float:
        def ready() -> bool:
            if not self.is_running:
                raise Late(f"{self.name} has ended: {self.said[-2000:]}")
            return self.is_ready()

        return until(f"{self.name} ready", ready)

    def counted(self, metric: str, *labels: str) -> float:
        """The sum of its series that have all these labels."""
        lines = [line for line in self.get("/metrics").splitlines() if line.startswith(metric)]
        return sum(
            float(line.rsplit(" ", 1)[1]) for line in lines if all(each in line for each in labels)
        )


class Broker(Program):
    """The program's own broker: killed and started again it has the same address and records."""

    def __init__(
        self, folder: Path, more: Mapping[str, str], environ: Mapping[str, str] | None = None
    ) -> None:
        folder.mkdir(exist_ok=True)
        lines = "\n".join(f"{name}={value}" for name, value in more.items())
        (folder / "more.properties").write_text(lines)
        settings = [f"-Djava.io.tmpdir={folder}", f"-Dhognose.log={folder / 'broker.log'}"]
        main = ["-cp", str(jar()), "dev.hognose.app.broker.BrokerMain", str(folder)]
        quiet = "-Dlogback.configurationFile=broker-logback.xml"
        command = ["java", "-Xmx384m", *SMALL, quiet, *settings, *main]
        super().__init__("broker", folder, command, environ or {})

    def start(self) -> None:
        super().start()
        assert self.process.stdout is not None
        said = self.process.stdout.readline().split()
        if said[:1] != ["ready"]:
            raise Late(f"the broker said {said}")
        self.address = said[1]


def jar() -> Path:
    return Path(os.environ.get("HOGNOSE_JAR", ROOT / "app" / "target" / "hognose.jar"))


def tool(
    environ: Mapping[str, str], *arguments: str, within: float = DEADLINE
) -> subprocess.CompletedProcess[str]:
    """A command of the program, run to its end."""
    plain = {key: value for key, value in os.environ.items() if not key.startswith("HOGNOSE_")}
    return subprocess.run(
        ["java", *SMALL, "-jar", str(jar()), *arguments],
        env={**plain, **environ},
        capture_output=True,
        text=True,
        timeout=within,
        check=False,
    )
