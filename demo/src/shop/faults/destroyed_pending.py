"""Tasks that nobody keeps and that end in the middle; its twin keeps them until they are done."""

import asyncio

from shop.fault import Answer, Fault, Twin, planted, ready


async def deliver(never: "asyncio.Future[None]") -> None:
    """Wait for a van that only this coroutine knows of."""
    await never


async def delivery() -> Answer:
    """Begin a delivery, and forget it."""
    loop = asyncio.get_running_loop()
    loop.create_task(deliver(loop.create_future()))  # noqa: RUF006  # the planted line
    await asyncio.sleep(0)
    return {"begun": True}


async def delivery_fixed() -> Answer:
    """Begin a delivery, and end it."""
    loop = asyncio.get_running_loop()
    van: asyncio.Future[None] = loop.create_future()
    delivering = loop.create_task(deliver(van))
    await asyncio.sleep(0)
    van.set_result(None)
    await delivering
    return {"begun": True}


FAULT = Fault(
    name="destroyed_pending",
    kind="destroyed_pending",
    path="/delivery",
    culprit=planted(delivery),
    named="deliver",
    opened=ready(delivery),
)
TWIN = Twin(name="kept_tasks", twin_of=FAULT, path="/delivery-fixed", opened=ready(delivery_fixed))
