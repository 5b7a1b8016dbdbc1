"""The Kafka sink against librdkafka itself: its built-in broker, and none at all."""

from __future__ import annotations

import logging
import time
from collections import Counter
from typing import Any

import pytest
from confluent_kafka import Consumer

from hognose._outbox import Outbox, Record
from hognose._publish import Kafka, check_kafka, producer_properties
from hognose._settings import Settings, SettingsError

KEY = b"shop/shop-7c9f-2x/4711/1795255200123"
NOWHERE = "127.0.0.1:1"


def settings(**kafka: str) -> Settings:
    properties = {name.replace("_", "."): value for name, value in kafka.items()}
    return Settings(service="shop", bootstrap_servers=NOWHERE, kafka=properties)


def record(number: int) -> Record:
    return Record("hognose.samples", KEY, b"sample %d" % number, 1795258800250 + number)


def test_records_arrive_whole_and_in_order() -> None:
    """Key, value, timestamp and the schema's header, through a broker."""
    dropped: Counter[str] = Counter()
    before = time.time() * 1000 - 1
    mock = settings(test_mock_num_brokers="1", queue_buffering_max_messages="100")
    sink = Kafka(mock, dropped)
    for number in range(100):
        assert sink.send(record(number))
    sink.flush(20)

    received = consume(sink, 100)

    assert sink.waiting == 0
    assert not dropped
    assert sink.last_delivery_ms is not None
    assert before <= sink.last_delivery_ms <= time.time() * 1000
    assert [message.value() for message in received] == [b"sample %d" % n for n in range(100)]
    assert {message.key() for message in received} == {KEY}
    assert received[7].timestamp()[1] == 1795258800257
    assert received[0].headers() is None
    assert len({message.partition() for message in received}) == 1


def test_what_finds_no_room_stays_in_the_outbox() -> None:
    """A full queue is no loss: the record waits where the bound is ours."""
    dropped: Counter[str] = Counter()
    sink = Kafka(settings(queue_buffering_max_messages="3"), dropped)
    outbox = Outbox(2**20, dropped, sink)
    for number in range(5):
        outbox.offer(record(number))

    assert (sink.waiting, len(outbox)) == (3, 5)
    assert not dropped


def test_errors_that_nobody_has_heard_yet_are_no_records() -> None:
    """The producer's own length counts them until it is polled."""
    sink = Kafka(settings(), Counter())
    deadline = time.monotonic() + 60
    while len(sink._producer) == 0:
        assert time.monotonic() < deadline, "librdkafka has no error of a broker that is not there"
        time.sleep(0.01)

    assert sink.waiting == 0


def test_what_librdkafka_holds_gives_way_to_what_is_newer() -> None:
    """It is counted like the outbox's own."""
    dropped: Counter[str] = Counter()
    sink = Kafka(settings(queue_buffering_max_messages="3"), dropped)
    outbox = Outbox(10 * record(0).size, dropped, sink)

    for number in range(30):
        outbox.offer(record(number))

    assert len(outbox) + dropped["outbox_full"] == 30
    assert 10 <= len(outbox) <= 13


def test_what_cannot_be_delivered_is_counted(caplog: pytest.LogCaptureFixture) -> None:
    """And logged once, whatever the number."""
    dropped: Counter[str] = Counter()
    sink = Kafka(settings(message_timeout_ms="100", linger_ms="0"), dropped)
    assert producer_properties(settings())["queue.buffering.max.messages"] >= 20
    for number in range(20):
        sink.send(record(number))

    with caplog.at_level(logging.WARNING, "hognose"):
        sink.flush(20)

    assert dropped == {"delivery": 20}
    lines = [each.getMessage() for each in caplog.records]
    assert len(lines) == len(set(lines))
    assert sum("hognose.samples" in line for line in lines) == 1


def test_a_record_that_librdkafka_refuses_is_counted() -> None:
    """It does not stay at the head of the outbox for ever."""
    dropped: Counter[str] = Counter()
    sink = Kafka(settings(message_max_bytes="1000"), dropped)

    assert sink.send(Record("hognose.events", KEY, b"x" * 2000, 1795258800250))

    assert dropped == {"refused": 1}


def test_closing_gives_up_in_time() -> None:
    """Without a broker nothing waits for longer than it was told to."""
    sink = Kafka(settings(), Counter())
    sink.send(record(1))

    sink.close(0.2)

    assert sink.waiting == 0


def test_the_properties_are_those_of_the_wire() -> None:
    """What an operator sets goes before ours."""
    properties = producer_properties(settings(linger_ms="5", security_protocol="SASL_SSL"))

    assert properties == {
        "client.id": "hognose-shop",
        "bootstrap.servers": NOWHERE,
        "enable.idempotence": True,
        "acks": "all",
        "partitioner": "murmur2_random",
        "compression.type": "lz4",
        "linger.ms": "5",
        "queue.buffering.max.messages": 64,
        "queue.buffering.max.kbytes": 4096,
        "log.connection.close": False,
        "enable.metrics.push": False,
        "message.timeout.ms": 0,
        "message.max.bytes": 131072,
        "security.protocol": "SASL_SSL",
    }


@pytest.mark.parametrize(
    ("properties", "complaint"),
    [
        ({"lingr_ms": "5"}, "HOGNOSE_KAFKA_LINGR_MS=5: librdkafka says: No such configuration"),
        ({"acks": "most"}, "HOGNOSE_KAFKA_ACKS=most: librdkafka says: Invalid value"),
    ],
)
def test_a_bad_property_is_refused_by_name(properties: dict[str, str], complaint: str) -> None:
    """Before the service starts."""
    with pytest.raises(SettingsError, match=complaint):
        check_kafka(settings(**properties))


def consume(sink: Kafka, count: int) -> list[Any]:
    """What is in the topic of the producer's own broker."""
    broker = next(iter(sink._producer.list_topics(timeout=20).brokers.values()))
    consumer = Consumer(
        {
            "bootstrap.servers": f"{broker.host}:{broker.port}",
            "group.id": "test",
            "auto.offset.reset": "earliest",
        }
    )
    consumer.subscribe(["hognose.samples"])
    try:
        messages: list[Any] = []
        while len(messages) < count:
            batch = consumer.consume(count - len(messages), timeout=20)
            assert batch, f"{len(messages)} of {count} records within 20 s"
            messages += batch
        return messages
    finally:
        consumer.close()
