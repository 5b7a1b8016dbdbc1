"""A real Kafka broker, and what a service published to it."""

from __future__ import annotations

import logging
import os
import subprocess
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import IO, Any

from confluent_kafka import Consumer, KafkaError, KafkaException, TopicPartition
from confluent_kafka.admin import AdminClient
from confluent_kafka.admin._listoffsets import OffsetSpec
from confluent_kafka.cimpl import NewTopic
from contract import Contract

# No broker and no record should take longer, whatever the machine.
DEADLINE = 60.0

TOPICS = ("hognose.samples", "hognose.events")
_PARTITIONS = 4

_JAVA = (
    "java", "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData",
    "-Dlogback.configurationFile=broker-logback.xml",
)  # fmt: skip

# What a broker says of a topic that it is still making.
_NO_LEADER = (
    KafkaError.UNKNOWN_TOPIC_OR_PART,
    KafkaError.LEADER_NOT_AVAILABLE,
    KafkaError.NOT_LEADER_FOR_PARTITION,
)

Told = dict[str, Any]

_QUIET = logging.getLogger("consumer")
_QUIET.disabled = True


def program() -> Path:
    """The built program, which has the broker in it."""
    default = Path(__file__).parents[2] / "app" / "target" / "hognose.jar"
    jar = Path(os.environ.get("HOGNOSE_JAR", default))
    if not jar.is_file():
        raise FileNotFoundError(f"{jar}: expected the built program (./hognose build makes it)")
    return jar


class Broker:
    """
    The program's own broker, in a process of its own that ends with this one, however that ends.

    It can be killed and started again: same address, same topics, same records.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._log = folder / "broker.log"
        self._process = self._launched()
        self.address = self._ready()
        self._admin = AdminClient({"bootstrap.servers": self.address}, logger=_QUIET)
        self._create_topics()

    def kill(self) -> None:
        """As a machine does that is switched off."""
        self._process.kill()
        self._ended()

    def start_again(self) -> None:
        self._process = self._launched()
        assert self._ready() == self.address

    def ends(self, places: Sequence[TopicPartition]) -> list[int]:
        """The offset of the next record of each, as soon as each has a leader."""
        deadline = time.monotonic() + DEADLINE
        while (ends := self._ends(places)) is None:
            assert time.monotonic() < deadline, "a partition without a leader"
            time.sleep(0.1)
        return ends

    def _ends(self, places: Sequence[TopicPartition]) -> list[int] | None:
        latest: Any = OffsetSpec.latest()  # type: ignore[no-untyped-call]
        wanted = dict.fromkeys(places, latest)
        answers = self._admin.list_offsets(wanted, request_timeout=DEADLINE)
        try:
            told = {
                (at.topic, at.partition): each.result(DEADLINE).offset
                for at, each in answers.items()
            }
        except KafkaException as wrong:
            if wrong.args[0].code() in _NO_LEADER:
                return None
            raise
        return [told[place.topic, place.partition] for place in places]

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._ended()

    def _ended(self) -> None:
        self._process.wait(DEADLINE)
        with self._process:
            """Closes the pipes."""

    def _launched(self) -> subprocess.Popen[str]:
        settings = [f"-Djava.io.tmpdir={self._folder}", f"-Dhognose.log={self._log}"]
        main = ["-cp", str(program()), "dev.hognose.app.broker.BrokerMain", str(self._folder)]
        with self._log.open("a") as log:
            return subprocess.Popen(
                [*_JAVA, *settings, *main],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )

    def _ready(self) -> str:
        out: IO[str] | None = self._process.stdout
        assert out is not None
        said = out.readline().split(maxsplit=1)
        assert said[:1] == ["ready"], f"the broker said {said}; see {self._log}"
        return said[1].split()[0]

    def _create_topics(self) -> None:
        wanted = [NewTopic(name, _PARTITIONS, 1) for name in TOPICS]
        for made in self._admin.create_topics(wanted, request_timeout=DEADLINE).values():
            made.result(DEADLINE)


class Published:
    """What one service has published so far, in the order of each topic's partitions."""

    def __init__(self, broker: Broker, service: str, contract: Contract) -> None:
        self.records: list[Told] = []
        self._broker = broker
        self._service = service
        self._contract = contract
        self._consumer = Consumer(
            {
                "bootstrap.servers": broker.address,
                "group.id": service,
                "enable.auto.commit": False,
                "reconnect.backoff.max.ms": 1000,
            },
            # It says a lot about a broker that is away.
            logger=_QUIET,
        )
        self._places = [
            TopicPartition(topic, number) for topic in TOPICS for number in range(_PARTITIONS)
        ]
        # What is there already is of other services.
        for place, end in zip(self._places, broker.ends(self._places), strict=True):
            place.offset = end
        self._consumer.assign(self._places)

    def close(self) -> None:
        self._consumer.close()

    def until(self, happened: Callable[[], object], what: str) -> None:
        """Read on until it has happened; fails with `what` was waited for."""
        deadline = time.monotonic() + DEADLINE
        while not happened():
            assert time.monotonic() < deadline, f"{what}: not within {DEADLINE:.0f} s; {self}"
            self._read(0.1)

    def settle(self) -> None:
        """Read all that the broker has by now."""
        begun = [place.offset for place in self._places]
        ends = self._broker.ends(self._places)
        self.until(
            lambda: all(
                place.offset >= end
                for place, start, end in zip(
                    self._consumer.position(self._places), begun, ends, strict=True
                )
                if end > start
            ),
            "the topics' ends",
        )

    def processes(self) -> dict[int, list[Told]]:
        """All that each process has said, by process number, in the order in which it was said."""
        pids: dict[int, list[Told]] = {}
        for record in self.records:
            pids.setdefault(int(record["process"]["pid"]), []).append(record)
        for told in pids.values():
            told.sort(key=lambda record: int(record["sequence"]))
        return pids

    def events(self, kind: str) -> list[Any]:
        return [record[kind] for record in self.records if kind in record]

    def samples(self) -> list[Told]:
        return [record for record in self.records if "interval_ms" in record]

    def ended(self) -> set[int]:
        """The processes that have said how they end."""
        said = self.processes().items()
        return {pid for pid, told in said if any("stopped" in record for record in told)}

    def __str__(self) -> str:
        said = {
            pid: [next(iter(record.keys() & _EVENTS), "sample") for record in told]
            for pid, told in self.processes().items()
        }
        return f"published: {said}"

    def _read(self, seconds: float) -> None:
        for message in self._consumer.consume(1000, seconds):
            error = message.error()
            if error is not None:
                # A broker that is killed on purpose is no failure of the test's.
                assert error.code() in (KafkaError._TRANSPORT, KafkaError._ALL_BROKERS_DOWN), error
                continue
            if (message.key() or b"").startswith(self._service.encode() + b"/"):
                self.records.append(self._told(message))

    def _told(self, message: Any) -> Told:
        major = [("hognose-schema", b"1")]
        assert message.headers() == (major if message.topic() == "hognose.events" else None)
        _, timestamp_ms = message.timestamp()
        return self._contract.told(message.topic(), message.key(), message.value(), timestamp_ms)


_EVENTS = {"started", "stopped", "loop_block", "allocation_growth", "retention"}


def assert_whole(told: Iterable[Told]) -> None:
    """One process's records, from the first to the last, each of them once."""
    records = list(told)
    assert len({record["process"]["started_at_ms"] for record in records}) == 1
    numbers = [int(record["sequence"]) for record in records]
    assert numbers == list(range(1, len(numbers) + 1))
    assert "started" in records[0]
    assert "stopped" in records[-1]
