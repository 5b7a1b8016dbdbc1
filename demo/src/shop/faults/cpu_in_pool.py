"""CPU work in the loop's thread pool; its twin does it in a process."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from shop.fault import Answer, Endpoint, Fault, Twin, planted, ready
from shop.faults.pooled_cpu import quote as quote_elsewhere
from shop.worker import one_worker

STEPS = 400_000


def rate() -> int:
    """Work out a rate, in pure Python."""
    cents = 990
    for step in range(STEPS):
        cents = (cents * 31 + step) % 1_000_003  # the planted line
    return cents


async def rates() -> Answer:
    """Work it out forty times, in a thread: the loop is not blocked, but it has to queue."""
    cents = 0
    for _ in range(40):
        cents = await asyncio.to_thread(rate)
    return {"cents": cents}


@asynccontextmanager
async def _opened() -> AsyncIterator[Endpoint]:
    async with one_worker() as pool:
        yield partial(quote_elsewhere, pool)


FAULT = Fault(
    name="cpu_in_pool",
    kind="pool_cpu",
    path="/rates",
    culprit=planted(rate),
    named="asyncio_#",
    calls_per_second=1,
    opened=ready(rates),
)
TWIN = Twin(name="cpu_in_process", twin_of=FAULT, path="/rates-fixed", opened=_opened)
