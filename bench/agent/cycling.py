"""Whether the agent's own memory stays as it is, however long it runs."""

from __future__ import annotations

from collections.abc import Iterator

from rows import Bar, Row
from running import running

# The allocator's arenas come and go by less than this.
_FLAT_KIB = 256


def cycling(cycles: int) -> Iterator[Row]:
    """A tenth of the cycles warms up; what grows after that is growth."""
    with running(["cycle.py", str(cycles // 10), str(cycles)]) as program:
        warm, after = program.line()["uss"], program.line()["uss"]
    yield Row(
        f"memory: growth over {cycles} sample cycles",
        "KiB",
        [(after - warm) / 1024],
        Bar(at_most=_FLAT_KIB),
        f"{(after - warm) / cycles:.3f} bytes a cycle",
    )
