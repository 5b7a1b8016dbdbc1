"""A collection by hand at each request, over a large heap; its twin leaves it to Python."""

import gc
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial

from shop.fault import Answer, Endpoint, Fault, Twin, planted

ENTRIES = 100_000


async def search(index: list[list[int]]) -> Answer:
    """Look something up, and tidy up for no reason."""
    gc.collect()  # the planted line
    return {"entries": len(index)}


async def search_fixed(index: list[list[int]]) -> Answer:
    """Look something up."""
    return {"entries": len(index)}


@asynccontextmanager
async def _indexed(
    endpoint: Callable[[list[list[int]]], Awaitable[Answer]],
) -> AsyncIterator[Endpoint]:
    # Without collections in the middle: they would block the loop of the twin, too.
    gc.disable()
    index = [[n] for n in range(ENTRIES)]
    gc.enable()
    yield partial(endpoint, index)


FAULT = Fault(
    name="collecting",
    kind="gc_pressure",
    path="/search",
    culprit=planted(search),
    calls_per_second=8,
    opened=partial(_indexed, search),
)
TWIN = Twin(
    name="not_collecting",
    twin_of=FAULT,
    path="/search-fixed",
    opened=partial(_indexed, search_fixed),
)
