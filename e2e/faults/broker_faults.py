"""The broker is killed, frozen and away."""

from __future__ import annotations

import errno
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from faults.programs import Broker, until
from faults.story import Expectation, Row, Setting, Skipped, Story, finish, telling

_FEW = 30


def killed(folder: Path) -> Row:
    """`kill -9` under load, twice; from the last one the recovery is counted."""
    with telling(folder, Setting()) as story:
        for share in (0.3, 0.6):
            story.after(share)
            killed_at = time.monotonic()
            story.broker.kill()
            story.broker.start()
        recovery = story.probe(killed_at)
        return finish(story, "broker killed twice", recovery, Expectation())


def frozen(folder: Path, seconds: float = 30.0) -> Row:
    """`SIGSTOP`: the connections stand, and nothing is answered."""
    with telling(folder, Setting()) as story:
        assert isinstance(story.broker, Broker)
        story.after(0.3)
        story.broker.freeze()
        time.sleep(seconds)
        story.broker.thaw()
        return finish(story, f"broker frozen for {seconds:.0f} s", story.probe(), Expectation())


def away(folder: Path, seconds: float = 600.0) -> Row:
    """Nobody listens, for longer than the streams' own patience."""
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
        name = "broker away, outbox too small"
        return finish(story, name, recovery, Expectation(loses=True))


def disk_full(folder: Path, megabytes: int = 96) -> Row:
    """Not a byte more fits: the broker ends, and comes back when somebody has made room."""
    small = folder / "broker"
    with _disk(small, megabytes), telling(folder, Setting(brokers=_on_disk)) as story:
        story.after(0.3)
        filler = small / "filler"
        until("the broker ends", lambda: _fill(filler) or not story.broker.is_running)
        time.sleep(5)
        filler.unlink()
        story.broker.start()
        # The streams may have given up meanwhile; whoever runs them starts them again.
        if not story.streams.is_running:
            story.streams.start()
            story.streams.until_ready()
        return finish(story, "broker's disk full", story.probe(), Expectation())


def _on_disk(folder: Path) -> Broker:
    small = {"log.segment.bytes": str(4 << 20), "log.index.size.max.bytes": str(64 << 10)}
    internal = {
        "transaction.state.log.segment.bytes": str(4 << 20),
        "offsets.topic.segment.bytes": str(4 << 20),
        "metadata.log.segment.bytes": str(8 << 20),
    }
    return Broker(folder / "broker", {**small, **internal})


@contextmanager
def _disk(at: Path, megabytes: int) -> Iterator[None]:
    """A disk in memory of that size; only root may have one."""
    at.mkdir()
    if os.geteuid() != 0:
        raise Skipped("only root can mount a disk that is small")
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", at], check=True)
    try:
        yield
    finally:
        # What was killed may still hold a file of it.
        subprocess.run(["umount", "--lazy", at], check=True)


def _fill(filler: Path) -> None:
    """Until nothing fits any more."""
    with filler.open("ab", buffering=0) as file:
        try:
            while True:
                file.write(bytes(1 << 16))
        except OSError as full:
            if full.errno != errno.ENOSPC:
                raise


def _away(story: Story, seconds: float) -> None:
    story.after(0.3)
    story.broker.kill()
    time.sleep(seconds)
    story.broker.start()
