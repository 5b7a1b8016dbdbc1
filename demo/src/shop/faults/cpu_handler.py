"""Long pure-Python work inside `async def`: nobody else is served until it is done."""

from time import thread_time

from shop.fault import Answer, Fault, planted, ready

#: Of CPU time, not of wall time: as long on a fast machine as on a slow one.
CPU_SECONDS = 1.5
STEPS_BETWEEN_CLOCKS = 20_000


async def quote() -> Answer:
    """Work out a price, the wrong way."""
    cents = 990
    end = thread_time() + CPU_SECONDS
    while thread_time() < end:
        for step in range(STEPS_BETWEEN_CLOCKS):
            cents = (cents * 31 + step) % 1_000_003  # the planted line
    return {"cents": cents}


FAULT = Fault(
    name="cpu_handler",
    kind="loop_block",
    cause="cpu",
    path="/quote",
    culprit=planted(quote),
    opened=ready(quote),
)
