"""A service that closes all descriptors, as daemons do, and opens files of its own."""

from __future__ import annotations

import os
import threading
from collections import Counter
from pathlib import Path

import pytest
from contract import golden_bytes

from hognose._capture import Capture
from hognose._descriptor import Descriptor
from hognose._outbox import Record
from hognose.probes.allocations.turn import Turn
from hognose.probes.loops.schedstat import SchedStat

RECORD = Record("hognose.samples", b"shop", golden_bytes("sample_zeros"), 1795258800250)


class Daemon:
    """Puts a file of its own in the place of a descriptor."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "orders.db"
        self.number = -1

    def takes(self, number: int) -> None:
        self.number = number
        with self.path.open("w+b") as file:
            os.dup2(file.fileno(), number)
        os.pwrite(number, b"orders" * 20, 0)

    def has_its_file(self) -> bool:
        told = os.stat(self.path)
        mine = os.fstat(self.number)
        return (told.st_ino, told.st_size) == (mine.st_ino, 120)


@pytest.fixture
def daemon(tmp_path: Path) -> Daemon:
    return Daemon(tmp_path)


def newest() -> int:
    """The number that the next file gets."""
    number = os.dup(0)
    os.close(number)
    return number


def test_a_file_that_got_a_threads_number_is_left_alone(daemon: Daemon) -> None:
    """Whether it is read before it is closed, or not."""
    for reads in (True, False):
        number = newest()
        stat = SchedStat(threading.get_native_id())
        assert stat.line()
        daemon.takes(number)

        if reads:
            assert stat.line() == b""
        stat.close()

        assert daemon.has_its_file()
        os.close(number)


def test_a_file_that_got_the_captures_number_is_left_alone(daemon: Daemon, tmp_path: Path) -> None:
    """What cannot be written is counted."""
    dropped: Counter[str] = Counter()
    number = newest()
    capture = Capture(tmp_path / "shop.capture", "test", dropped)
    capture.send(RECORD)
    daemon.takes(number)

    capture.send(RECORD)
    capture.close(0)

    assert daemon.has_its_file()
    assert dropped == {"file": 1}
    os.close(number)


def test_a_file_that_got_a_turns_number_is_left_alone(daemon: Daemon) -> None:
    """The kernel has given the turn back."""
    number = newest()
    turn = Turn(__name__)
    assert turn.take()
    daemon.takes(number)

    turn.give_back()

    assert daemon.has_its_file()
    os.close(number)


def test_what_was_kept_is_closed(tmp_path: Path) -> None:
    """Also the file of a thread that has ended meanwhile."""
    number = newest()
    thread = threading.Thread(target=lambda: stats.append(SchedStat(threading.get_native_id())))
    stats: list[SchedStat] = []
    thread.start()
    thread.join()
    (stat,) = stats
    stat.close()
    Capture(tmp_path / "shop.capture", "test", Counter()).close(0)
    turn = Turn(__name__)
    turn.take()
    turn.give_back()

    assert newest() == number
    gone = Descriptor(os.dup(0))
    gone.close()
    gone.close()
    assert newest() == number
