"""State that another version has written is refused in a sentence, and the documented reset works."""

from __future__ import annotations

import os
import subprocess
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from confluent_kafka import Producer
from confluent_kafka.admin import AdminClient

from faults import fleet, ledger
from faults.first_form import encode_first
from faults.programs import ROOT, Served, until
from faults.story import (
    APPLICATION,
    Expectation,
    Row,
    Setting,
    Skipped,
    Story,
    finish,
    streams,
    telling,
)
from hognose._outbox import Record

_SOME = 300
_BUILD_WITHIN_S = 900
_SENTENCE = "reset them as docs/operations.md says"


def of_another_version(folder: Path) -> Row:
    """One state of thousands is of another version: no alert is told from what is left."""
    with telling(folder, Setting()) as story:
        story.after(0.5)
        story.streams.stop()
        _spoil(story, f"{APPLICATION}-leak-rings-changelog")
        story.streams.start()
        code = story.streams.until_ended()
        if code != 1 or _SENTENCE not in story.streams.said:
            story.notes.append(f"the streams ended with {code} and said {story.streams.said}")
        _reset(story)
        story.streams.start()
        story.streams.until_ready()
        return finish(story, "state of another version, reset", story.probe(), Expectation())


def upgraded_and_back(folder: Path) -> Row:
    """
    A version before takes up what this one has kept, and the other way round.

    It is the one before the contract's last change, unless HOGNOSE_JAR_BEFORE names another
    program.  Agents are upgraded last: the hour is told in samples of the first form, and one
    process says its own in the second, which a version before refuses, each of them, and nothing
    else.  Both refuse the other's state and end; after a reset either judges all that the topics
    hold and it can read, and today's tells the same as if nothing had happened.
    """
    before = _program_before()
    with telling(folder, Setting(seconds=60, records=_with_a_new_agent)) as story:
        old = streams("before", folder, story.broker.address, before)
        try:
            for share, one, other in (
                (0.2, story.streams, old),
                (0.5, old, story.streams),
            ):
                story.after(share)
                _has_state(one)
                one.stop()
                _takes_over(story, other)
            recovery = story.probe()
            _check_letters(story)
            return finish(story, "version before, and back", recovery, Expectation())
        finally:
            old.kill()


def _program_before() -> Path:
    named = os.environ.get("HOGNOSE_JAR_BEFORE")
    if named is not None:
        return Path(named)
    changed = (
        _git("log", "-1", "--no-merges", "--format=%H", "--", "proto/hognose").decode().strip()
    )
    tree = ROOT / ".build" / "before" / changed
    program = tree / "app" / "target" / "hognose.jar"
    if not program.exists():
        archive = _git("archive", f"{changed}^")
        tree.mkdir(parents=True, exist_ok=True)
        subprocess.run(["tar", "x", "-C", str(tree)], input=archive, check=True)
        build = [
            "mvn",
            "-q",
            "-DskipTests",
            "-Dlint=-Xlint:none",
            "-Dspotless.check.skip",
            "package",
        ]
        subprocess.run(build, cwd=tree, check=True, timeout=_BUILD_WITHIN_S)
    return program


def _git(*arguments: str) -> bytes:
    told = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, check=False)
    if told.returncode != 0:
        raise Skipped(f"no history to build a version before from: {told.stderr.decode().strip()}")
    return told.stdout


def _with_a_new_agent(end_ms: int) -> Iterable[Record]:
    """The hour as older agents tell it, and a process of an agent that was upgraded too soon."""
    hour = list(fleet.hour(7, end_ms, encode_sample=encode_first))
    newer = fleet.process("newer", 1, hour[0].timestamp_ms - 30_000)
    told = [
        newer.sample(each.timestamp_ms, 80 << 20, 100_000) for each in hour[:: len(hour) // 250]
    ]
    return sorted([*hour, *told], key=lambda record: record.timestamp_ms)


def _check_letters(story: Story) -> None:
    """Only of the process that speaks in the second form, and some."""
    of = Counter(
        (message.key() or b"").decode().partition("/")[0]
        for message in ledger.messages(story.broker.address, ["hognose.dead-letters"])
    )
    if set(of) != {"newer"}:
        story.notes.append(f"dead letters by service: {dict(of)}, expected some of newer alone")


def _has_state(one: Served) -> None:
    def applied() -> float:
        return one.counted("hognose_streams_records_total", 'outcome="applied"')

    until(f"{one.name} has judged some hundreds", lambda: applied() > _SOME)


def _takes_over(story: Story, another: Served) -> None:
    another.start()
    until(
        f"{another.name} ready or refusing",
        lambda: not another.is_running or another.is_ready(),
    )
    if another.is_running:
        story.notes.append(f"{another.name} took the state of another version")
        return
    _reset(story)
    another.start()
    another.until_ready()


def _spoil(story: Story, changelog: str) -> None:
    """The first state of it gets the bytes that a version before would have written."""
    message = next(iter(ledger.messages(story.broker.address, [changelog])))
    producer = Producer({"bootstrap.servers": story.broker.address})
    producer.produce(
        changelog,
        partition=message.partition(),
        key=message.key(),
        value=(message.value() or b"")[1:],
    )
    producer.flush(30)


def _reset(story: Story) -> None:
    """What Kafka's own tool does: the group and the topics of its own go, all is read again."""
    admin = AdminClient({"bootstrap.servers": story.broker.address})

    def is_empty() -> bool:
        described = admin.describe_consumer_groups([APPLICATION])[APPLICATION].result(30)
        return not described.members

    until("nobody in the group", is_empty)
    for gone in admin.delete_consumer_groups([APPLICATION]).values():
        gone.result(30)
    internal = [
        name
        for name in admin.list_topics(timeout=30).topics
        if name.startswith(f"{APPLICATION}-") and name.endswith(("-changelog", "-repartition"))
    ]
    for gone in admin.delete_topics(internal).values():
        gone.result(30)
    until(
        "the topics of the streams gone",
        lambda: not set(internal) & set(admin.list_topics(timeout=30).topics),
    )
