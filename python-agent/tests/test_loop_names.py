"""What loops are called, which are told by their threads."""

from __future__ import annotations

import asyncio
import itertools
import threading

import pytest

from hognose.probes.loops.heartbeat import Heartbeat
from hognose.probes.loops.look import Look, Usage
from hognose.probes.loops.rule import Wait
from hognose.probes.loops.tallies import Tallies
from hognose.probes.loops.watched_loop import WatchedLoop
from hognose.probes.loops.watched_loops import WatchedLoops


def test_numbers_of_threads_do_not_count() -> None:
    """A pool that is new for each request gives no loop a name of its own."""
    tallies = Tallies()

    told = [tallies.of(f"ThreadPoolExecutor-{n}_0", frozenset()) for n in range(300)]

    assert {name for name, _ in told} == {"ThreadPoolExecutor-#_#"}
    assert len({id(tally) for _, tally in told}) == 1


def test_loops_at_the_same_time_have_names_of_their_own() -> None:
    """And what is cumulative about each."""
    tallies = Tallies()
    taken: set[str] = set()
    for number in range(3):
        taken.add(tallies.of(f"worker-{number}", taken)[0])

    assert taken == {"worker-#", "worker-#/2", "worker-#/3"}
    assert len(tallies) == 3
    assert tallies.of("worker-7", taken - {"worker-#/2"})[0] == "worker-#/2"


def test_what_is_told_of_blocks_never_falls() -> None:
    """A block that seemed to last for 1.8 s may have been over after 1.0 s."""
    loop = asyncio.new_event_loop()
    watched = WatchedLoop(Heartbeat(loop), 0.1, itertools.count(1), frozenset)
    told = []
    for began in (0.0, 10.0):
        wait = Wait(began, began)
        watched._rule.look(began + 0.2, wait, None)
        told.append(watched.read(began + 1.8)["blocked_seconds_total"])
        watched._told(watched._rule.beat_came(wait, began + 1.0), Usage())
        told.append(watched.read(began + 1.9)["blocked_seconds_total"])
    watched.close()
    loop.close()

    assert told == pytest.approx([1.8, 1.8, 2.8, 2.8])


@pytest.mark.parametrize("at_once", [1, 5])
def test_names_are_bounded(at_once: int) -> None:
    """A service may call its threads after what they work at, in letters."""
    tallies = Tallies()
    taken: list[str] = []
    for number in range(500):
        name, _ = tallies.of(f"order {chr(0x4E00 + number)}", frozenset(taken[-at_once:]))
        taken.append(name)

    assert len(tallies) <= 100 + at_once + 1
    assert taken[-1].startswith("others")


async def wait_for_ever() -> None:
    await asyncio.get_running_loop().create_future()


def test_what_is_cumulative_goes_on_with_the_next_loop_of_a_pool() -> None:
    """As `async_to_sync` makes them: a thread and a loop for each call."""
    loops = WatchedLoops(0.1, frozenset, lambda *_: None)
    named = []
    for number in range(3):
        loop, has_ended = asyncio.new_event_loop(), threading.Event()
        is_running = threading.Event()
        loop.call_soon(is_running.set)
        thread = threading.Thread(target=loop.run_forever, name=f"ThreadPoolExecutor-{number}_0")
        thread.start()
        assert is_running.wait(30)
        look = Look(float(number), Usage())
        asyncio.run_coroutine_threadsafe(wait_for_ever(), loop)
        loops.search(look)
        loop.call_soon_threadsafe(has_ended.set)
        assert has_ended.wait(30)
        loops.look(look)
        named += [told["name"] for told in loops.read(look.now)]
        loop.call_soon_threadsafe(loop.stop)
        thread.join(30)
        loops.look(look)
        loop.close()
    loops.close()

    assert named == ["ThreadPoolExecutor-#_#"] * 3
