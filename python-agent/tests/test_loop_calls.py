"""What a stack waits for, on stacks that are really waiting."""

from __future__ import annotations

import os
import queue
import select
import socket
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

import pytest

from hognose._frames import walk
from hognose._happenings import Cause
from hognose.probes.loops.calls import called, wait


class Rope:
    """Holds a thread in a call until it is let go; the frame is that of the function around it."""

    def __init__(self) -> None:
        self.ours, self.theirs = socket.socketpair()
        self.read_end, self.write_end = os.pipe()
        self.lock = threading.Lock()
        self.event = threading.Event()
        self.queue: queue.SimpleQueue[None] = queue.SimpleQueue()

    def close(self) -> None:
        self.ours.close()
        self.theirs.close()
        os.close(self.read_end)
        os.close(self.write_end)

    def let_go(self) -> None:
        self.lock.release()
        self.event.set()
        self.queue.put(None)
        self.theirs.send(b"x")
        os.write(self.write_end, b"x\n")


def in_lock(rope: Rope) -> None:
    rope.lock.acquire()


def in_with_lock(rope: Rope) -> None:
    with rope.lock:
        pass


def in_event(rope: Rope) -> None:
    rope.event.wait(timeout=30)


def in_queue(rope: Rope) -> None:
    rope.queue.get(block=True, timeout=30)


def in_receive(rope: Rope) -> None:
    rope.ours.recv(max(1, 0))


def in_socket_file(rope: Rope) -> None:
    with rope.ours.makefile("rb") as file:
        file.read(1)


def in_select(rope: Rope) -> None:
    select.select([rope.ours], [], [], 30)


def in_read(rope: Rope) -> None:
    os.read(rope.read_end, 1)


def in_file(rope: Rope) -> None:
    with open(rope.read_end, "rb", closefd=False) as file:
        file.readline()


def in_subprocess(rope: Rope) -> None:
    subprocess.run([sys.executable, "-c", "input()"], stdin=rope.read_end, check=False)


@pytest.mark.parametrize(
    ("hold", "cause"),
    [
        (in_lock, "LOCK"),
        (in_with_lock, "LOCK"),
        (in_event, "LOCK"),
        (in_queue, "LOCK"),
        (in_receive, "SYNC_IO"),
        (in_socket_file, "SYNC_IO"),
        (in_select, "SYNC_IO"),
        (in_read, "SYNC_IO"),
        (in_file, "SYNC_IO"),
        (in_subprocess, "SUBPROCESS"),
    ],
)
def test_a_waiting_thread_says_what_it_waits_for(
    hold: Callable[[Rope], None], cause: Cause
) -> None:
    """The C function that the innermost frame calls has no frame, and is told all the same."""
    rope = Rope()
    rope.lock.acquire()
    thread = threading.Thread(target=hold, args=(rope,), daemon=True)
    thread.start()
    try:
        frame = held_in(thread, hold.__code__.co_name)
        assert wait(frame, walk(frame)) == cause
    finally:
        del frame
        rope.let_go()
        thread.join(30)
    assert not thread.is_alive()
    rope.close()


@pytest.mark.parametrize(
    "source",
    [
        "time.sleep(30)",
        "sleep(30)",
        "time.sleep(min(30, 40))",
        "time.sleep(*[30])",
        "[time.sleep(each) for each in (30,)]",
        "holder.nap(30)",
    ],
)
def test_a_sleep_is_told_however_it_is_called(source: str) -> None:
    """By module, by name, through an attribute, with computed and unpacked arguments."""
    holder = type("Holder", (), {"nap": staticmethod(time.sleep)})
    names: dict[str, Any] = {"time": time, "sleep": time.sleep, "holder": holder}
    code = compile(f"def napping():\n    {source}\n", "nap.py", "exec")
    exec(code, names)
    # It cannot be woken, so it sleeps on as a daemon.
    thread = threading.Thread(target=names["napping"], daemon=True)
    thread.start()

    assert called(held_in(thread, "napping")) == "time.sleep"


def test_a_sleep_is_told_in_code_that_is_hot() -> None:
    """The interpreter rewrites instructions that run often (PEP 659); the call stays readable."""

    def nap(seconds: float) -> None:
        time.sleep(seconds)

    for _ in range(1000):
        nap(0)
    thread = threading.Thread(target=nap, args=(30,), daemon=True)
    thread.start()

    assert called(held_in(thread, "nap")) == "time.sleep"


def test_a_computation_waits_for_nothing() -> None:
    """A frame that calls nothing known is told as nothing."""
    frame = sys._getframe()

    assert wait(frame, walk(frame)) is None


def test_nothing_of_the_service_is_run_to_tell_a_call() -> None:
    """A property or `__getattr__` on the way is not evaluated."""
    touched: list[str] = []

    class Trap:
        @property
        def connection(self) -> object:
            touched.append("property")
            return self

        def __getattr__(self, name: str) -> object:
            touched.append(name)
            raise AttributeError(name)

    def calling(trap: Trap) -> str:
        return called_by(trap.connection.query)  # type: ignore[attr-defined]

    def called_by(_: object) -> str:
        return called(sys._getframe(1))

    with pytest.raises(AttributeError):
        calling(Trap())
    assert touched == ["property", "query"]


def test_a_coroutine_says_what_it_waits_for_where_that_leaves_nothing_behind() -> None:
    """Before 3.12 its variables cannot be read without a copy that it keeps until it ends."""
    rope = Rope()
    rope.lock.acquire()

    async def in_coroutine() -> None:
        rope.lock.acquire()

    def step() -> None:
        with pytest.raises(StopIteration):
            in_coroutine().send(None)

    thread = threading.Thread(target=step, daemon=True)
    thread.start()
    try:
        frame = held_in(thread, "in_coroutine")
        assert wait(frame, walk(frame)) == ("LOCK" if sys.version_info >= (3, 12) else None)
    finally:
        del frame
        rope.let_go()
        thread.join(30)
    rope.close()


class Looking:
    """Has the agent look at what calls it."""

    def look(self) -> None:
        called(sys._getframe(1))


def test_what_a_frame_lets_go_of_is_gone() -> None:
    """To look at a call by a variable keeps no other for as long as the function lasts."""

    def refresh() -> Iterator[bool]:
        looking = Looking()
        ref = weakref.ref(looking)
        looking.look()
        del looking
        yield ref() is None

    assert next(refresh())


def test_what_a_service_has_from_locals_stays_as_it_is() -> None:
    """A look takes no newer copy of the variables into it."""
    looking = Looking()
    mine = locals()
    before = dict(mine)
    later = 1
    looking.look()

    assert later not in mine.values()
    assert mine == before


def held_in(thread: threading.Thread, function: str) -> FrameType:
    """The innermost frame of the thread once it stands still within the function."""
    deadline = time.monotonic() + 30
    before = None
    while time.monotonic() < deadline:
        frame = sys._current_frames().get(thread.ident or 0)
        here = (id(frame), frame.f_lasti, cpu_of(thread)) if frame else None
        if frame and here == before and function in {place.function for place in walk(frame)}:
            return frame
        before = here
        time.sleep(0.02)
    raise AssertionError(f"{function} did not come to stand within 30 s")


def cpu_of(thread: threading.Thread) -> str:
    with open(f"/proc/self/task/{thread.native_id}/schedstat") as file:
        return file.read()
