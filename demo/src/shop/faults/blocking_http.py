"""A synchronous HTTP request inside `async def`: the loop stands still until the answer."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from functools import partial
from http.client import HTTPConnection

from shop import warehouse
from shop.fault import Answer, Endpoint, Fault, planted


async def stock(address: str) -> Answer:
    """Ask the warehouse, the wrong way."""
    with closing(HTTPConnection(address, timeout=warehouse.PATIENCE_SECONDS)) as connection:
        connection.request("GET", "/stock")
        answer = connection.getresponse()  # the planted line
        return {"stock": json.load(answer)}


@asynccontextmanager
async def _opened() -> AsyncIterator[Endpoint]:
    async with warehouse.running() as address:
        yield partial(stock, address)


FAULT = Fault(
    name="blocking_http",
    kind="loop_block",
    cause="sync_io",
    path="/stock",
    culprit=planted(stock),
    opened=_opened,
)
