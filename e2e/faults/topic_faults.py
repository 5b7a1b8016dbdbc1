"""Topics are deleted and made again, shortened before they were read, rolled, or lie idle."""

from __future__ import annotations

import time
from contextlib import closing
from pathlib import Path

from confluent_kafka import TopicPartition
from confluent_kafka.admin import AdminClient, OffsetSpec

from faults import fleet, ledger
from faults.cluster import SIZE, Cluster
from faults.mirror import Mirror
from faults.programs import until
from faults.story import (
    AGENT_TOPICS,
    Expectation,
    Row,
    Setting,
    Story,
    finish,
    make_topics,
    telling,
)
from hognose._outbox import Record

_MANUAL = Setting(records=lambda end_ms: [])


def rolled(folder: Path) -> Row:
    """Each of three brokers is stopped and started, one by one, under load."""
    setting = Setting(seconds=60, brokers=Cluster, replication=SIZE)
    with telling(folder, setting) as story:
        assert isinstance(story.broker, Cluster)
        story.after(0.1)
        story.broker.roll()
        return finish(story, "three brokers rolled one by one", story.probe(), Expectation())


def made_anew(folder: Path) -> Row:
    """The topic of samples is deleted and made again, half way through."""
    with telling(folder, _MANUAL) as story, closing(Mirror(folder)) as mirror:
        first, second = _halves(story)
        _tell(story, first)
        mirror.copy(story.broker.address, AGENT_TOPICS)
        _forget(story, ledger.read(story.broker.address, [fleet.SAMPLES]))
        _delete(story)
        mirror.begin_again(fleet.SAMPLES)
        _start_again_if_ended(story)
        _tell(story, second, applied=None)
        return _finish(story, mirror, "topic deleted and made again")


def retained_for_too_short(folder: Path) -> Row:
    """While the streams are away, their next records go, as after a retention that is too short."""
    with telling(folder, _MANUAL) as story, closing(Mirror(folder)) as mirror:
        first, second = _halves(story)
        _tell(story, first)
        mirror.copy(story.broker.address, AGENT_TOPICS)
        story.streams.stop()
        _tell(story, second[: len(second) // 2], applied=None)
        before = ledger.read(story.broker.address, AGENT_TOPICS)
        _shorten(story)
        _forget(story, before - ledger.read(story.broker.address, AGENT_TOPICS))
        story.streams.start()
        story.streams.until_ready()
        _tell(story, second[len(second) // 2 :], applied=None)
        return _finish(story, mirror, "retention passed the offsets")


def idle(folder: Path) -> Row:
    """Nine processes on 24 partitions: most of them have nothing to read, ever."""
    with telling(folder, Setting(partitions=24)) as story:
        row = finish(story, "24 partitions, most of them idle", story.probe(), Expectation())
        used = {
            message.partition()
            for message in ledger.messages(story.broker.address, [fleet.SAMPLES])
        }
        if len(used) > 12:
            row.mistakes.append(f"{len(used)} of 24 partitions were used, expected 12 at most")
        return row


def _halves(story: Story) -> tuple[list[Record], list[Record]]:
    records = list(fleet.hour(7, story.end_ms))
    return records[: len(records) // 2], records[len(records) // 2 :]


def _tell(story: Story, records: list[Record], applied: int | None = 0) -> None:
    """All of them, to the end; with `applied`, until they are judged beside so many others."""
    for record in records:
        story.sender.tell_now(record)
    story.sender.now_ms = records[-1].timestamp_ms
    until("all told", lambda: story.sender.waiting == 0)
    if applied is not None:
        story.until_judged(len(records) + applied)


def _finish(story: Story, mirror: Mirror, name: str) -> Row:
    recovery = story.probe()
    mirror.copy(story.broker.address, AGENT_TOPICS)

    def undisturbed() -> str:
        # Alerts are told until the quiet time is over.
        mirror.copy(story.broker.address, ["hognose.alerts"])
        return mirror.address

    return finish(story, name, recovery, Expectation(), undisturbed)


def _forget(story: Story, gone: object) -> None:
    """What an operator had deleted is no loss of ours."""
    story.sender.ledger.offered -= gone  # type: ignore[operator]
    story.sender.ledger.acknowledged -= gone  # type: ignore[operator]


def _delete(story: Story) -> None:
    admin = AdminClient({"bootstrap.servers": story.broker.address})
    for deleted in admin.delete_topics([fleet.SAMPLES]).values():
        deleted.result(60)
    until(
        "the topic gone",
        lambda: fleet.SAMPLES not in admin.list_topics(timeout=10).topics,
    )
    make_topics(story.broker.address, _MANUAL)


def _start_again_if_ended(story: Story) -> None:
    """Streams whose topic is gone may end; whoever runs them starts them again."""
    ends_within = time.monotonic() + 30
    while story.streams.is_running and time.monotonic() < ends_within:
        time.sleep(0.2)
    if not story.streams.is_running:
        story.streams.start()
    story.streams.until_ready()


def _shorten(story: Story) -> None:
    """All but the last ten records of each partition of both topics are gone."""
    admin = AdminClient({"bootstrap.servers": story.broker.address})
    topics = admin.list_topics(timeout=30).topics
    places = [
        TopicPartition(topic, number)
        for topic in AGENT_TOPICS
        for number in topics[topic].partitions
    ]
    ends = admin.list_offsets({place: OffsetSpec.latest() for place in places})
    wanted = [
        TopicPartition(place.topic, place.partition, max(0, end.result(30).offset - 10))
        for place, end in ends.items()
    ]
    for gone in admin.delete_records(wanted).values():
        gone.result(30)
