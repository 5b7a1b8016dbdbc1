"""A task for each request that waits for what never comes; its twin waits with an end."""

import asyncio

from shop.fault import Answer, Fault, Twin, planted, ready


async def remind() -> None:
    """Wait for an hour that no customer waits for."""
    await asyncio.sleep(3600)


async def remind_soon() -> None:
    """Wait for a second."""
    await asyncio.sleep(1)


async def reminder() -> Answer:
    """Remind the customer, some day. The loop's own timers keep the task."""
    asyncio.get_running_loop().create_task(remind())  # the planted line
    return {"reminded": False}


async def reminder_fixed() -> Answer:
    """Remind the customer soon."""
    await remind_soon()
    return {"reminded": True}


FAULT = Fault(
    name="leaked_tasks",
    kind="task_leak",
    path="/reminder",
    culprit=planted(reminder),
    named=f"{__name__}.remind",
    calls_per_second=8,
    opened=ready(reminder),
)
TWIN = Twin(
    name="finished_tasks", twin_of=FAULT, path="/reminder-fixed", opened=ready(reminder_fixed)
)
