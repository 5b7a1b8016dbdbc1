"""
The clock of the broker's machine is another one than everybody else's, and is set while it runs.

No figure of ours is told by that clock: records keep the time that their sender gave them.  What it
decides is which records are from the future, when a session or a transaction has taken too long,
and what has been kept for long enough.
"""

from __future__ import annotations

import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from pathlib import Path

from confluent_kafka import Message, Producer
from confluent_kafka.admin import AdminClient, NewTopic

from faults.programs import Broker, Served, until
from faults.story import Expectation, Row, Setting, Skipped, Story, finish, streams, telling

# Two hours: more than the hour by which Kafka lets any topic's records be ahead.
_STEP_S = 7200
_HOUR_S = 3600
_NEAR_S = 600
_CLOCK_TOPIC = "clock"
_REFUSED = 100


class _Clock:
    """What a program's machine shows, by a file that the program looks at once a second."""

    def __init__(self, folder: Path, ahead_s: int) -> None:
        libraries = sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))
        if not libraries:
            raise Skipped("no libfaketime (on Debian: apt-get install faketime)")
        self._library = libraries[0]
        self._file = folder / "clock"
        self.set(ahead_s)

    def set(self, ahead_s: int) -> None:
        """Whole or not at all: it may be read at this moment."""
        written = self._file.with_suffix(".new")
        written.write_text(f"{ahead_s:+d}\n")
        written.replace(self._file)

    @property
    def environ(self) -> dict[str, str]:
        return {
            "LD_PRELOAD": str(self._library),
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_CACHE_DURATION": "1",
            # A machine whose clock is set goes on counting how long things take.
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            # Else a JVM waits for nothing at all: it waits by the clock that counts on.
            "FAKETIME_FORCE_MONOTONIC_FIX": "0",
        }


def ahead(folder: Path) -> Row:
    """Two hours ahead from the start, put right under load, and wrong again: nobody must notice."""
    clock = _Clock(folder, _STEP_S)
    with telling(folder, _setting(clock)) as story:
        _make_clock_topic(story)
        _until_shown(story, _STEP_S)
        for share, ahead_s in ((0.3, 0), (0.6, _STEP_S)):
            story.after(share)
            clock.set(ahead_s)
            _until_shown(story, ahead_s)
        return finish(story, "broker's clock two hours ahead", story.probe(), Expectation())


def behind(folder: Path) -> Row:
    """
    Set back by two hours under load, then put right.

    To such a broker every sample is from the future: it refuses them, and the agent counts them.
    """
    clock = _Clock(folder, 0)
    with telling(folder, _setting(clock)) as story:
        _make_clock_topic(story)
        story.after(0.3)
        clock.set(-_STEP_S)
        _until_shown(story, -_STEP_S)
        until("samples refused", lambda: story.sender.ledger.dropped.total() > _REFUSED)
        if not story.streams.is_running:
            story.notes.append(f"the streams ended: {story.streams.said[-500:]}")
        clock.set(0)
        _until_shown(story, 0)
        expects = Expectation(loses=True)
        return finish(story, "broker's clock two hours behind", story.probe(), expects)


def of_the_streams(folder: Path) -> Row:
    """The streams' own clock goes an hour ahead under load: all that timers wait for is due."""
    with _streams_with_a_clock(folder) as (story, clock):
        clock.set(_HOUR_S)
        set_at = time.monotonic()
        _until(_HOUR_S, "the streams'", lambda: _shown_ahead_s(story.streams))
        recovery = story.probe(set_at)
        return finish(story, "streams' clock an hour ahead", recovery, Expectation())


def of_the_streams_back(folder: Path) -> Row:
    """Set back by an hour under load: they would tell nothing for an hour, so they end and say why."""
    with _streams_with_a_clock(folder) as (story, clock):
        clock.set(-_HOUR_S)
        set_at = time.monotonic()
        until("the streams' end", lambda: not story.streams.is_running)
        if "clock was set back by" not in story.streams.said:
            story.notes.append(f"the streams ended with: {story.streams.said[-500:]}")
        clock.set(0)
        story.streams.start()
        story.streams.until_ready()
        recovery = story.probe(set_at)
        return finish(story, "streams' clock an hour back", recovery, Expectation())


@contextmanager
def _streams_with_a_clock(folder: Path) -> Iterator[tuple[Story, _Clock]]:
    """Half of the story is told, to streams whose clock can be set."""
    clock = _Clock(folder, 0)
    with telling(folder, Setting(seconds=30)) as story:
        story.streams.stop()
        story.streams = streams("shifted", folder, story.broker.address, more=clock.environ)
        try:
            story.streams.start()
            story.streams.until_ready()
            story.after(0.5)
            yield story, clock
        finally:
            story.streams.kill()


def _setting(clock: _Clock) -> Setting:
    return Setting(seconds=30, brokers=lambda folder: Broker(folder / "broker", {}, clock.environ))


def _make_clock_topic(story: Story) -> None:
    """Its records get the broker's own time."""
    admin = AdminClient({"bootstrap.servers": story.broker.address})
    topic = NewTopic(_CLOCK_TOPIC, 1, 1, config={"message.timestamp.type": "LogAppendTime"})
    for made in admin.create_topics([topic]).values():
        made.result(60)


def _until_shown(story: Story, ahead_s: int) -> None:
    _until(ahead_s, "the broker's", lambda: _ahead_s(story))


def _until(ahead_s: int, whose: str, shown_s: Callable[[], float]) -> None:
    """That somebody has another time is seen, not assumed."""
    until(f"{whose} clock {ahead_s:+d} s", lambda: abs(shown_s() - ahead_s) < _NEAR_S)


def _shown_ahead_s(served: Served) -> float:
    """By the time that each answer over HTTP has in its head."""
    try:
        address = f"http://127.0.0.1:{served.port}/healthz"
        with urllib.request.urlopen(address, timeout=5) as answer:
            return parsedate_to_datetime(answer.headers["Date"]).timestamp() - time.time()
    except OSError:
        return float("inf")


def _ahead_s(story: Story) -> float:
    told: list[float] = []

    def delivered(error: object, message: Message) -> None:
        if error is None:
            told.append(message.timestamp()[1] / 1000 - time.time())

    producer = Producer({"bootstrap.servers": story.broker.address, "log_level": 0})
    producer.produce(_CLOCK_TOPIC, b"now", on_delivery=delivered)
    producer.flush(30)
    return told[0] if told else float("inf")
