"""What did a blocked loop wait for? From differences of counters over the block, and the stacks."""

from __future__ import annotations

from collections import Counter

from hognose._happenings import Cause, TimeSplit
from hognose.probes.loops.look import Usage

# A cause that explains at least this share of a block is the cause.
_MOST = 0.5

# A thread whose own doing lasted this long, in seconds, is told for that: on an idle machine, too,
# a block of a second is told by itself.
_LONG = 1.0

# Below that, a thread that waited for a processor this many times as long as its own doing lasted
# is starved. It need not be as much when its own doing would have been no block.
_STARVED = 3


def judge(
    seconds: float,
    spent: Usage,
    waits: Counter[Cause],
    threshold: float,
    before: float = 0.0,
) -> Cause:
    """
    The cause of a block of that length, on a loop that is called blocked from `threshold` on.

    `waits` counts what the stacks taken during the block say about the innermost call; it decides
    only when the counters say that the thread was waiting at all. `spent` also covers that many
    seconds `before` the block, in which a busy machine may have kept the thread waiting: that is
    not held against the block.
    """
    queued = max(spent.runqueue, spent.throttled, spent.stopped)
    spent = spent.within(seconds)
    most = seconds * _MOST
    if spent.gc >= most:
        return "GC"
    waited = min(seconds, max(0.0, queued - before))
    # Neither running nor waiting for a processor or the GIL, which the watchdog would have got at
    # once from a thread that waits: the callback's own doing, where stacks say so.
    idle = max(0.0, seconds - spent.cpu - waited - spent.gil) if waits else 0.0
    own = spent.cpu + idle
    # Or nothing is left unexplained, and its own doing alone would have been no block.
    is_most = waited >= most or (bool(waits) and own < threshold and waited >= spent.gil)
    if is_most and _is_starved(waited, own, threshold):
        return "STARVED"
    is_computing = max(waited, spent.cpu) >= most
    if waits and (idle >= spent.cpu or not is_computing):
        return waits.most_common(1)[0][0]
    if is_computing:
        return "CPU"
    gil = gil_seconds(seconds, spent)
    if gil >= most:
        return "GIL"
    # Without a stack that says otherwise, what it waited for a processor may well be in the block.
    queued = min(queued, seconds)
    if spent.cpu + queued >= most:
        return "STARVED" if _is_starved(queued, spent.cpu, threshold) else "CPU"
    if seconds - spent.cpu - queued - gil >= most:
        # A call into C that gave the GIL away and used no CPU: mostly a database or network client.
        return "SYNC_IO"
    # Some of each, and none of it is most.
    parts: dict[Cause, float] = {"STARVED": queued, "GIL": gil, "CPU": spent.cpu}
    return max(parts, key=parts.__getitem__)


def _is_starved(waited: float, own: float, threshold: float) -> bool:
    """Whether the callback would have been short had it been given a processor."""
    if own >= _LONG:
        return False
    return waited >= (_STARVED * own if own >= threshold else own)


def gil_seconds(seconds: float, spent: Usage) -> float:
    """
    For how long the loop's thread can have waited for the GIL.

    At most what is left of the block, and at most what other threads had the CPU for, or what the
    watchdog itself had to wait.
    """
    others = spent.process_cpu - spent.cpu
    return max(0.0, min(seconds - spent.cpu - spent.runqueue, max(others, spent.gil)))


def split(seconds: float, spent: Usage, cause: Cause) -> TimeSplit:
    """The parts of the block, in milliseconds."""
    spent = spent.within(seconds)
    gil = gil_seconds(seconds, spent) if cause in ("GIL", "CPU", "GC") else spent.gil
    return {
        "cpu_ms": _ms(spent.cpu),
        "runqueue_ms": _ms(spent.runqueue),
        "throttled_ms": _ms(spent.throttled),
        "gc_ms": _ms(spent.gc),
        "gil_ms": _ms(gil),
    }


def _ms(seconds: float) -> int:
    return max(0, round(seconds * 1000))
