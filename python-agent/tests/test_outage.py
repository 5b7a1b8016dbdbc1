"""A broker that is killed and comes back, and what it has missed."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from broker import Broker, Published, assert_whole
from contract import Contract
from installation import Installation, Running

# An hour's worth of default samples.
HOUR = 360

SHOP = f"""
import dataclasses, sys
import hognose._agent
from hognose._lifecycle import lifecycle
from living import live
for line in sys.stdin:
    # An hour within seconds: no setting goes as far, as nobody's service should.
    hognose._agent._FLUSH = 0.01
    agent = lifecycle._agent
    agent._settings = dataclasses.replace(agent._settings, interval=0.03)
    # As many samples as an hour has, and some more for a start.
    live({HOUR} + 20, seconds=150)
    print("an hour", flush=True)
"""


@pytest.fixture
def fallible(tmp_path: Path) -> Iterator[Broker]:
    """A broker of the test's own."""
    folder = tmp_path / "broker"
    folder.mkdir()
    broker = Broker(folder)
    yield broker
    broker.close()


def test_an_hour_without_a_broker_is_told_when_it_is_back(
    tmp_path: Path, fallible: Broker, contract: Contract
) -> None:
    """All of it, in order; beyond the outbox's bound the oldest are missing, and told as dropped."""
    roomy, small = (shop(tmp_path / name, fallible, contract) for name in ("roomy", "small"))
    command = ["python", "shop.py"]
    fast = {"HOGNOSE_TRACING": "off"}
    # A long version makes an hour's samples larger than the smallest outbox.
    tight = {**fast, "HOGNOSE_OUTBOX_BYTES": "128KiB", "HOGNOSE_VERSION": "9" * 400}

    with roomy.running(command, fast) as one, small.running(command, tight) as other:
        for each in (roomy, small):
            each.published.until(each.published.samples, "a sample")
        fallible.kill()
        for running in (one, other):
            running.say("go")
        for running in (one, other):
            running.until(partial(has_said, running, "an hour"), "an hour", 180.0)
        fallible.start_again()
        for each in (roomy, small):
            each.published.until(partial(is_past_the_hour, each), "what came after the hour")
        for running in (one, other):
            running.finish()
            assert (running.result(), running.err) == (0, "")
    for each in (roomy, small):
        each.published.until(partial(each.published.events, "stopped"), "its end")

    (told,) = roomy.published.processes().values()
    assert len(told) > HOUR
    assert_whole(told)
    assert not any("dropped" in sample["agent"] for sample in roomy.published.samples())
    assert_in_order(roomy.published)
    assert_in_order(small.published)
    assert_only_the_oldest_are_missing(small.published)


def has_said(running: Running, words: str) -> bool:
    return words in running.out


def is_past_the_hour(installation: Installation) -> bool:
    return any(int(sample["sequence"]) > HOUR for sample in installation.published.samples())


def assert_in_order(published: Published) -> None:
    numbers = [int(sample["sequence"]) for sample in published.samples()]
    assert numbers == sorted(numbers)


def assert_only_the_oldest_are_missing(published: Published) -> None:
    """One gap, as large as is told, and what comes after it is as much as there was room for."""
    (told,) = published.processes().values()
    numbers = [int(record["sequence"]) for record in told]
    gaps = [(b - a - 1, at) for at, (a, b) in enumerate(itertools.pairwise(numbers))]
    ((missing, at),) = [(size, at) for size, at in gaps if size]
    (dropped,) = published.samples()[-1]["agent"]["dropped"]
    assert dropped["reason"] == "outbox_full"
    # What the broker wrote just before it was killed, and did not live to answer, is given up, too.
    assert 0 <= int(dropped["total"]) - missing <= 2
    assert missing >= 64
    # The smallest outbox has room for so many and more.
    assert len(numbers) - at > 100, (missing, at, len(numbers))


def shop(folder: Path, broker: Broker, contract: Contract) -> Installation:
    folder.mkdir()
    installation = Installation(folder, broker, contract)
    installation.write(SHOP)
    return installation
