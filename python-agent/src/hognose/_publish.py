"""The Kafka sink: confluent-kafka with settings that suit a guest in another's process."""

from __future__ import annotations

import ctypes
import logging
import re
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any

from hognose._outbox import Record
from hognose._settings import Settings, SettingsError

logger = logging.getLogger("hognose.kafka")

# What `purge` says of the records that it drops: librdkafka's ERR__PURGE_QUEUE.
_PURGED = -152

# What it says of a producer that it has given up: librdkafka's ERR__FATAL.
_FATAL = -150

# After how long another producer is tried then, in seconds.
_AGAIN_AFTER = 60.0

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
    # What waits is given up by the outbox alone, when it has no more room.
    "message.timeout.ms": 0,
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
    A producer of its own; another one when librdkafka has given it up.

    That happens where the broker grants no right at all when the producer asks for its id. What was
    handed over and not yet delivered is kept for the next one; the streams know by its number what
    comes twice.

    A producer that works is never destroyed: librdkafka knows nothing of forks, and its destructor
    can hang in a child or at the end of a process whose broker is away.
    """

    def __init__(self, settings: Settings, dropped: Counter[str]) -> None:
        from confluent_kafka import KafkaException

        self._settings = settings
        self._refused = KafkaException
        self._dropped = dropped
        self._again_at = 0.0
        self.last_delivery_ms: int | None = None
        # By number, in the order of their coming.
        self._handed_over: dict[int, Record] = {}
        self._next_number = 0
        self._first = _FirstOfAKind()
        self._producer = self._new_producer()

    @property
    def waiting(self) -> int:
        """Counted here: the producer's own length counts errors that wait to be told, too."""
        return len(self._handed_over)

    def send(self, record: Record) -> bool:
        if self._producer is None and not self._begin_anew():
            return False
        taken = self._hand_over(self._next_number, record)
        self._next_number += 1
        self._serve(lambda producer: producer.poll(0))
        return taken

    def flush(self, seconds: float) -> None:
        self._serve(lambda producer: producer.flush(seconds))

    def give_up(self) -> None:
        if self._producer is None:
            self._dropped["outbox_full"] += len(self._handed_over)
            self._handed_over.clear()
        self._serve(lambda producer: producer.purge(in_flight=False, blocking=False))
        self._serve(lambda producer: producer.poll(0))

    def close(self, seconds: float) -> None:
        self.flush(seconds)
        self._serve(lambda producer: producer.purge(blocking=False))
        self._serve(lambda producer: producer.poll(0))

    def _new_producer(self) -> Any:
        from confluent_kafka import Producer

        producer = Producer(
            producer_properties(self._settings), logger=self._first, error_cb=self._on_error
        )
        ctypes.pythonapi.Py_IncRef(ctypes.py_object(producer))
        return producer

    def _begin_anew(self) -> bool:
        """Whether there is another producer; what the last one had is in its hands then."""
        if time.monotonic() < self._again_at:
            return False
        self._producer = self._new_producer()
        # It has room for as many as the last one had.
        handed_over = list(self._handed_over.items())
        return all(self._hand_over(number, record) for number, record in handed_over)

    def _hand_over(self, number: int, record: Record) -> bool:
        """Whether it need not be sent again: it is with the producer, or refused for good."""
        try:
            self._producer.produce(
                record.topic,
                key=record.key,
                value=record.value,
                timestamp=record.timestamp_ms,
                headers=_HEADERS.get(record.topic, []),
                on_delivery=partial(self._on_delivery, number, time.time_ns() // 1_000_000),
            )
        except BufferError:
            return False
        except self._refused as refused:
            if refused.args[0].code() == _FATAL:
                self._end(refused)
                return False
            self._handed_over.pop(number, None)
            self._dropped["refused"] += 1
            self._first.warn("refused", str(refused))
            return True
        self._handed_over[number] = record
        return True

    def _serve(self, ask: Callable[[Any], object]) -> None:
        """Have the producer do something in which it may find out that it can do no more."""
        if self._producer is None:
            return
        try:
            ask(self._producer)
        except (self._refused, SystemError) as fatal:
            # The second is what CPython makes of the first where confluent-kafka answers as well,
            # or puts it back without its type; an agent that ended by it would be worse.
            self._end(fatal.__cause__ or fatal)

    def _end(self, fatal: BaseException) -> None:
        self._first.warn("given_up", f"{fatal}; trying again every {_AGAIN_AFTER:.0f} s")
        ended, self._producer = self._producer, None
        self._again_at = time.monotonic() + _AGAIN_AFTER
        # Its threads end with it: it waits for nothing, as it has nothing that could be sent.
        ctypes.pythonapi.Py_DecRef(ctypes.py_object(ended))

    def _on_delivery(self, number: int, sent_ms: int, error: Any, message: Any) -> None:
        if error is not None and error.code() == _FATAL:
            # Kept for the next producer.
            return
        del self._handed_over[number]
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
