"""Other agents in the same idle process, at the same interval."""

from __future__ import annotations

import contextlib
import statistics
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field

from ports import free_port
from rows import NO_BAR, Bar, Row
from running import running, spent
from sinks import datagrams, web

# Seconds between samples, exports and scrapes, of all alike.
_INTERVAL = 5
_WARM_UP = 6.0

_OURS = "hognose"

# What those that cost less leave out.
_WHY = {
    "prometheus_client": "answers when it is asked; watches no loop, keeps no connection",
    "opentelemetry": "wakes to export only; watches no loop, keeps no connection",
    "ddtrace": "wakes to send a datagram only; watches no loop, keeps no connection",
}


@dataclass(slots=True)
class _Arm:
    command: list[str]
    settings: Mapping[str, str]
    cpu: list[float] = field(default_factory=list)
    uss: list[float] = field(default_factory=list)


def peers(settings: Mapping[str, str], rounds: int, seconds: float) -> Iterator[Row]:
    """All at the same time, so that a busy machine is busy for all."""
    port = free_port()
    with web() as url, datagrams() as statsd:
        arms = {
            "nothing": _Arm(["idle.py"], {}),
            _OURS: _Arm(["idle.py", _OURS], {**settings, "HOGNOSE_INTERVAL": f"{_INTERVAL}s"}),
            "prometheus_client": _Arm(["idle.py", "prometheus_client", str(port)], {}),
            "opentelemetry": _Arm(["idle.py", "opentelemetry", url], {"INTERVAL": str(_INTERVAL)}),
            "ddtrace": _Arm(
                ["idle.py", "ddtrace"],
                {
                    "DD_RUNTIME_METRICS_INTERVAL": str(_INTERVAL),
                    "DD_DOGSTATSD_URL": f"udp://127.0.0.1:{statsd}",
                    "DD_TRACE_ENABLED": "false",
                    "DD_INSTRUMENTATION_TELEMETRY_ENABLED": "false",
                    "DD_REMOTE_CONFIGURATION_ENABLED": "false",
                },
            ),
        }
        for _ in range(rounds):
            _round(arms, port, seconds)
    yield from _rows(arms)


def _round(arms: Mapping[str, _Arm], port: int, seconds: float) -> None:
    with ExitStack() as stack:
        programs = [stack.enter_context(running(a.command, a.settings)) for a in arms.values()]
        for program in programs:
            program.line()
        time.sleep(_WARM_UP)
        before = [program.cpu() for program in programs]
        _scrape(port, seconds)
        for arm, program, then in zip(arms.values(), programs, before, strict=True):
            arm.cpu.append(100 * sum(spent(then, program.cpu()).values()) / seconds)
            arm.uss.append(program.uss() / 2**20)


def _scrape(port: int, seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with (
            contextlib.suppress(OSError),
            urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics") as page,
        ):
            page.read()
        time.sleep(_INTERVAL)


def _rows(arms: Mapping[str, _Arm]) -> Iterator[Row]:
    for unit, figure in (("% of core", "cpu"), ("MiB", "uss")):
        idle: list[float] = getattr(arms["nothing"], figure)
        added = {
            name: [a - b for a, b in zip(getattr(arm, figure), idle, strict=True)]
            for name, arm in arms.items()
            if name != "nothing"
        }
        ours = statistics.median(added[_OURS])
        for name, measured in added.items():
            if name == _OURS:
                yield Row(f"side by side, {figure}: {name}", unit, measured, NO_BAR)
                continue
            wins = ours <= statistics.median(measured)
            # The bar is ours: the other one must cost at least as much.
            yield Row(
                f"side by side, {figure}: {name}",
                unit,
                measured,
                Bar(at_least=round(ours, 3)),
                "" if wins else f"cheaper: {_WHY[name]}",
            )
