from __future__ import annotations

import random
from collections import Counter

import pytest

from hognose._outbox import Outbox, Record


class Shelf:
    """A sink with room for a number of records; `flush` delivers some of them."""

    def __init__(self, room: int, delivers: int = 0) -> None:
        self.room = room
        self.delivers = delivers
        self.records: list[Record] = []
        self.delivered: list[Record] = []
        self.given_up: list[Record] = []
        self.asked_to_flush: list[float] = []

    def send(self, record: Record) -> bool:
        if len(self.records) >= self.room:
            return False
        self.records.append(record)
        return True

    def flush(self, seconds: float) -> None:
        self.asked_to_flush.append(seconds)
        self.delivered += self.records[: self.delivers]
        del self.records[: self.delivers]

    def give_up(self) -> None:
        self.given_up += self.records
        self.records.clear()

    def close(self, seconds: float) -> None: ...

    last_delivery_ms: int | None = None

    @property
    def waiting(self) -> int:
        return len(self.records)


def record(number: int, size: int = 600) -> Record:
    return Record("hognose.samples", b"key", bytes([number % 256]) * size, number)


def numbers(records: list[Record]) -> list[int]:
    return [each.timestamp_ms for each in records]


def test_records_leave_in_the_order_they_came() -> None:
    """What the sink does not take now stays, in order, for later."""
    sink = Shelf(room=3)
    outbox = Outbox(2**20, Counter(), sink)
    for number in range(5):
        outbox.offer(record(number))
    assert (len(outbox), outbox.is_behind) == (5, True)

    sink.room = 9
    outbox.drain()

    assert numbers(sink.records) == [0, 1, 2, 3, 4]
    assert (len(outbox), outbox.is_behind) == (5, False)


def test_beyond_the_bound_the_oldest_are_dropped_and_counted() -> None:
    """The bound is bytes, and each lost record is in the count; the sink's are the oldest."""
    dropped: Counter[str] = Counter()
    sink = Shelf(room=3)
    outbox = Outbox(10 * record(0).size, dropped, sink)
    for number in range(25):
        outbox.offer(record(number))

    kept = len(outbox)
    assert numbers(sink.given_up) == list(range(25 - kept))
    sink.room = 99
    outbox.drain()

    assert 10 <= kept <= 13
    assert numbers(sink.records) == list(range(25 - kept, 25))


def test_without_anything_in_the_sink_the_outbox_drops_its_own() -> None:
    """A sink may take nothing at all."""
    dropped: Counter[str] = Counter()
    sink = Shelf(room=0)
    outbox = Outbox(10 * record(0).size, dropped, sink)
    for number in range(25):
        outbox.offer(record(number))

    sink.room = 99
    outbox.drain()

    assert numbers(sink.records) == list(range(15, 25))
    assert dropped == {"outbox_full": 15}


def test_delivery_goes_on_while_it_gets_on() -> None:
    """However few the sink takes at once."""
    sink = Shelf(room=3, delivers=2)
    outbox = Outbox(2**20, Counter(), sink)
    for number in range(50):
        outbox.offer(record(number))

    outbox.deliver(seconds=1, clock=lambda: 0.0)

    assert numbers(sink.delivered) == list(range(50))


def test_delivery_ends_when_nothing_gets_on_or_time_is_up() -> None:
    """The rest stays. A sink is never asked for less than no time, which is for ever to Kafka's."""
    stuck, slow = Shelf(room=3), Shelf(room=3, delivers=1)
    clock = iter(range(100))
    for sink in (stuck, slow):
        outbox = Outbox(2**20, Counter(), sink)
        for number in range(50):
            outbox.offer(record(number))
        outbox.deliver(seconds=9.5, clock=lambda: float(next(clock)))
        assert len(outbox) == 50 - len(sink.delivered)
        assert min(sink.asked_to_flush) >= 0

    assert stuck.delivered == []
    assert 1 <= len(slow.delivered) <= 5


def test_a_record_larger_than_the_outbox_does_not_empty_it() -> None:
    """It is dropped by itself, with a reason of its own."""
    dropped: Counter[str] = Counter()
    outbox = Outbox(2 * record(0).size, dropped, Shelf(room=0))
    outbox.offer(record(1))

    outbox.offer(record(2, size=9999))

    assert len(outbox) == 1
    assert dropped == {"too_large": 1}


def test_an_hour_of_default_samples_fits_by_default() -> None:
    """360 samples of the largest default size wait for a broker without a loss."""
    dropped: Counter[str] = Counter()
    outbox = Outbox(2 * 2**20, dropped, Shelf(room=64))

    for number in range(360):
        outbox.offer(record(number, size=600))

    assert len(outbox) == 360
    assert not dropped


@pytest.mark.parametrize("seed", range(8))
def test_what_was_offered_was_delivered_or_dropped_or_waits(seed: int) -> None:
    """Whatever the sink takes, delivers and gives up, and whenever."""
    chance = random.Random(seed)
    dropped: Counter[str] = Counter()
    sink = Shelf(room=5, delivers=2)
    outbox = Outbox(10 * record(0).size, dropped, sink)
    for number in range(1, 400):
        outbox.offer(record(number, size=chance.choice([1, 600, 2000, 20_000])))
        if number % 20 == 0:
            sink.room, sink.delivers = chance.choice([0, 5]), chance.randrange(4)
        if chance.random() < 0.3:
            outbox.deliver(seconds=1, clock=lambda: 0.0)

        given_up = len(sink.given_up)
        arrived = len(sink.delivered)
        assert number == arrived + given_up + dropped.total() + len(outbox)
    assert {"too_large", "outbox_full"} == dropped.keys()
