"""The longest that another thread waits for the GIL because of the agent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rows import Bar, Row
from running import running

# Objects of the program whose heap is scanned.
_HEAP = 300_000


def holding(settings: Mapping[str, str], rounds: int, seconds: float) -> Iterator[Row]:
    """Ten samples a second, so that a short run has many; then a heap that grows, until a scan."""
    often = {**settings, "HOGNOSE_INTERVAL": "100ms"}
    suspicious = {**often, "HOGNOSE_TRACING_INTERVAL": "5s"}
    yield Row(
        "GIL: longest wait, sampling", "ms", _waits(often, rounds, seconds, 0), Bar(at_most=5)
    )
    yield Row("GIL: longest wait, the same without", "ms", _waits({}, rounds, seconds, 0))
    scan = _waits(suspicious, rounds, 2 * seconds, _HEAP)
    yield Row("GIL: longest wait, with triggered scans", "ms", scan, Bar(at_most=20))
    yield Row("GIL: longest wait, the same without", "ms", _waits({}, rounds, 2 * seconds, _HEAP))


def _waits(settings: Mapping[str, str], rounds: int, seconds: float, heap: int) -> list[float]:
    arm = "with" if settings else "without"
    waits = []
    for _ in range(rounds):
        with running(["hold.py", arm, str(seconds), str(heap)], settings) as program:
            waits.append(1000 * program.line()["longest"])
    return waits
