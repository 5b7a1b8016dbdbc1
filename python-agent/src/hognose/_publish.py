"""The Kafka sink: confluent-kafka with settings that suit a guest in another's process."""

from __future__ import annotations

import ctypes
import logging
import re
import time
from collections import Counter
from functools import partial
from typing import Any

from hognose._outbox import Record
from hognose._settings import Settings, SettingsError

logger = logging.getLogger("hognose.kafka")

# What `purge` says of the records that it drops: librdkafka's ERR__PURGE_QUEUE.
_PURGED = -152

# Properties whose values are nobody's to read: passwords, and keys that are given as text.
_SECRET = re.compile(r"password|secret|\.pem$|oauthbearer\.config")

# By topic, the major number of what is sent; a sample says it itself, in two bytes for seventeen.
_HEADERS: dict[str, list[tuple[str, str | bytes | None]]] = {
    "hognose.events": [("hognose-schema", b"1")]
}

_PROPERTIES: dict[str, str | int | bool] = {
    "enable.idempotence": True,
    "acks": "all",
    # As Java's clients do it, so that a process keeps its partition whoever writes.
    "partitioner": "murmur2_random",
    "compression.type": "lz4",
    "linger.ms": 500,
    # Few: what waits for the broker waits in the outbox, where the oldest make room for the newest.
    "queue.buffering.max.messages": 64,
    "queue.buffering.max.kbytes": 4096,
    "log.connection.close": False,
    "enable.metrics.push": False,
    # An hour without Kafka costs nothing.
    "message.timeout.ms": 3_600_000,
    "message.max.bytes": 131_072,
}


def producer_properties(settings: Settings) -> dict[str, Any]:
    """librdkafka's properties: ours, then those that the operator sets."""
    client = {"client.id": f"hognose-{settings.service}"}
    servers = {"bootstrap.servers": settings.bootstrap_servers}
    return {**_PROPERTIES, **client, **servers, **settings.kafka}


def check_kafka(settings: Settings) -> None:
    """
    Raise `SettingsError` if librdkafka refuses the properties. Connects to nobody.

    They are asked about together: `security.protocol=SASL_SSL` says nothing without a mechanism.
    """
    from confluent_kafka import KafkaException, Producer

    properties = {**_PROPERTIES, **settings.kafka}
    properties.pop("bootstrap.servers", None)
    try:
        Producer(properties, logger=_FirstOfAKind())
    except KafkaException as wrong:
        said = wrong.args[0].str()
        raise SettingsError(f"{_culprit(settings, said)}: librdkafka says: {said}") from None


def _culprit(settings: Settings, said: str) -> str:
    """The setting that librdkafka speaks of, as its operator wrote it; a secret without value."""
    named = [name for name in settings.kafka if name in said]
    if not named:
        return "HOGNOSE_KAFKA_*"
    name = max(named, key=len)
    value = "***" if _SECRET.search(name) else settings.kafka[name]
    return f"HOGNOSE_KAFKA_{name.replace('.', '_').upper()}={value}"


class Kafka:
    """
    A producer of its own.

    It is never destroyed: librdkafka knows nothing of forks, and its destructor can hang in a child
    or at the end of a process whose broker is away.
    """

    def __init__(self, settings: Settings, dropped: Counter[str]) -> None:
        from confluent_kafka import KafkaException, Producer

        self._refused = KafkaException
        self._dropped = dropped
        self.last_delivery_ms: int | None = None
        # Counted here: the producer's own length counts errors that wait to be told, too.
        self.waiting = 0
        self._first = _FirstOfAKind()
        self._producer = Producer(
            producer_properties(settings), logger=self._first, error_cb=self._on_error
        )
        ctypes.pythonapi.Py_IncRef(ctypes.py_object(self._producer))

    def send(self, record: Record) -> bool:
        try:
            self._producer.produce(
                record.topic,
                key=record.key,
                value=record.value,
                timestamp=record.timestamp_ms,
                headers=_HEADERS.get(record.topic, []),
                on_delivery=partial(self._on_delivery, time.time_ns() // 1_000_000),
            )
            self.waiting += 1
        except BufferError:
            self._producer.poll(0)
            return False
        except self._refused as refused:
            self._dropped["refused"] += 1
            self._first.warn("refused", str(refused))
        self._producer.poll(0)
        return True

    def flush(self, seconds: float) -> None:
        self._producer.flush(seconds)

    def give_up(self) -> None:
        self._producer.purge(in_flight=False, blocking=False)
        self._producer.poll(0)

    def close(self, seconds: float) -> None:
        self._producer.flush(seconds)
        self._producer.purge(blocking=False)
        self._producer.poll(0)

    def _on_delivery(self, sent_ms: int, error: Any, message: Any) -> None:
        self.waiting -= 1
        if error is None:
            # The callback waits for the next record; the record knows how long it was on its way.
            came = sent_ms + round((message.latency() or 0.0) * 1000)
            self.last_delivery_ms = max(came, self.last_delivery_ms or 0)
        elif error.code() == _PURGED:
            self._dropped["outbox_full"] += 1
        else:
            self._dropped["delivery"] += 1
            self._first.warn("delivery", f"{message.topic()}: {error.str()}")

    def _on_error(self, error: Any) -> None:
        self._first.warn(error.name(), error.str())


class _FirstOfAKind:
    """librdkafka's logger: one line for the first message of a kind, and no more of that kind."""

    def __init__(self) -> None:
        self._seen: set[str] = set()

    def log(self, level: int, form: str, kind: str, *rest: object) -> None:
        """The call that confluent-kafka makes: the kind is librdkafka's facility, such as FAIL."""
        if level >= logging.WARNING:
            self.warn(kind, form % (kind, *rest))

    def warn(self, kind: str, text: str) -> None:
        if kind not in self._seen:
            self._seen.add(kind)
            logger.warning("%s (said once)", text)
