"""The clean twin of the blocking sleep: only the caller waits."""

import asyncio

from shop.fault import Answer, Twin, ready
from shop.faults import blocking_sleep
from shop.faults.blocking_sleep import SECONDS


async def checkout() -> Answer:
    """Wait for the till, the right way."""
    await asyncio.sleep(SECONDS)
    return {"paid": True}


TWIN = Twin(
    name="awaited_sleep",
    twin_of=blocking_sleep.FAULT,
    path="/checkout-fixed",
    opened=ready(checkout),
)
