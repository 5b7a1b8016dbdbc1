"""The broker is killed, frozen and away."""

from __future__ import annotations

import time
from pathlib import Path

from faults.programs import until
from faults.story import Expectation, Row, Setting, Story, finish, telling

_FEW = 30


def killed(folder: Path) -> Row:
    """`kill -9` under load, twice."""
    with telling(folder, Setting()) as story:
        for share in (0.3, 0.6):
            story.after(share)
            story.broker.kill()
            story.broker.start()
        return finish(story, "broker killed twice", story.probe(), Expectation())


def frozen(folder: Path, seconds: float = 30.0) -> Row:
    """`SIGSTOP`: the connections stand, and nothing is answered."""
    with telling(folder, Setting()) as story:
        story.after(0.3)
        story.broker.freeze()
        time.sleep(seconds)
        story.broker.thaw()
        return finish(story, f"broker frozen for {seconds:.0f} s", story.probe(), Expectation())


def away(folder: Path, seconds: float = 60.0) -> Row:
    """Nobody listens."""
    with telling(folder, Setting()) as story:
        _away(story, seconds)
        return finish(story, f"broker away for {seconds:.0f} s", story.probe(), Expectation())


def away_for_longer_than_there_is_room(folder: Path, seconds: float = 10.0) -> Row:
    """The outbox overflows: what is given up is counted, to the record."""
    tight = Setting(outbox_bytes=128 << 10, kafka={"queue.buffering.max.messages": "64"})
    with telling(folder, tight) as story:
        _away(story, seconds)
        # What is told before there is room may be given up.
        room = until("room in the outbox", lambda: story.sender.waiting < _FEW)
        recovery = room + story.probe()
        expects = Expectation(loses=True, known="silences after a gap")
        return finish(story, "broker away, outbox too small", recovery, expects)


def _away(story: Story, seconds: float) -> None:
    story.after(0.3)
    story.broker.kill()
    time.sleep(seconds)
    story.broker.start()
