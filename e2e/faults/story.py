"""A cluster, what is told to it, and what must be true at the end whatever happened in between."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from faults import fleet, ledger
from faults.programs import Broker, Late, Served, tool, until
from faults.sender import Sender
from hognose._outbox import Record

# By default; group, and what the streams' own topics begin with.
APPLICATION = "hognose-streams"
AGENT_TOPICS = [fleet.SAMPLES, fleet.EVENTS]

# Short times, and each process judged alone: what a replay tells is then told live to the byte.
POLICY = {
    "HOGNOSE_LEAK_POLICY": "balanced",
    "HOGNOSE_LEAK_BUCKET": "10s",
    "HOGNOSE_BLOCK_QUIET": "20s",
}
PROBE = {"file": "/srv/probe.py", "line": 1, "function": "probe"}


class Skipped(Exception):
    """This machine cannot do such a thing; the message says why."""


class Brokers(Protocol):
    """One, or a cluster."""

    address: str

    @property
    def is_running(self) -> bool:
        """All of it."""

    def start(self) -> None:
        """Returns when all of it answers."""

    def kill(self) -> None:
        """Returns when none of it is left."""


@dataclass(frozen=True, slots=True)
class Row:
    """What a fault has done."""

    fault: str
    account: ledger.Account
    recovery: float
    alerts: str
    mistakes: list[str]

    def __str__(self) -> str:
        told = self.account
        return (
            f"{self.fault:34} sent={told.sent} stored={told.stored} lost={told.lost}"
            f" doubled={told.doubled} dropped_counted={told.dropped_counted}"
            f" recovery={self.recovery:.1f} alerts={self.alerts}"
        )


@dataclass(slots=True)
class Story:
    """What a fault finds: all of it runs, and records come at a pace."""

    folder: Path
    broker: Brokers
    streams: Served
    sender: Sender
    end_ms: int
    # How many records will be told.
    expected: int = 0
    notes: list[str] = field(default_factory=list)
    _probes: int = 0

    @property
    def environ(self) -> dict[str, str]:
        return {"HOGNOSE_BOOTSTRAP_SERVERS": self.broker.address, **POLICY}

    @property
    def state_folder(self) -> Path:
        """Where the streams of the beginning may keep what they like."""
        return _state_folder(self.folder, self.streams.name)

    def until_judged(self, records: int) -> None:
        """So many were read by the streams that run now, each once."""
        until(
            f"{records} records judged",
            lambda: (
                self.streams.counted("hognose_streams_records_total", 'outcome="applied"')
                >= records
            ),
        )

    def another(self, name: str) -> Served:
        """A second instance of the streams, not started."""
        return streams(name, self.folder, self.broker.address)

    def collector(self, name: str, **more: str) -> Served:
        """One of the collectors, not started; with further settings."""
        environ = {"HOGNOSE_BOOTSTRAP_SERVERS": self.broker.address, **more}
        return Served(name, self.folder, ["collector"], environ)

    @contextmanager
    def collecting(self, name: str = "collector", **more: str) -> Iterator[Served]:
        """A collector that is ready; killed in the end, if it still runs."""
        collector = self.collector(name, **more)
        try:
            collector.start()
            collector.until_ready()
            yield collector
        finally:
            collector.kill()

    def after(self, share: float) -> None:
        """Wait until so much of all was told."""
        wanted = round(share * self.expected)
        until(f"{share:.0%} told", lambda: self.sender.told >= wanted)

    def probe(self, since: float | None = None) -> float:
        """
        Tell a block that is an alert at once; how many seconds until the alert is committed.

        They are counted from `since`, of the monotonic clock, or else from the telling.
        """
        self._probes += 1
        service = f"probe-{self._probes}"
        began = time.monotonic() if since is None else since
        at_ms = self.sender.now_ms
        process = fleet.process(service, 0, at_ms - 60_000)
        self.sender.tell_now(process.sample(at_ms, 50 << 20, 1000))
        self.sender.tell_now(process.block(at_ms - 1500, 1501, PROBE))
        # Else it would fall silent, and the end of that a timer tells ten minutes later.
        self.sender.tell_now(process.stopped(at_ms + 2))
        name = service.encode()

        def told() -> bool:
            if not self.broker.is_running:
                return False
            alerts = ledger.messages(self.broker.address, ["hognose.alerts"])
            return any(name in (message.value() or b"") for message in alerts)

        until(f"the alert of {service}", told)
        return time.monotonic() - began


def _state_folder(folder: Path, name: str) -> Path:
    return folder / f"state-{name}"


def streams(
    name: str,
    folder: Path,
    address: str,
    program: Path | None = None,
    more: Mapping[str, str] | None = None,
) -> Served:
    """Streams of the story's policy, not started; of another build, or with more in the environment."""
    environ = {
        **(more or {}),
        "HOGNOSE_BOOTSTRAP_SERVERS": address,
        "HOGNOSE_STATE_DIR": str(_state_folder(folder, name)),
        **POLICY,
    }
    return Served(name, folder, ["streams"], environ, program)


