"""A thread of the service's own that computes all the time; its twin rests most of it."""

import threading
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from shop.fault import Answer, Endpoint, Fault, Twin, planted

STEPS = 20_000


def compute(over: threading.Event, rest: float) -> None:
    """Work on a report, with a rest after each piece."""
    cents = 990
    while not over.wait(rest):
        for step in range(STEPS):
            cents = (cents * 31 + step) % 1_000_003  # the planted line


async def report() -> Answer:
    """Ask how far the report is."""
    return {"at": time.time()}


@asynccontextmanager
async def _computing(rest: float) -> AsyncIterator[Endpoint]:
    over = threading.Event()
    thread = threading.Thread(target=compute, args=(over, rest), name="reports", daemon=True)
    thread.start()
    try:
        yield report
    finally:
        over.set()


FAULT = Fault(
    name="busy_thread",
    kind="gil_contention",
    path="/report",
    culprit=planted(compute),
    named="reports",
    opened=partial(_computing, 0),
)
TWIN = Twin(
    name="resting_thread",
    twin_of=FAULT,
    path="/report-fixed",
    opened=partial(_computing, 0.2),
)
