"""
Records that wait to be sent: bounded by bytes, the oldest dropped first, every loss counted.

Only the agent's thread touches it, so it needs no lock and none is held across a fork.
"""

from __future__ import annotations

from collections import Counter, deque
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

    def close(self, seconds: float) -> None:
        """The last call: what was not delivered after that long is given up."""

    @property
    def waiting(self) -> int:
        """Records taken over and not yet delivered."""

    @property
    def last_delivery_ms(self) -> int | None:
        """When a record was last known to have arrived, since the epoch; None before the first."""


class Outbox:
    """`dropped` counts by reason what was given up, here and in the sink."""

    def __init__(self, limit_bytes: int, dropped: Counter[str]) -> None:
        self._limit = limit_bytes
        self._dropped = dropped
        self._records: deque[Record] = deque()
        self._bytes = 0

    def __len__(self) -> int:
        return len(self._records)

    def offer(self, record: Record) -> None:
        """Queue the record; the oldest make room for it."""
        if record.size > self._limit:
            self._dropped["too_large"] += 1
            return
        self._records.append(record)
        self._bytes += record.size
        while self._bytes > self._limit:
            self._bytes -= self._records.popleft().size
            self._dropped["outbox_full"] += 1

    def drain(self, sink: Sink) -> None:
        """Hand over, in order, as much as the sink takes."""
        while self._records and sink.send(self._records[0]):
            self._bytes -= self._records.popleft().size
