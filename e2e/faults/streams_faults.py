"""
The streams are killed, stopped, joined by others, and frozen past their transactions.

They keep nothing on disk: all their state is in topics.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from confluent_kafka import ConsumerGroupState
from confluent_kafka.admin import AdminClient

from faults.collector_faults import said_that_the_name_is_taken
from faults.programs import Served, until
from faults.story import APPLICATION, Expectation, Row, Setting, Story, finish, streams, telling


def killed(folder: Path) -> Row:
    """`kill -9` in mid-transaction, three times; from the last one the recovery is counted."""
    with telling(folder, Setting()) as story:
        for share in (0.2, 0.4, 0.6):
            story.after(share)
            killed_at = time.monotonic()
            story.streams.kill()
            story.streams.start()
            recovery = story.probe(killed_at)
        return finish(story, "streams killed three times", recovery, Expectation())


def stopped(folder: Path) -> Row:
    """As an operator stops them: they end by themselves; how soon is in the row's name."""
    with telling(folder, Setting()) as story:
        story.after(0.3)
        seconds = story.streams.stop()
        # What Java answers to SIGTERM when it has ended in order.
        if story.streams.process.returncode != 143:
            story.notes.append(f"the streams ended with {story.streams.process.returncode}")
        story.streams.start()
        story.streams.until_ready()
        return finish(story, f"streams stopped in {seconds:.1f} s", story.probe(), Expectation())


def rebalanced(folder: Path) -> Row:
    """A second instance comes, and the first one goes."""
    with telling(folder, Setting(seconds=25)) as story:
        second = story.another("second")
        try:
            story.after(0.2)
            second.start()
            second.until_ready()
            story.after(0.6)
            story.streams.stop()
            return finish(story, "second instance, first one gone", story.probe(), Expectation())
        finally:
            second.kill()


def folder_lost(folder: Path) -> Row:
    """Their folder is deleted under them, then full of what somebody else left: it is no state."""
    with telling(folder, Setting()) as story:
        own = story.state_folder
        story.after(0.3)
        story.notes.extend(f"{file}: the streams keep it" for file in _files(own))
        shutil.rmtree(own, ignore_errors=True)
        story.after(0.5)
        killed_at = time.monotonic()
        story.streams.kill()
        checkpoints, others = _fill(own / APPLICATION)
        story.streams.start()
        story.streams.until_ready()
        recovery = story.probe(killed_at)
        if _files(own) != others:
            story.notes.append(f"{own} holds {_files(own)}, expected {others}")
        name = f"folder deleted, {len(checkpoints)} checkpoints spoilt"
        return finish(story, name, recovery, Expectation())


@contextmanager
def _two_of_one_name(story: Story) -> Iterator[tuple[Served, Served]]:
    """In place of the story's own; the first is ready."""
    name = {"HOGNOSE_KAFKA_GROUP_INSTANCE_ID": "streams-0"}
    first = streams("first", story.folder, story.broker.address, more=name)
    second = streams("second", story.folder, story.broker.address, more=name)
    try:
        story.streams.stop()
        first.start()
        first.until_ready()
        yield first, second
    finally:
        first.kill()
        second.kill()


def of_one_name(folder: Path) -> Row:
    """Two instances have one name: the first ends and says so, the second goes on with its work."""
    with (
        telling(folder, Setting(seconds=40)) as story,
        _two_of_one_name(story) as (first, second),
    ):
        story.after(0.4)
        second.start()
        story.notes.extend(said_that_the_name_is_taken(first, "streams-0"))
        second.until_ready()
        return finish(story, "two instances of one name", story.probe(), Expectation())


def woken_without_a_name_left(folder: Path, seconds: float = 25.0) -> Row:
    """One is frozen, another has its name by then; it wakes up in a transaction, and ends."""
    with (
        telling(folder, Setting(seconds=60)) as story,
        _two_of_one_name(story) as (first, second),
    ):
        story.after(0.2)
        first.freeze()
        second.start()
        second.until_ready()
        time.sleep(seconds)
        first.thaw()
        story.notes.extend(said_that_the_name_is_taken(first, "streams-0"))
        title = f"zombie whose name another has, after {seconds:.0f} s"
        return finish(story, title, story.probe(), Expectation())


def zombie(folder: Path, seconds: float = 25.0) -> Row:
    """One is frozen until another has its work, and wakes up in the middle of a transaction."""
    with telling(folder, Setting(seconds=40)) as story:
        second = story.another("second")
        try:
            story.after(0.1)
            second.start()
            second.until_ready()
            story.after(0.3)
            story.streams.freeze()
            time.sleep(seconds)
            _until_shared(story, by=1)
            story.streams.thaw()
            _until_shared(story, by=2)
            return finish(story, f"zombie after {seconds:.0f} s", story.probe(), Expectation())
        finally:
            second.kill()


def _until_shared(story: Story, by: int) -> None:
    """Wait until the group agrees that so many instances have all of the work."""
    admin = AdminClient({"bootstrap.servers": story.broker.address})

    def agreed() -> bool:
        described = admin.describe_consumer_groups([APPLICATION])[APPLICATION].result(30)
        return described.state == ConsumerGroupState.STABLE and len(described.members) == by

    until(f"the work shared by {by}", agreed)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _fill(folder: Path) -> tuple[list[Path], list[Path]]:
    """What Kafka Streams keeps of stores on disk, each of it spoilt: checkpoints, and the others."""
    checkpoints = [folder / task / ".checkpoint" for task in ("0_0", "0_1", "1_0", "2_2")]
    others = [folder / "kafka-streams-process-metadata", folder / "0_0" / "rocksdb" / "CURRENT"]
    for file in [*checkpoints, *others]:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(bytes(range(256)))
    return checkpoints, sorted(others)
