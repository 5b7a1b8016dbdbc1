"""
Records that wait to be sent: bounded by bytes, the oldest dropped first, every loss counted.

Only the agent's thread touches it, so it needs no lock and none is held across a fork.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable
from time import monotonic
from typing import NamedTuple, Protocol


class Record(NamedTuple):
    """What one Kafka record carries; the timestamp is milliseconds since the epoch."""

    topic: str
    key: bytes
    value: bytes
    timestamp_ms: int

    @property
    def size(self) -> int:
        """Bytes that it occupies while it waits, Python's objects included."""
        return len(self.value) + _OVERHEAD


# A tuple of four, a bytes object, an integer and a place in the deque; topic and key are shared.
_OVERHEAD = 170


class Sink(Protocol):
    """Where records go."""

    def send(self, record: Record) -> bool:
        """Take the record over, or answer False when there is no room now. Never blocks."""

    def flush(self, seconds: float) -> None:
        """Hurry what was taken over, for at most that long."""

    def give_up(self) -> None:
        """Drop what was taken over and not yet sent, since it is older than all that waits."""

    def close(self, seconds: float) -> None:
        """The last call: what was not delivered after that long is given up."""

    @property
    def waiting(self) -> int:
        """Records taken over and not yet delivered."""

    @property
    def last_delivery_ms(self) -> int | None:
        """When a record was last known to have arrived, since the epoch; None before the first."""


class Outbox:
    """
    What waits in front of a sink; `dropped` counts by reason what was given up, here and there.

    A sink takes few records over before it delivers them, so that nearly all wait here; what it has
    is older, and goes first when there is no room.
    """

    def __init__(self, limit_bytes: int, dropped: Counter[str], sink: Sink) -> None:
        self._limit = limit_bytes
        self._dropped = dropped
        self._sink = sink
        self._records: deque[Record] = deque()
        self._bytes = 0

    @property
    def last_delivery_ms(self) -> int | None:
        """When a record was last known to have arrived, since the epoch; None before the first."""
        return self._sink.last_delivery_ms

    def __len__(self) -> int:
        """Records that were neither delivered nor dropped, here and in the sink."""
        return len(self._records) + self._sink.waiting

    @property
    def is_behind(self) -> bool:
        """Whether more waits than the sink takes at once."""
        return bool(self._records)

    def offer(self, record: Record) -> None:
        """Queue the record and hand over what the sink takes; the oldest make room for it."""
        if record.size > self._limit:
            self._dropped["too_large"] += 1
            return
        self._records.append(record)
        self._bytes += record.size
        self.drain()
        if self._bytes > self._limit and self._sink.waiting:
            self._sink.give_up()
            self.drain()
        while self._bytes > self._limit:
            self._take()
            self._dropped["outbox_full"] += 1

    def drain(self) -> None:
        """Hand over, in order, as much as the sink takes."""
        while self._records and self._sink.send(self._records[0]):
            self._take()

    def deliver(self, seconds: float, clock: Callable[[], float] = monotonic) -> None:
        """Hand over and hurry the sink until nothing waits, time is up or it delivers nothing."""
        until = clock() + seconds
        waiting = len(self) + 1
        while 0 < len(self) < waiting and clock() < until:
            waiting = len(self)
            self.drain()
            # Less than nothing would be for ever.
            self._sink.flush(max(0.0, until - clock()))
            self.drain()

    def _take(self) -> None:
        self._bytes -= self._records.popleft().size
