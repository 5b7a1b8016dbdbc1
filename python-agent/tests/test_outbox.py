from __future__ import annotations

from collections import Counter

from hognose._outbox import Outbox, Record


class Shelf:
    """A sink with room for a number of records."""

    def __init__(self, room: int) -> None:
        self.room = room
        self.records: list[Record] = []

    def send(self, record: Record) -> bool:
        if len(self.records) == self.room:
            return False
        self.records.append(record)
        return True

    def flush(self, seconds: float) -> None: ...

    def close(self, seconds: float) -> None: ...

    last_delivery_ms: int | None = None

    @property
    def waiting(self) -> int:
        return 0


def record(number: int, size: int = 600) -> Record:
    return Record("hognose.samples", b"key", bytes([number % 256]) * size, number)


def test_records_leave_in_the_order_they_came() -> None:
    """What the sink does not take now stays, in order, for later."""
    outbox = Outbox(2**20, Counter())
    for number in range(5):
        outbox.offer(record(number))
    sink = Shelf(room=3)

    outbox.drain(sink)
    assert len(outbox) == 2
    sink.room = 9
    outbox.drain(sink)

    assert [each.timestamp_ms for each in sink.records] == [0, 1, 2, 3, 4]
    assert len(outbox) == 0


def test_beyond_the_bound_the_oldest_are_dropped_and_counted() -> None:
    """The bound is bytes, and each lost record is in the count."""
    dropped: Counter[str] = Counter()
    outbox = Outbox(10 * record(0).size, dropped)
    for number in range(25):
        outbox.offer(record(number))
    sink = Shelf(room=99)

    outbox.drain(sink)

    assert [each.timestamp_ms for each in sink.records] == list(range(15, 25))
    assert dropped == {"outbox_full": 15}


def test_a_record_larger_than_the_outbox_does_not_empty_it() -> None:
    """It is dropped by itself, with a reason of its own."""
    dropped: Counter[str] = Counter()
    outbox = Outbox(2 * record(0).size, dropped)
    outbox.offer(record(1))

    outbox.offer(record(2, size=9999))

    assert len(outbox) == 1
    assert dropped == {"too_large": 1}


def test_an_hour_of_default_samples_fits_by_default() -> None:
    """360 samples of the largest default size wait for a broker without a loss."""
    dropped: Counter[str] = Counter()
    outbox = Outbox(2 * 2**20, dropped)

    for number in range(360):
        outbox.offer(record(number, size=600))

    assert len(outbox) == 360
    assert not dropped
