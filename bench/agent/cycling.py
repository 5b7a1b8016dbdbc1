"""Whether the agent's own memory stays as it is, however long it runs."""

from __future__ import annotations

from collections.abc import Iterator

from rows import Bar, Row
from running import running

# The allocator's arenas come and go by less than this.
_FLAT_KIB = 256

# Probes that are put off for their cost come late: by then each has been read.
_WARM_UP = 5_000


def cycling(cycles: int) -> Iterator[Row]:
    """What grows after the warm-up is growth."""
    with running(["cycle.py", str(_WARM_UP), str(cycles)]) as program:
        warm, after = program.line()["uss"], program.line()["uss"]
    yield Row(
        f"memory: growth over {cycles} sample cycles",
        "KiB",
        [(after - warm) / 1024],
        Bar(at_most=_FLAT_KIB),
        f"{(after - warm) / cycles:.3f} bytes a cycle",
    )
