"""`time.sleep` inside `async def`: the caller waits, and everybody else waits with it."""

import time

from shop.fault import Answer, Fault, planted, ready

SECONDS = 1.5


async def checkout() -> Answer:
    """Wait for the till, the wrong way."""
    time.sleep(SECONDS)  # the planted line
    return {"paid": True}


FAULT = Fault(
    name="blocking_sleep",
    kind="loop_block",
    cause="sync_sleep",
    path="/checkout",
    culprit=planted(checkout),
    opened=ready(checkout),
)
