"""Twins do a fault's work and keep the loop free."""

import asyncio

import pytest

from shop.fault import Fault, Twin
from shop.faults import ALL, FAULTS, TWINS, blocking_sleep
from tests import in_process

FREE = [twin for twin in TWINS if twin.twin_of.kind == "loop_block"]


async def _longest_lag(of: Fault | Twin) -> float:
    """The longest time, in seconds, between two beats of a loop that makes one call."""
    loop = asyncio.get_running_loop()
    longest = 0.0
    beaten = asyncio.Event()

    async def beat() -> None:
        nonlocal longest
        while True:
            before = loop.time()
            await asyncio.sleep(0.01)
            longest = max(longest, loop.time() - before)
            beaten.set()

    async with in_process.shop(of.name) as client:
        beating = asyncio.create_task(beat())
        await asyncio.sleep(0)
        answer = await client.get(of.path)
        beaten.clear()
        await beaten.wait()
        beating.cancel()
    assert answer.status_code == 200
    return longest


def test_blocked_loop_lags() -> None:
    """
    What the twins are measured with sees a fault.
    """
    assert asyncio.run(_longest_lag(blocking_sleep.FAULT)) >= 1.4


@pytest.mark.parametrize("twin", FREE, ids=lambda twin: twin.name)
def test_twin_leaves_the_loop_free(twin: Twin) -> None:
    """
    The loop goes on while the twin does the same work.
    """
    assert asyncio.run(_longest_lag(twin)) < 0.5


def test_every_fault_has_its_twin() -> None:
    """
    Faults and twins are pairs, with names and paths of their own.
    """
    assert [twin.twin_of for twin in TWINS] == list(FAULTS)
    assert len({each.name for each in ALL}) == len(ALL)
    assert len({each.path for each in ALL}) == len(ALL)
