"""The clean twin of the blocking HTTP request: the loop serves others until the answer is there."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

import httpx

from shop import warehouse
from shop.fault import Answer, Endpoint, Twin
from shop.faults import blocking_http


async def stock(client: httpx.AsyncClient, address: str) -> Answer:
    """Ask the warehouse, the right way."""
    answer = await client.get(f"http://{address}/stock", timeout=warehouse.PATIENCE_SECONDS)
    return {"stock": answer.json()}


@asynccontextmanager
async def _opened() -> AsyncIterator[Endpoint]:
    # A new client reads all certificate authorities, 40 ms of work: not on the loop.
    client = await asyncio.to_thread(httpx.AsyncClient, trust_env=False)
    async with client, warehouse.running() as address:
        yield partial(stock, client, address)


TWIN = Twin(
    name="awaited_http",
    twin_of=blocking_http.FAULT,
    path="/stock-fixed",
    opened=_opened,
)
