"""
The oracle: what was told, what of it was acknowledged or given up, and what the topics hold.

A record's number is its process's own sequence; key and value together name it.
"""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field

from confluent_kafka import OFFSET_BEGINNING, Consumer, TopicPartition
from confluent_kafka.admin import AdminClient

Told = tuple[str, bytes, bytes]


@dataclass(slots=True)
class Ledger:
    """One side of the account: what the sending side knows."""

    offered: Counter[Told] = field(default_factory=Counter)
    acknowledged: Counter[Told] = field(default_factory=Counter)
    # What the client had taken over and gave up; the broker may have written it without its answer.
    given_up: Counter[Told] = field(default_factory=Counter)
    dropped: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Account:
    """Both sides, held against each other."""

    sent: int
    stored: int
    lost: int
    doubled: int
    dropped_counted: int
    dropped_really: int
    given_up_but_stored: int
    unknown: int

    @property
    def mistakes(self) -> list[str]:
        """What must not be, a sentence each."""
        wrong = []
        if self.lost:
            wrong.append(f"{self.lost} acknowledged records are not stored")
        if self.doubled:
            wrong.append(f"{self.doubled} records are stored twice that were sent once")
        if self.dropped_counted != self.dropped_really + self.given_up_but_stored:
            wrong.append(
                f"{self.dropped_really} records were given up, and {self.given_up_but_stored} whose"
                f" answer never came; the agent counted {self.dropped_counted}"
            )
        if self.unknown:
            wrong.append(f"{self.unknown} stored records were never sent")
        return wrong


def balance(ledger: Ledger, stored: Counter[Told]) -> Account:
    """Hold what was sent against what is stored."""
    offered = +ledger.offered
    return Account(
        sent=sum(offered.values()),
        stored=sum((stored & offered).values()),
        lost=sum((ledger.acknowledged - stored).values()),
        doubled=sum(
            max(0, count - offered[told]) for told, count in stored.items() if told in offered
        ),
        dropped_counted=sum(ledger.dropped.values()),
        dropped_really=sum((offered - stored).values()),
        given_up_but_stored=sum((ledger.given_up & stored).values()),
        unknown=sum(count for told, count in stored.items() if told not in offered),
    )


def read(address: str, topics: list[str], within: float = 60.0) -> Counter[Told]:
    """All that the topics hold now and that was committed."""
    found: Counter[Told] = Counter()
    for message in messages(address, topics, within):
        found[(message.topic(), message.key() or b"", message.value() or b"")] += 1
    return found


def messages(address: str, topics: list[str], within: float = 60.0):  # type: ignore[no-untyped-def]
    """Each record of the topics from the first to the last of this moment."""
    described = AdminClient({"bootstrap.servers": address}).list_topics(timeout=within).topics
    consumer = Consumer(
        {
            "bootstrap.servers": address,
            "group.id": "ledger",
            "enable.auto.commit": False,
            "isolation.level": "read_committed",
            "enable.partition.eof": True,
            "fetch.message.max.bytes": 16 << 20,
        }
    )
    try:
        places = [
            TopicPartition(topic, number, OFFSET_BEGINNING)
            for topic in topics
            for number in described[topic].partitions
        ]
        consumer.assign(places)
        open_ones = {(each.topic, each.partition) for each in places}
        deadline = time.monotonic() + within
        while open_ones:
            if time.monotonic() > deadline:
                raise TimeoutError(f"{sorted(open_ones)}: not read to their ends in {within} s")
            for message in consumer.consume(500, 0.5):
                if message.error() is None:
                    yield message
                else:
                    open_ones.discard((message.topic(), message.partition()))
    finally:
        consumer.close()
