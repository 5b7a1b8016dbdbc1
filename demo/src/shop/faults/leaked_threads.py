"""A thread for each request that waits for what never comes; its twin uses the pool."""

import asyncio
import threading
from itertools import count

from shop.fault import Answer, Fault, Twin, planted, ready

#: Growth ends here: a demo that is left running must not eat the machine.
MOST = 250

_started = count()
_never = threading.Event()


async def notify() -> Answer:
    """Tell the warehouse, each time in a new thread that never ends."""
    if next(_started) < MOST:
        threading.Thread(target=_never.wait, name="notify", daemon=True).start()  # the planted line
    return {"notified": True}


async def notify_fixed() -> Answer:
    """Tell the warehouse in a thread of the pool."""
    await asyncio.to_thread(_never.wait, 0.01)
    return {"notified": True}


FAULT = Fault(
    name="leaked_threads",
    kind="thread_leak",
    path="/notify",
    culprit=planted(notify),
    named="notify",
    opened=ready(notify),
)
TWIN = Twin(name="pooled_threads", twin_of=FAULT, path="/notify-fixed", opened=ready(notify_fixed))
