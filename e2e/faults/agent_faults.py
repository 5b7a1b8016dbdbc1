"""The process that is watched dies, in every way that no agent can answer, and forks."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from faults import fleet, ledger
from faults.programs import Program, until
from faults.story import Expectation, Row, Setting, Story, finish, telling

_SERVICE = """
import asyncio, os, sys, time
def live(kept):
    # In a child no loop runs any more.
    while True:
        kept.append(bytearray(4096))
        time.sleep(0.01)
async def work():
    kept = []
    while True:
        kept.append(bytearray(4096))
        await asyncio.sleep(0.001)
        if len(kept) % 100 == 0:
            time.sleep(0.12)
        {then}
asyncio.run(work())
"""

_PLAIN = "pass"
_EXIT = "if len(kept) > 1500: os._exit(3)"
_FORK = "if len(kept) in (200, 300, 400) and os.fork() == 0: live([])"


def killed(folder: Path) -> Row:
    """`kill -9` under load: what it has told is whole up to a number, and ends there."""
    return _lived(folder, "agent killed", _PLAIN, signal.SIGKILL)


def ended_at_once(folder: Path) -> Row:
    """`os._exit`: no handler runs, no thread ends."""
    return _lived(folder, "agent in os._exit", _EXIT, None)


def forked(folder: Path) -> Row:
    """Under load, three times: each child tells of itself, and nobody of another."""
    return _lived(folder, "agent forked under load", _FORK, signal.SIGKILL)


def _lived(folder: Path, name: str, then: str, end: signal.Signals | None) -> Row:
    with telling(folder, Setting(seconds=4)) as story:
        # The fleet's times lie in the past, the agent's do not: one after the other.
        story.after(1.0)
        recovery = story.probe()
        process = _started(story, then)
        try:
            until("the agent's samples", lambda: len(stored(story)) > 20)
            if then == _FORK:
                until("four processes", lambda: len({key for _, key, _ in stored(story)}) == 4)
            if end is None:
                process.wait(60)
            else:
                time.sleep(2)
        finally:
            _end_session(process)
        return _held(story, name, recovery)


def _held(story: Story, name: str, recovery: float) -> Row:
    """Every process's records are those from the first on, without a gap and each once."""
    told = stored(story)
    for key in sorted({key for _, key, _ in told}):
        numbers = sorted(_sequence(value) for _, its, value in told if its == key)
        if numbers != list(range(1, len(numbers) + 1)):
            story.notes.append(f"{key.decode()}: told {numbers}, expected no gap and no double")
    account(story)
    return finish(story, name, recovery, Expectation())


def account(story: Story) -> None:
    """Of what is stored: nobody knows what a dead process still wanted to say."""
    for each in stored(story):
        story.sender.ledger.offered[each] += 1
        story.sender.ledger.acknowledged[each] += 1


def watched(story: Story) -> Program:
    """A process with the agent in it, not started."""
    return Program("watched", story.folder, _command(story, _PLAIN), _settings(story))


def _started(story: Story, then: str) -> subprocess.Popen[bytes]:
    plain = {key: value for key, value in os.environ.items() if not key.startswith("HOGNOSE_")}
    return subprocess.Popen(
        _command(story, then),
        env={**plain, **_settings(story)},
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _command(story: Story, then: str) -> list[str]:
    program = story.folder / "watched.py"
    program.write_text(_SERVICE.format(then=then))
    run = str(Path(sys.executable).parent / "hognose-run")
    return [run, sys.executable, str(program)]


def _settings(story: Story) -> dict[str, str]:
    return {
        "HOGNOSE_SERVICE": "watched",
        "HOGNOSE_BOOTSTRAP_SERVERS": story.broker.address,
        "HOGNOSE_INTERVAL": "100ms",
        "HOGNOSE_KAFKA_LINGER_MS": "20",
    }


def _end_session(process: subprocess.Popen[bytes]) -> None:
    """It and its children, which are in a session of their own."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        """All of them have ended."""
    process.wait(30)


def stored(story: Story) -> list[ledger.Told]:
    """What the topics hold of the processes that are watched."""
    all_told = ledger.read(story.broker.address, [fleet.SAMPLES, fleet.EVENTS])
    return [told for told in all_told.elements() if told[1].startswith(b"watched/")]


def _sequence(value: bytes) -> int:
    """The second field, a varint tagged 0x10: after a sample's form, or an event's process."""
    assert value[:2] == b"\x08\x02" or (value[0] == 0x0A and value[1] < 0x80)
    at = 2 if value[0] == 0x08 else 2 + value[1]
    assert value[at] == 0x10
    number, shift = 0, 0
    while True:
        at += 1
        number |= (value[at] & 0x7F) << shift
        shift += 7
        if value[at] < 0x80:
            return number
