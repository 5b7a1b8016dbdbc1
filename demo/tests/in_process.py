"""The shop within the test's own process, without a socket."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx

from shop.app import application


@asynccontextmanager
async def shop(*faults: str) -> AsyncIterator[httpx.AsyncClient]:
    """A client of a started shop with these faults on."""
    app = application(faults)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(
            transport=httpx.ASGITransport(app), base_url="http://shop", timeout=30
        ) as client,
    ):
        yield client
