"""What topics held, kept on a broker of its own, where an undisturbed run reads it again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from confluent_kafka import TIMESTAMP_CREATE_TIME, Message, Producer

from faults import ledger
from faults.programs import Broker
from faults.story import Setting, make_topics


class Mirror:
    """A second broker with the same topics; what is deleted at the first one is not there."""

    def __init__(self, folder: Path) -> None:
        self._broker = Broker(folder / "mirror", {})
        self._broker.start()
        make_topics(self._broker.address, Setting())
        self._next: dict[tuple[str | None, int | None], int] = {}

    @property
    def address(self) -> str:
        return self._broker.address

    def copy(self, source: str, topics: list[str]) -> None:
        """What has come since the last time: same partition, same time, same bytes."""
        self._keep(self._new(source, topics))

    def copy_in_time(self, source: str, topics: list[str]) -> None:
        """The same in the order of time, whatever the order in which it came."""
        self._keep(sorted(self._new(source, topics), key=lambda message: message.timestamp()[1]))

    def _new(self, source: str, topics: list[str]) -> Iterator[Message]:
        for message in ledger.messages(source, topics):
            place = (message.topic(), message.partition())
            offset = message.offset() or 0
            if offset >= self._next.get(place, 0):
                self._next[place] = offset + 1
                yield message

    def _keep(self, messages: Iterable[Message]) -> None:
        producer = Producer({"bootstrap.servers": self.address})
        failures: list[object] = []

        def delivered(error: object, _: Message) -> None:
            if error is not None:
                failures.append(error)

        for message in messages:
            kind, at_ms = message.timestamp()
            assert kind == TIMESTAMP_CREATE_TIME
            producer.produce(
                message.topic() or "",
                partition=message.partition() or 0,
                key=message.key(),
                value=message.value(),
                headers=message.headers(),
                timestamp=at_ms,
                on_delivery=delivered,
            )
            producer.poll(0)
        producer.flush(60)
        assert not failures, f"the mirror refused {failures[0]}"

    def begin_again(self, topic: str) -> None:
        """The topic is another one now, and its offsets begin at 0."""
        self._next = {place: at for place, at in self._next.items() if place[0] != topic}

    def close(self) -> None:
        self._broker.kill()
