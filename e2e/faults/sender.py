"""The agent's own outbox and Kafka client, with a ledger beside them."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Mapping
from typing import Any

from faults.ledger import Ledger
from hognose._outbox import Outbox, Record
from hognose._publish import Kafka
from hognose._settings import Settings


class _Witnessed(Kafka):
    """Notes what was acknowledged, and what was given up."""

    def __init__(self, settings: Settings, ledger: Ledger) -> None:
        super().__init__(settings, ledger.dropped)
        self._ledger = ledger

    def _on_delivery(self, number: int, sent_ms: int, error: Any, message: Any) -> None:
        super()._on_delivery(number, sent_ms, error, message)
        told = (message.topic(), message.key(), message.value())
        kept = self._ledger.given_up if error else self._ledger.acknowledged
        kept[told] += 1


class Sender:
    """A thread that tells records at a pace, as an agent does; `urgent` go in between."""

    def __init__(self, address: str, more: Mapping[str, str], outbox_bytes: int) -> None:
        kafka = {
            "linger.ms": "20",
            "queue.buffering.max.messages": "1000",
            "reconnect.backoff.max.ms": "500",
            **more,
        }
        settings = Settings(service="faults", bootstrap_servers=address, kafka=kafka)
        self.ledger = Ledger()
        self._outbox = Outbox(outbox_bytes, self.ledger.dropped, _Witnessed(settings, self.ledger))
        self._urgent: list[Record] = []
        self._lock = threading.Lock()
        self._is_ending = threading.Event()
        self._thread: threading.Thread | None = None
        self.told = 0
        # The time of the latest record: what is told now is of this time, too.
        self.now_ms = 0
        self.is_through = threading.Event()

    def tell(self, records: Iterable[Record], per_second: float) -> None:
        """Begin; returns at once."""
        self._thread = threading.Thread(target=self._run, args=(records, per_second), daemon=True)
        self._thread.start()

    def tell_now(self, record: Record) -> None:
        with self._lock:
            self._urgent.append(record)

    @property
    def waiting(self) -> int:
        with self._lock:
            return len(self._outbox) + len(self._urgent)

    def end(self) -> None:
        """When all was told: wait no longer for what cannot be delivered."""
        self._is_ending.set()
        if self._thread is not None:
            self._thread.join(30)

    def _run(self, records: Iterable[Record], per_second: float) -> None:
        began = time.monotonic()
        pending = iter(records)
        has_more = True
        while not self._is_ending.is_set():
            due = (time.monotonic() - began) * per_second
            with self._lock:
                for record in self._urgent:
                    self._offer(record)
                self._urgent.clear()
                while has_more and self.told < due:
                    record = next(pending, None)
                    if record is None:
                        has_more = False
                    else:
                        self._offer(record)
                        self.told += 1
                        self.now_ms = record.timestamp_ms
                self._outbox.drain()
                self._outbox.deliver(0.01)
            if not has_more:
                self.is_through.set()
            time.sleep(0.01)

    def _offer(self, record: Record) -> None:
        self.ledger.offered[(record.topic, record.key, record.value)] += 1
        self._outbox.offer(record)
