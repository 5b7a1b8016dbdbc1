"""A moment in which the process has no descriptor left: an illness of the service's, not ours."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from hognose._pages import shares_pages
from hognose._rounds import Rounds
from hognose.probes import children, threads
from hognose.probes.allocations.turn import Turn
from hognose.probes.children import Children
from hognose.probes.container import Container
from hognose.probes.descriptors import Descriptors
from hognose.probes.growing_threads import GrowingThreads
from hognose.probes.native_pools import NativePools
from hognose.probes.process import read_memory_detail, read_process, this_process
from hognose.probes.threads import Threads, python_names


@contextmanager
def no_descriptors() -> Iterator[int]:
    """Answers how many there may be."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    lowest = os.dup(0)
    os.close(lowest)
    resource.setrlimit(resource.RLIMIT_NOFILE, (lowest, hard))
    try:
        yield lowest
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_every_probe_reads_again_when_there_are_descriptors() -> None:
    """What cannot be read meanwhile is left out, and counted where it is a whole reading."""
    process = this_process()
    rounds = Rounds()
    rounds.add("process", lambda: read_process(process))
    rounds.add("memory detail", lambda: read_memory_detail(process))
    rounds.add("descriptors", Descriptors(lambda: None).read)
    rounds.add("container", Container().read)
    rounds.add("children", Children().read)
    rounds.add("native pools", NativePools().read)
    rounds.add("threads", Threads().read)
    rounds.add("growing threads", GrowingThreads(python_names).read)

    before = rounds.read()
    with no_descriptors():
        meanwhile = rounds.read()
    after = rounds.read()

    assert rounds.disabled == []
    assert not meanwhile.keys() & {"thread_cpu", "children"}
    assert rounds.skipped == {"threads": 1, "children": 1}
    assert after.keys() == before.keys()


def test_where_none_is_left_as_many_are_open_as_may_be() -> None:
    """The figures that this illness is told by are there while it lasts."""
    with no_descriptors() as most:
        told = Descriptors(lambda: None).read()

    assert told == {"open_fds": most, "max_fds": most}


def test_what_was_not_opened_has_not_ended() -> None:
    """Or all that it had spent would be counted a second time when it is seen again."""
    own = Path("/proc/self/task") / str(os.getpid())
    with no_descriptors():
        with pytest.raises(OSError, match="Too many open files"):
            threads._spent(own)
        with pytest.raises(OSError, match="Too many open files"):
            children._stat(str(own))


def test_nobody_traces_without_having_asked_for_a_turn() -> None:
    """Nor looks at a heap without knowing whether it is shared."""
    turn = Turn(__name__)
    with no_descriptors():
        assert not turn.take()
        assert shares_pages()

    assert turn.take()
    turn.give_back()


# Daemon threads that want the GIL while the interpreter ends.
ENDING = """
import resource, sys, threading, time
from hognose._exits import have_threads_end
def spin():
    while True: pass
class LateToEnd:
    def __del__(self, sleep=time.sleep):
        for _ in range(20): sleep(0.005)
sys.modules["late"] = LateToEnd()
have_threads_end()
for _ in range(3): threading.Thread(target=spin, daemon=True).start()
resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))
"""


def test_an_interpreter_ends_without_descriptors_beside_daemon_threads() -> None:
    """The agent's are such threads; glibc opens a library to end one, and aborts without it."""
    ended = subprocess.run(
        [sys.executable, "-c", ENDING], capture_output=True, timeout=30, check=False
    )

    assert (ended.returncode, ended.stderr) == (0, b"")


def test_a_heap_is_searched_where_nothing_tells_of_shared_pages(tmp_path: Path) -> None:
    """As on other systems; where it may not be read it is left in peace."""
    (tmp_path / "folder").mkdir()

    assert not shares_pages(tmp_path / "absent")
    assert shares_pages(tmp_path / "folder")
