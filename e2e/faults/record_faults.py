"""Records that are no telemetry, come twice, come in another order, or from a wrong clock."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

from confluent_kafka import Message, Producer
from confluent_kafka.admin import AdminClient, ConfigResource

from faults import fleet, ledger
from faults.first_form import encode_first
from faults.ledger import Told
from faults.mirror import Mirror
from faults.programs import until
from faults.story import AGENT_TOPICS, Expectation, Row, Setting, Story, finish, telling

# Less than the grace of a bucket of ten seconds, and of three samples.
_OUT_OF_ORDER_MS = 7_000
_OFTEN_MS = 2_000
_HEADERS = [("hognose-schema", b"1")]


def poisoned(folder: Path) -> Row:
    """Noise, nothing, 10 MB, hostile values, a future schema: a dead letter each, and nothing else."""
    with telling(folder, Setting()) as story:
        _allow(story, 12 << 20)
        story.after(0.3)
        poison = _poison(story.sender.now_ms)
        for value, headers in poison:
            _send(story, fleet.SAMPLES, value, headers)
            _send(story, fleet.EVENTS, value, headers)
        recovery = story.probe()
        # Samples have tasks of their own, which the probe, an event, does not wait for.
        until("the dead letters", lambda: len(_letters(story)) >= 2 * len(poison))
        letters = _letters(story)
        if len(letters) != 2 * len(poison):
            story.notes.append(f"{len(letters)} dead letters, expected {2 * len(poison)}")
        return finish(story, f"{2 * len(poison)} poison records", recovery, Expectation())


def doubled(folder: Path) -> Row:
    """A fifth of all comes twice, beside what others of that moment say."""
    # The story tells nothing of its own: what it would begin with came once more.
    with telling(folder, Setting(records=lambda _: [])) as story:
        chance = random.Random(5)
        records = list(fleet.hour(11, story.end_ms))
        twice = chance.sample(records, len(records) // 5)
        # Of a process the order is kept: an agent does not overtake itself, its producer repeats.
        mixed = sorted([*records, *twice], key=lambda record: record.timestamp_ms)
        for record in mixed:
            story.sender.tell_now(record)
        story.sender.now_ms = story.end_ms
        until("all told", lambda: story.sender.waiting == 0)
        recovery = story.probe()
        counted = story.streams.counted("hognose_streams_records_total", 'outcome="doubled"')
        if counted != len(twice):
            story.notes.append(f"the intake counted {counted:.0f} doubles, expected {len(twice)}")
        return finish(story, f"{len(twice)} records twice", recovery, Expectation())


def reordered(folder: Path) -> Row:
    """Samples of a process overtake each other within the grace: as if all had come in order."""
    with telling(folder, Setting(records=lambda _: [])) as story, closing(Mirror(folder)) as mirror:
        chance = random.Random(5)
        records = list(fleet.hour(11, story.end_ms, minutes=10, interval_ms=_OFTEN_MS))
        mixed = sorted(
            records, key=lambda record: record.timestamp_ms + chance.randrange(_OUT_OF_ORDER_MS)
        )
        for record in mixed:
            story.sender.tell_now(record)
        story.sender.now_ms = story.end_ms
        until("all told", lambda: story.sender.waiting == 0)
        recovery = story.probe()
        overtaken = _overtaken(ledger.messages(story.broker.address, [fleet.SAMPLES]))
        if not overtaken:
            story.notes.append("no sample was overtaken by another of its process")
        mirror.copy_in_time(story.broker.address, AGENT_TOPICS)

        def undisturbed() -> str:
            mirror.copy(story.broker.address, ["hognose.alerts"])
            return mirror.address

        return finish(story, f"{overtaken} samples late", recovery, Expectation(), undisturbed)


def _overtaken(stored: Iterable[Message]) -> int:
    """How many lie behind a later one of the same process."""
    latest_ms: dict[bytes, int] = {}
    late = 0
    for message in stored:
        key, at_ms = message.key() or b"", message.timestamp()[1]
        late += at_ms < latest_ms.get(key, at_ms)
        latest_ms[key] = max(at_ms, latest_ms.get(key, at_ms))
    return late


def clock_ahead(folder: Path) -> Row:
    """A process whose clock is an hour ahead: refused by the broker, counted by the agent."""
    with telling(folder, Setting()) as story:
        story.after(0.3)
        ahead_ms = int(time.time() * 1000) + 3_600_000
        _tell_with_clock(story, ahead_ms)
        recovery = story.probe()
        return finish(story, "clock an hour ahead", recovery, Expectation(loses=True))


def clock_behind(folder: Path) -> Row:
    """A process whose clock is an hour behind is judged by its own time."""
    with telling(folder, Setting()) as story:
        story.after(0.3)
        _tell_with_clock(story, story.sender.now_ms - 3_600_000)
        return finish(story, "clock an hour behind", story.probe(), Expectation())


def _tell_with_clock(story: Story, at_ms: int) -> None:
    strange = fleet.process("strange", 1, at_ms - 60_000)
    for number in range(50):
        story.sender.tell_now(strange.sample(at_ms + number * 100, 50 << 20, 1000))
    # That it falls silent, a timer would tell much later.
    story.sender.tell_now(strange.stopped(at_ms + 5000))


def _allow(story: Story, size: int) -> None:
    admin = AdminClient({"bootstrap.servers": story.broker.address})
    resources = [
        ConfigResource(ConfigResource.Type.TOPIC, topic, {"max.message.bytes": str(size)})
        for topic in (fleet.SAMPLES, fleet.EVENTS)
    ]
    for altered in admin.alter_configs(resources).values():
        altered.result(30)


def _send(story: Story, topic: str, value: bytes, headers: list[tuple[str, bytes]]) -> None:
    """Past the agent, which would send no such thing; the ledger knows of it."""
    failures: list[str] = []
    producer = Producer({"bootstrap.servers": story.broker.address, "message.max.bytes": 16 << 20})

    def delivered(error: object, _: object) -> None:
        if error is not None:
            failures.append(str(error))

    # Whose a sample of the second form is, only the key says.
    key = fleet.process("poison", 1, story.end_ms - 1000).key
    producer.produce(
        topic,
        key=key,
        value=value,
        headers=headers,
        timestamp=story.sender.now_ms,
        on_delivery=delivered,
    )
    producer.flush(30)
    told: Told = (topic, key, value)
    story.sender.ledger.offered[told] += 1
    if failures:
        story.notes.append(f"poison was refused: {failures[0]}")
    else:
        story.sender.ledger.acknowledged[told] += 1


def _poison(at_ms: int) -> list[tuple[bytes, list[tuple[str, bytes]]]]:
    chance = random.Random(3)
    process = fleet.process("poison", 1, at_ms - 1000)
    whole = process.sample(at_ms, 1 << 20, 1).value
    values: list[bytes] = [
        # Of a form that nobody knows yet, and figures that cannot be.
        b"\x08\x03" + whole[2:],
        whole + b"\x18" + b"\xff" * 9 + b"\x01",
        b"",
        b"\x00",
        chance.randbytes(1),
        chance.randbytes(300),
        chance.randbytes(60_000),
        chance.randbytes(10 << 20),
        whole[:-1],
        whole + b"\xff",
        # A length that is larger than all memory.
        b"\x0a\xff\xff\xff\xff\x07",
        # A group that never ends, a hundred thousand deep.
        b"\x0b" * 100_000,
        *map(_hostile(at_ms), range(6)),
    ]
    return [*((value, _HEADERS) for value in values), (whole, [("hognose-schema", b"2")])]


def _hostile(at_ms: int) -> Callable[[int], bytes]:
    identity = fleet.process("poison", 1, at_ms - 1000).identity
    fine = {"process": identity, "sequence": 1, "at_ms": at_ms, "interval_ms": 1000}
    changes = [
        {"cpu_user_seconds_total": float("nan")},
        {"cpu_user_seconds_total": float("inf")},
        {"cpu_user_seconds_total": -1.0},
        {"at_ms": 2**62},
        {"process": {**identity, "service": "\x1b[2J"}},
        {"process": {**identity, "started_at_ms": 2**62}},
    ]

    def made(number: int) -> bytes:
        return encode_first({**fine, **changes[number]})

    return made


def _letters(story: Story) -> list[bytes]:
    messages = ledger.messages(story.broker.address, ["hognose.dead-letters"])
    return [message.value() or b"" for message in messages]
