"""A broker, the streams and a reader of alerts, as processes that end with this one."""

from __future__ import annotations

import json
import os
import subprocess
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ports import free_port

JAR = os.environ["HOGNOSE_JAR"]

_PATIENCE_SECONDS = 120


@dataclass(slots=True)
class Alerts:
    """What has been read of the topic of alerts, with the time at which it was read."""

    seen: list[tuple[float, dict[str, Any]]] = field(default_factory=list)

    def of(self, service: str) -> list[tuple[float, dict[str, Any]]]:
        return [(at, alert) for at, alert in list(self.seen) if alert["service"] == service]

    def read(self, lines: Iterator[str]) -> None:
        for line in lines:
            alert = json.loads(line)
            if "title" in alert:
                self.seen.append((time.time(), alert))


@contextmanager
def running(folder: Path) -> Iterator[tuple[str, Alerts]]:
    """The address of the broker, and the alerts as they come."""
    with ExitStack() as stack:
        broker = _started(
            stack,
            [
                "java",
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-cp",
                JAR,
                "dev.hognose.app.broker.BrokerMain",
                str(folder / "broker"),
            ],
            folder / "broker.log",
        )
        assert broker.stdout is not None
        said = broker.stdout.readline().split()
        if said[:1] != ["ready"]:
            raise RuntimeError(f"broker: {' '.join(said) or 'ended without a word'}")
        environment = {"HOGNOSE_BOOTSTRAP_SERVERS": said[1]}
        subprocess.run(
            _hognose("topics", "--create", "--partitions", "4", "--replication", "1"),
            env=_environment(environment),
            check=True,
            stdout=subprocess.DEVNULL,
            timeout=_PATIENCE_SECONDS,
        )
        port = free_port()
        settings = {"HOGNOSE_HTTP_PORT": str(port), "HOGNOSE_STATE_DIR": str(folder / "state")}
        _started(stack, _hognose("streams"), folder / "streams.log", environment | settings)
        _await(f"http://127.0.0.1:{port}/readyz")
        tail = _started(
            stack,
            _hognose("tail", "--topic", "alerts", "--json", "--from-beginning"),
            folder / "tail.log",
            environment,
        )
        alerts = Alerts()
        assert tail.stdout is not None
        threading.Thread(target=alerts.read, args=(tail.stdout,), daemon=True).start()
        yield said[1], alerts


def _hognose(*arguments: str) -> list[str]:
    return ["java", "-XX:+UseSerialGC", "-XX:-UsePerfData", "-Xmx384m", "-jar", JAR, *arguments]


def _environment(more: dict[str, str]) -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith("HOGNOSE_")}
    return own | more


def _started(
    stack: ExitStack, command: list[str], log: Path, environment: dict[str, str] | None = None
) -> subprocess.Popen[str]:
    errors = stack.enter_context(log.open("w"))
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=errors,
        text=True,
        env=_environment(environment or {}),
    )
    stack.callback(_end, process)
    return process


def _end(process: subprocess.Popen[str]) -> None:
    process.terminate()
    try:
        process.communicate(timeout=15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()


def _await(url: str) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            pass
        time.sleep(0.5)
    raise RuntimeError(f"{url}: not ready within {_PATIENCE_SECONDS} s")
