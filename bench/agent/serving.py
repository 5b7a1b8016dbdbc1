"""Throughput and latency of web services with the agent against without, and its CPU meanwhile."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from load import latencies, saturate
from rows import Bar, Row
from running import Program, free_port, running, spent

_SERVERS = {
    "ASGI": "uvicorn --loop uvloop --no-access-log --log-level error --port PORT shop:asgi",
    "WSGI": "gunicorn --threads 4 -w 1 --log-level error -b 127.0.0.1:PORT shop:wsgi",
}
_CONNECTIONS = 8
_RATE = 100.0


@dataclass(slots=True)
class _Arm:
    program: Program
    port: int
    requests: list[float] = field(default_factory=list)
    per_cpu: list[float] = field(default_factory=list)
    p99: list[float] = field(default_factory=list)
    took: list[float] = field(default_factory=list)
    # Of all threads but the main one, which is what serves in a process that has no others.
    beside: list[float] = field(default_factory=list)

    def worker(self) -> int:
        """The process that answers: gunicorn's only child, uvicorn itself."""
        children = Path(
            f"/proc/{self.program.process.pid}/task/{self.program.process.pid}/children"
        )
        return int((children.read_text().split() or [str(self.program.process.pid)])[0])

    def load(self, seconds: float) -> None:
        worker = self.worker()
        before, start = self.program.cpu(worker), time.perf_counter()
        answered = saturate(self.port, seconds, _CONNECTIONS)
        elapsed = time.perf_counter() - start
        cpu = spent(before, self.program.cpu(worker))
        self.requests.append(answered / elapsed)
        self.per_cpu.append(answered / sum(cpu.values()))
        self.beside.append(100 * (sum(cpu.values()) - cpu[worker]) / elapsed)

    def note(self, took: list[float]) -> None:
        """The latencies of a round."""
        self.took += took
        self.p99.append(_p99(took))


def serving(
    settings: Mapping[str, str], rounds: int, seconds: float, while_: str = ""
) -> Iterator[Row]:
    """Both arms run at the same time; the load goes from one to the other."""
    for kind, command in _SERVERS.items():
        with ExitStack() as stack:
            arms = []
            for environment in ({}, settings):
                port = free_port()
                words = command.replace("PORT", str(port)).split()
                arms.append(_Arm(stack.enter_context(running(words, environment, True)), port))
            _await_answers(arms)
            for number in range(rounds):
                # A B B A: what drifts with time hits both alike.
                for arm in arms if number % 2 == 0 else reversed(arms):
                    arm.load(seconds)
                took = latencies([arm.port for arm in arms], _RATE, 3 * seconds, _CONNECTIONS)
                for arm, of_arm in zip(arms, took, strict=True):
                    arm.note(of_arm)
            yield from _rows(kind + while_, *arms)


def _rows(kind: str, without: _Arm, with_agent: _Arm) -> Iterator[Row]:
    together = _p99(with_agent.took) / _p99(without.took)
    yield Row(
        f"{kind}: throughput with against without",
        "ratio",
        _ratios(with_agent.requests, without.requests),
        Bar(at_least=0.99),
        f"{statistics.median(without.requests):.0f} requests a second without",
    )
    yield Row(
        f"{kind}: requests per second of CPU, with against without",
        "ratio",
        _ratios(with_agent.per_cpu, without.per_cpu),
        Bar(at_least=0.99),
    )
    yield Row(
        f"{kind}: p99 at {_RATE:.0f} requests a second, with against without",
        "ratio",
        _ratios(with_agent.p99, without.p99),
        Bar(at_most=1.02),
        f"{_p99(without.took) * 1000:.2f} ms without, of all rounds together {together:.3f}",
    )
    if not any(without.beside):
        name = f"{kind}: CPU of the agent's threads in the busy process"
        yield Row(name, "% of core", with_agent.beside, Bar(at_most=1.0))
    per_request = [1 / a - 1 / b for a, b in zip(with_agent.per_cpu, without.per_cpu, strict=True)]
    busy = [
        100 * more * requests
        for more, requests in zip(per_request, with_agent.requests, strict=True)
    ]
    yield Row(
        f"{kind}: CPU that the agent adds to the busy process", "% of core", busy, Bar(at_most=1.0)
    )


def _p99(took: list[float]) -> float:
    return sorted(took)[int(len(took) * 0.99)]


def _ratios(these: list[float], those: list[float]) -> list[float]:
    return [a / b for a, b in zip(these, those, strict=True)]


def _await_answers(arms: list[_Arm]) -> None:
    """And the end of the agent's start."""
    deadline = time.monotonic() + 30
    for arm in arms:
        while not _answers(arm):
            if time.monotonic() > deadline:
                raise RuntimeError(f"{arm.program.process.args!r}: no answer within 30 s")
            time.sleep(0.1)
    time.sleep(2)


def _answers(arm: _Arm) -> bool:
    try:
        return bool(latencies([arm.port], 50, 0.2, 1)[0])
    except OSError:
        return False
