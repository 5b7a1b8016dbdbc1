"""A coroutine that nobody awaits; its twin does."""

import asyncio

from shop.fault import Answer, Fault, Twin, planted, ready


async def confirm() -> None:
    """Confirm an order."""
    await asyncio.sleep(0)


async def order() -> Answer:
    """Order something; it is never confirmed."""
    confirm()  # type: ignore[unused-coroutine]  # the planted line
    return {"confirmed": True}


async def order_fixed() -> Answer:
    """Order something."""
    await confirm()
    return {"confirmed": True}


FAULT = Fault(
    name="never_awaited",
    kind="never_awaited",
    path="/order",
    culprit=planted(order),
    named="never awaited",
    calls_per_second=1,
    opened=ready(order),
)
TWIN = Twin(name="awaited", twin_of=FAULT, path="/order-fixed", opened=ready(order_fixed))
