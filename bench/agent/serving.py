"""Throughput and latency of web services with the agent against without, and its CPU meanwhile."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from load import latencies, saturate
from ports import free_port
from rows import Bar, Row
from running import Program, running, spent

_SERVERS = {
    "ASGI": "uvicorn --loop uvloop --no-access-log --log-level error --port PORT shop:asgi",
    "WSGI": "gunicorn --threads 4 -w 1 --log-level error -b 127.0.0.1:PORT shop:wsgi",
}
_CONNECTIONS = 8
_RATE = 100.0


@dataclass(frozen=True, slots=True)
class Pace:
    """
    How often and how long each arm is loaded.

    The load of one arm in a round is in slices: what drifts is shared by those that follow each
    other. The steady rate lasts twice as long as all of them.
    """

    rounds: int
    slices: int
    slice_seconds: int = 1

    @property
    def steady_seconds(self) -> float:
        return 2.0 * self.slices * self.slice_seconds


@dataclass(slots=True)
class _Arm:
    """One way to run the service; a round is one life of its process."""

    settings: Mapping[str, str]
    requests: list[float] = field(default_factory=list)
    per_cpu: list[float] = field(default_factory=list)
    p99: list[float] = field(default_factory=list)
    took: list[float] = field(default_factory=list)
    # Of all threads but the main one, which is what serves in a process that has no others.
    beside: list[float] = field(default_factory=list)


@dataclass(slots=True)
class _Life:
    """A process of an arm, and what it did under load."""

    program: Program
    port: int
    answered: int = 0
    elapsed: float = 0.0
    cpu: float = 0.0
    beside: float = 0.0

    def worker(self) -> int:
        """The process that answers: gunicorn's only child, uvicorn itself."""
        children = Path(
            f"/proc/{self.program.process.pid}/task/{self.program.process.pid}/children"
        )
        return int((children.read_text().split() or [str(self.program.process.pid)])[0])

    def load(self, seconds: int) -> None:
        worker = self.worker()
        before, start = self.program.cpu(worker), time.perf_counter()
        self.answered += saturate(self.port, seconds, _CONNECTIONS)
        self.elapsed += time.perf_counter() - start
        cpu = spent(before, self.program.cpu(worker))
        self.cpu += sum(cpu.values())
        self.beside += sum(cpu.values()) - cpu[worker]


def serving(settings: Mapping[str, str], pace: Pace, while_: str = "") -> Iterator[Row]:
    """
    Three arms at the same time: without, with, and without again, which tells the noise.

    Their processes are new in each round, as two of the same program differ by where their memory
    lies. The load goes from one to the other, A B C C B A; the steady rate goes to all, in turns.
    """
    for kind, command in _SERVERS.items():
        arms = [_Arm({}), _Arm(settings), _Arm({})]
        for number in range(pace.rounds):
            _round(command, arms, number, pace)
        yield from _rows(kind + while_, *arms)


def _round(command: str, arms: list[_Arm], number: int, pace: Pace) -> None:
    with ExitStack() as stack:
        lives = []
        for arm in arms:
            port = free_port()
            words = command.replace("PORT", str(port)).split()
            lives.append(_Life(stack.enter_context(running(words, arm.settings, True)), port))
        _await_answers(lives)
        for slice_ in range(pace.slices):
            for life in lives if slice_ % 2 == 0 else reversed(lives):
                life.load(pace.slice_seconds)
        # Who is asked first of all is another one in each round.
        first = number % len(lives)
        order = lives[first:] + lives[:first]
        took = latencies([life.port for life in order], _RATE, pace.steady_seconds, _CONNECTIONS)
        by_port = {life.port: of_life for life, of_life in zip(order, took, strict=True)}
        for arm, life in zip(arms, lives, strict=True):
            arm.requests.append(life.answered / life.elapsed)
            arm.per_cpu.append(life.answered / life.cpu)
            arm.beside.append(100 * life.beside / life.elapsed)
            arm.took += by_port[life.port]
            arm.p99.append(_p99(by_port[life.port]))


def _rows(kind: str, without: _Arm, with_agent: _Arm, again: _Arm) -> Iterator[Row]:
    requests = _means(without.requests, again.requests)
    per_cpu = _means(without.per_cpu, again.per_cpu)
    p99 = _means(without.p99, again.p99)
    yield Row(
        f"{kind}: throughput with against without",
        "ratio",
        _ratios(with_agent.requests, requests),
        Bar(at_least=0.99),
        f"{statistics.median(without.requests):.0f} requests a second without",
    )
    yield Row(
        f"{kind}: the same without against without",
        "ratio",
        _ratios(again.requests, without.requests),
    )
    yield Row(
        f"{kind}: requests per second of CPU, with against without",
        "ratio",
        _ratios(with_agent.per_cpu, per_cpu),
        Bar(at_least=0.99),
    )
    yield Row(
        f"{kind}: the same without against without",
        "ratio",
        _ratios(again.per_cpu, without.per_cpu),
    )
    together = _p99(with_agent.took) / _p99(without.took + again.took)
    yield Row(
        f"{kind}: p99 at {_RATE:.0f} requests a second, with against without",
        "ratio",
        _ratios(with_agent.p99, p99),
        Bar(at_most=1.02),
        f"{_p99(without.took) * 1000:.2f} ms without, of all rounds together {together:.3f}",
    )
    together = _p99(again.took) / _p99(without.took)
    yield Row(
        f"{kind}: the same without against without",
        "ratio",
        _ratios(again.p99, without.p99),
        note=f"of all rounds together {together:.3f}",
    )
    if not any(without.beside):
        name = f"{kind}: CPU of the agent's threads in the busy process"
        yield Row(name, "% of core", with_agent.beside, Bar(at_most=1.0))
    per_request = [1 / a - 1 / b for a, b in zip(with_agent.per_cpu, per_cpu, strict=True)]
    busy = [100 * a * b for a, b in zip(per_request, with_agent.requests, strict=True)]
    yield Row(
        f"{kind}: CPU that the agent adds to the busy process", "% of core", busy, Bar(at_most=1.0)
    )


def _means(these: list[float], those: list[float]) -> list[float]:
    return [(a + b) / 2 for a, b in zip(these, those, strict=True)]


def _p99(took: list[float]) -> float:
    return sorted(took)[int(len(took) * 0.99)]


def _ratios(these: list[float], those: list[float]) -> list[float]:
    return [a / b for a, b in zip(these, those, strict=True)]


def _await_answers(lives: list[_Life]) -> None:
    """And the end of the agent's start."""
    deadline = time.monotonic() + 30
    for life in lives:
        while not _answers(life):
            if time.monotonic() > deadline:
                raise RuntimeError(f"{life.program.process.args!r}: no answer within 30 s")
            time.sleep(0.1)
    time.sleep(2)


def _answers(life: _Life) -> bool:
    try:
        return bool(latencies([life.port], 50, 0.2, 1)[0])
    except OSError:
        return False
