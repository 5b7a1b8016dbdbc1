"""The clean twin of the CPU handler: the same work in a process of its own."""

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import Executor
from contextlib import asynccontextmanager
from functools import partial
from time import thread_time

from shop.fault import Answer, Endpoint, Twin
from shop.faults import cpu_handler
from shop.faults.cpu_handler import CPU_SECONDS, STEPS_BETWEEN_CLOCKS
from shop.worker import one_worker


def price() -> int:
    """Work out a price, wherever it harms nobody."""
    cents = 990
    end = thread_time() + CPU_SECONDS
    while thread_time() < end:
        for step in range(STEPS_BETWEEN_CLOCKS):
            cents = (cents * 31 + step) % 1_000_003
    return cents


async def quote(pool: Executor) -> Answer:
    """Have a price worked out."""
    return {"cents": await asyncio.get_running_loop().run_in_executor(pool, price)}


@asynccontextmanager
async def _opened() -> AsyncIterator[Endpoint]:
    async with one_worker() as pool:
        yield partial(quote, pool)


TWIN = Twin(
    name="pooled_cpu",
    twin_of=cpu_handler.FAULT,
    path="/quote-fixed",
    opened=_opened,
)
