"""From floors to a window: which step is taken when, and which is not."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from hognose._budget import Budget
from hognose._escalation import Escalation
from hognose._suspicion import Suspicion
from hognose.probes.allocations import Allocations
from hognose.probes.retention.types import Types

MIB = 2**20


def suspicion_after(values: list[int], blocks: int = 100_000) -> bool:
    suspicion = Suspicion()
    for value in values:
        suspicion.observe(value, blocks)
    return suspicion.growing is not None


def test_a_steady_leak_is_suspicious_after_42_samples() -> None:
    """At four samples a second and 2 MB/s that is after 11 s; by default, after seven minutes."""
    leak = [100 * MIB + sample * MIB // 2 for sample in range(42)]

    assert not suspicion_after(leak[:41])
    assert suspicion_after(leak)


def test_blocks_are_as_suspicious_as_bytes() -> None:
    """Small objects that fill the free room of the heap do not show in RSS."""
    suspicion = Suspicion()
    for sample in range(42):
        suspicion.observe(100 * MIB, 100_000 + sample * 500)

    assert suspicion.growing is not None


@pytest.mark.parametrize(
    "values",
    [
        pytest.param([100 * MIB] * 200, id="flat"),
        pytest.param([100 * MIB + n % 6 * 20 * MIB for n in range(200)], id="sawtooth"),
        pytest.param([100 * MIB + n * 1000 for n in range(200)], id="trickle below noise"),
        pytest.param([100 * MIB] * 20 + [200 * MIB] * 180, id="one step"),
        pytest.param(
            [100 * MIB + min(n, 12) * 5 * MIB for n in range(200)], id="a fill that ended"
        ),
    ],
)
def test_what_does_not_keep_growing_is_not_suspicious(values: list[int]) -> None:
    """Tracing has a price, so that growth must go on to be worth it."""
    assert not suspicion_after(values)


def test_a_slow_leak_is_seen_on_the_longer_scale() -> None:
    """Too slow for the short floors, it rises over an hour of default samples."""
    leak = [100 * MIB + sample * 10_000 for sample in range(60 * 7)]

    assert suspicion_after(leak)


class Tracer:
    """A tracemalloc that sees nothing."""

    def __init__(self) -> None:
        self.is_on = False

    def start(self, nframe: int, /) -> None:  # noqa: ARG002
        self.is_on = True

    def stop(self) -> None:
        self.is_on = False

    def is_tracing(self) -> bool:
        return self.is_on

    def get_traced_memory(self) -> tuple[int, int]:
        return 0, 0

    def get_tracemalloc_memory(self) -> int:
        return 0

    def _get_traces(self) -> list[Any]:
        return []


class Process:
    """Sampled every 10 s; its containers grow by `held` bytes an hour."""

    def __init__(self, held: float = 0.0) -> None:
        self.tracer = Tracer()
        self.scans = 0
        self.now = 0.0
        self.samples = 0
        clock = lambda: self.now  # noqa: E731
        self.escalation = Escalation(
            10.0,
            Allocations("adaptive", 1800.0, self.tracer, clock),
            Types(Budget(pause=60.0, clock=clock), is_sharing=lambda: False, objects=self._scanned),
            lambda: held,
        )

    def _scanned(self) -> list[Any]:
        self.scans += 1
        return []

    def sample(self, count: int, blocks: int = 0, malloc_used: int = 0) -> None:
        """Samples that grow by 1 MiB, so many blocks and so many bytes in use each."""
        for _ in range(count):
            self.samples += 1
            self.now += 10.0
            self.escalation.observe(
                {
                    "rss_bytes": 100 * MIB + self.samples * MIB,
                    "allocated_blocks": 100_000 + self.samples * blocks,
                    "malloc_used_bytes": 10 * MIB + self.samples * malloc_used,
                }
            )


@pytest.mark.parametrize("heap", [{"blocks": 10_000}, {"malloc_used": MIB}])
def test_types_are_asked_six_times_and_then_a_window_is_opened(heap: dict[str, int]) -> None:
    """When no container explains the growth, of Python's heap or of large buffers."""
    process = Process()

    process.sample(41, **heap)
    assert process.scans == 0
    process.sample(30, **heap)
    assert (process.scans, process.tracer.is_on) == (5, False)
    process.sample(1, **heap)
    assert (process.scans, process.tracer.is_on) == (6, True)


def test_a_container_that_explains_the_growth_leaves_nothing_to_ask_of_types() -> None:
    """The window is opened at once: the site is still an open question."""
    process = Process(held=360 * MIB * 0.2)

    process.sample(42, blocks=10_000)

    assert (process.scans, process.tracer.is_on) == (0, True)


def test_a_container_that_grows_a_little_explains_nothing() -> None:
    """It is another one."""
    process = Process(held=360 * MIB * 0.05)

    process.sample(42, blocks=10_000)

    assert (process.scans, process.tracer.is_on) == (1, False)


def test_fragmentation_is_asked_nothing() -> None:
    """Neither Python's blocks nor what is in use grow: no line of Python's allocates it."""
    process = Process()

    process.sample(200)

    assert (process.scans, process.tracer.is_on) == (0, False)


def test_what_tracing_takes_is_no_growth() -> None:
    """After a window the floors begin anew."""
    process = Process(held=360 * MIB)
    process.sample(42, blocks=10_000)
    process.sample(20, blocks=10_000)
    process.tracer.stop()

    process.sample(41, blocks=10_000)
    assert process.escalation._suspicion.growing is None
    process.sample(1, blocks=10_000)
    assert process.escalation._suspicion.growing is not None


def test_samples_without_figures_are_passed_over() -> None:
    """A probe that is off is no reason to stop."""
    Process().escalation.observe({})


def test_scans_that_are_left_out_do_not_hold_up_the_window() -> None:
    """They have been asked for often enough."""
    process = Process()
    types = Types(Budget(pause=0.0), is_sharing=lambda: False)
    process.escalation._types = types

    process.sample(73, blocks=10_000)

    assert types.skipped == Counter({"types: pause": 6})
    assert process.tracer.is_on