def one_broker(**more: str) -> Callable[[Path], Brokers]:
    """One, with further properties of Kafka; of their names the dots are underscores."""
    properties = {name.replace("_", "."): value for name, value in more.items()}
    return lambda folder: Broker(folder / "broker", properties)


def the_hour(end_ms: int) -> Iterable[Record]:
    """What is told when nothing else is said."""
    return fleet.hour(7, end_ms)


@dataclass(frozen=True, slots=True)
class Setting:
    """How the story is told."""

    seconds: float = 12.0
    records: Callable[[int], Iterable[Record]] = the_hour
    partitions: int = 3
    replication: int = 1
    brokers: Callable[[Path], Brokers] = one_broker()
    # Where the sending side finds the brokers; there itself by default.
    address: Callable[[Brokers], str] | None = None
    # And where the streams find them.
    streams_address: Callable[[Brokers], str] | None = None
    kafka: Mapping[str, str] = field(default_factory=dict)
    outbox_bytes: int = 64 << 20


@contextmanager
def telling(folder: Path, setting: Setting) -> Iterator[Story]:
    """All of it started, records on their way; afterwards nothing is left running."""
    broker = setting.brokers(folder)
    broker.start()
    address = setting.address(broker) if setting.address else broker.address
    sender = Sender(address, setting.kafka, setting.outbox_bytes)
    found_at = setting.streams_address(broker) if setting.streams_address else broker.address
    judging = streams("streams", folder, found_at)
    # Its times lie in the past: no clock tells that anybody has fallen silent.
    end_ms = int(time.time()) * 1000 - 120_000
    story = Story(folder, broker, judging, sender, end_ms)
    try:
        make_topics(broker.address, setting)
        judging.start()
        judging.until_ready()
        records = list(setting.records(end_ms))
        story.expected = len(records)
        sender.tell(records, len(records) / setting.seconds)
        if not records:
            sender.is_through.set()
        yield story
    finally:
        sender.end()
        for each in (judging, broker):
            each.kill()


def make_topics(address: str, setting: Setting) -> None:
    """Those that are missing."""
    numbers = ["--partitions", str(setting.partitions), "--replication", str(setting.replication)]
    made = tool({"HOGNOSE_BOOTSTRAP_SERVERS": address}, "topics", "--create", *numbers)
    if made.returncode != 0:
        raise Late(made.stderr)


def finish(
    story: Story,
    fault: str,
    recovery: float,
    expects: Expectation,
    undisturbed: Callable[[], str] | None = None,
) -> Row:
    """
    Wait until all was told and judged, and hold everything against everything.

    `undisturbed` names the brokers that an undisturbed run reads, each time before it does; they
    are those of the story by default.
    """
    until("all told", story.sender.is_through.is_set)
    until("all delivered or given up", lambda: story.sender.waiting == 0)
    alerts, remarks = verified(story, undisturbed or (lambda: story.broker.address))
    story.sender.end()
    account = ledger.balance(story.sender.ledger, ledger.read(story.broker.address, AGENT_TOPICS))
    mistakes = [*account.mistakes, *story.notes, *remarks, *expects.mistakes(account)]
    return Row(fault, account, recovery, alerts, mistakes)


@dataclass(frozen=True, slots=True)
class Expectation:
    """What is special about a fault."""

    loses: bool = False

    def mistakes(self, account: ledger.Account) -> list[str]:
        if self.loses and not account.dropped_really:
            return ["nothing was given up, though there was no room for it"]
        if not self.loses and account.dropped_really:
            return [f"{account.dropped_really} records were given up, though there was room"]
        return []


def verified(
    story: Story, undisturbed: Callable[[], str], within: float = 300.0
) -> tuple[str, list[str]]:
    """
    Whether the alerts are those of an undisturbed run over what the topics hold.

    The undisturbed run is a replay by the same code in one thread; it is asked again until the live
    one has told all, or time is up.
    """
    window = ["--from", _iso(story.end_ms - 3_600_000), "--to", _iso(story.end_ms + 20_000)]
    deadline = time.monotonic() + within
    while True:
        environ = {**story.environ, "HOGNOSE_BOOTSTRAP_SERVERS": undisturbed()}
        run = tool(environ, "replay", "--verify", "--warm-up", "1m", *window)
        summary = (run.stdout.strip().splitlines() or [run.stderr.strip()])[-1]
        if run.returncode == 0:
            is_empty = summary.startswith("0 of 0")
            return ("none" if is_empty else "same"), (["no alerts at all"] if is_empty else [])
        if time.monotonic() > deadline:
            return "other", [f"alerts: {summary}", *run.stdout.splitlines()[:6]]


def _iso(unix_ms: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(unix_ms / 1000))
