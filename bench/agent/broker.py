"""The program's own broker, so that the agent publishes as it does in production."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

_JAVA = ("java", "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData",
         "-Dlogback.configurationFile=broker-logback.xml")  # fmt: skip


@contextmanager
def broker() -> Iterator[str]:
    """Its address."""
    from confluent_kafka.admin import AdminClient
    from confluent_kafka.cimpl import NewTopic

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        main = ["-cp", os.environ["HOGNOSE_JAR"], "dev.hognose.app.broker.BrokerMain", folder]
        process = subprocess.Popen(
            [*_JAVA, f"-Dhognose.log={folder}/broker.log", *main],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        with process:
            assert process.stdin is not None
            assert process.stdout is not None
            said = process.stdout.readline().split()
            if said[:1] != ["ready"]:
                raise RuntimeError(f"the broker did not start: {said}")
            admin = AdminClient({"bootstrap.servers": said[1], "log_level": 0})
            topics = [NewTopic(name, 4, 1) for name in ("hognose.samples", "hognose.events")]
            for made in admin.create_topics(topics).values():
                made.result(60)
            yield said[1]
            process.stdin.close()


def publishing_to(address: str) -> dict[str, str]:
    """The agent's settings, all others being defaults."""
    return {"HOGNOSE_SERVICE": "bench", "HOGNOSE_BOOTSTRAP_SERVERS": address}
