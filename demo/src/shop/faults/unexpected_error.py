"""A price that is None at times, and nobody thought of it; its twin did."""

import logging

from shop.fault import Answer, Fault, Twin, planted, ready


def discount(price: int | None) -> int:
    """Take ten cents off."""
    return price - 10  # type: ignore[operator]  # the planted line


async def sales() -> Answer:
    """Say what things cost in the sales, or in the log why not."""
    try:
        return {"cents": discount(None)}
    except TypeError:
        logging.getLogger(__name__).exception("no discount")
    return {"cents": None}


async def sales_fixed() -> Answer:
    """Say what things cost in the sales."""
    return {"cents": None}


FAULT = Fault(
    name="unexpected_error",
    kind="unexpected_error",
    path="/sales",
    culprit=planted(discount),
    named="TypeError",
    calls_per_second=1,
    opened=ready(sales),
)
TWIN = Twin(name="expected", twin_of=FAULT, path="/sales-fixed", opened=ready(sales_fixed))
