"""Tasks that take twelve seconds; those of its twin take one."""

import asyncio

from shop.fault import Answer, Fault, Twin, planted, ready


async def price(seconds: float) -> None:
    """Ask a slow supplier."""
    await asyncio.sleep(seconds)  # the planted line


async def price_soon() -> None:
    """Ask a quick supplier."""
    await asyncio.sleep(1)


async def offer() -> Answer:
    """Begin an offer that is ready when nobody waits for it any more."""
    asyncio.get_running_loop().create_task(price(12))
    return {"offered": False}


async def offer_fixed() -> Answer:
    """Begin an offer that is ready soon."""
    asyncio.get_running_loop().create_task(price_soon())
    return {"offered": False}


FAULT = Fault(
    name="slow_tasks",
    kind="slow_tasks",
    path="/offer",
    culprit=planted(price),
    named=f"{__name__}.price",
    opened=ready(offer),
)
TWIN = Twin(name="quick_tasks", twin_of=FAULT, path="/offer-fixed", opened=ready(offer_fixed))
