"""Three brokers that are their own controllers, each a process that can be rolled."""

from __future__ import annotations

import subprocess
import uuid
from base64 import urlsafe_b64encode
from pathlib import Path

from confluent_kafka import KafkaException
from confluent_kafka.admin import AdminClient
from ports import free_ports

from faults.programs import SMALL, Program, jar, until

SIZE = 3

_SETTINGS = """\
process.roles=broker,controller
node.id={number}
controller.quorum.voters={voters}
listeners=PLAINTEXT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controller}
controller.listener.names=CONTROLLER
log.dirs={data}
auto.create.topics.enable=false
default.replication.factor=3
min.insync.replicas=2
offsets.topic.num.partitions=4
transaction.state.log.num.partitions=4
transaction.state.log.min.isr=2
share.coordinator.state.topic.num.partitions=4
group.initial.rebalance.delay.ms=0
log.cleaner.dedupe.buffer.size=2097152
"""


class Cluster:
    """Topics have a copy on each, and two must have a record before it is acknowledged."""

    def __init__(self, folder: Path) -> None:
        ports = free_ports(2 * SIZE)
        brokers, controllers = ports[:SIZE], ports[SIZE:]
        voters = ",".join(f"{n}@127.0.0.1:{port}" for n, port in enumerate(controllers, 1))
        identity = urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")
        self.address = ",".join(f"127.0.0.1:{port}" for port in brokers)
        self.members = [
            _member(folder, identity, number, {"voters": voters, "port": port, "controller": other})
            for number, (port, other) in enumerate(zip(brokers, controllers, strict=True), 1)
        ]

    @property
    def is_running(self) -> bool:
        return all(each.is_running for each in self.members)

    def start(self) -> None:
        for each in self.members:
            each.start()
        self.until_whole()

    def kill(self) -> None:
        for each in self.members:
            each.kill()

    def roll(self) -> None:
        """Stop and start one after the other, as an upgrade does."""
        for each in self.members:
            each.stop()
            each.start()
            self.until_whole()

    def until_whole(self) -> None:
        """Every broker is there, and every copy has all."""
        until("three brokers with all copies", self._is_whole)

    def _is_whole(self) -> bool:
        # A client of its own each time: an old one may still have the old picture.
        try:
            seen = AdminClient({"bootstrap.servers": self.address, "log_level": 0}).list_topics(
                timeout=5
            )
        except KafkaException:
            return False
        copies = [part for topic in seen.topics.values() for part in topic.partitions.values()]
        return len(seen.brokers) == SIZE and all(len(each.isrs) == SIZE for each in copies)


def _member(folder: Path, identity: str, number: int, more: dict[str, object]) -> Program:
    settings = folder / f"broker-{number}.properties"
    settings.write_text(_SETTINGS.format(number=number, data=folder / f"data-{number}", **more))
    subprocess.run(
        ["java", *SMALL, "-cp", str(jar()), "kafka.tools.StorageTool"]
        + ["format", "-t", identity, "-c", str(settings)],
        check=True,
        capture_output=True,
    )
    quiet = ["-Dlogback.configurationFile=broker-logback.xml"]
    log = [f"-Dhognose.log={folder / f'broker-{number}.log'}"]
    command = ["java", "-Xmx384m", *SMALL, *quiet, *log, "-cp", str(jar()), "kafka.Kafka"]
    return Program(f"broker-{number}", folder, [*command, str(settings)], {})
