"""A call of what will not be there much longer; its twin calls what replaces it."""

import warnings

from shop.fault import Answer, Fault, Twin, planted, ready


def old_tax(cents: int) -> int:
    """Work out a tax, as was usual."""
    warnings.warn("old_tax() goes", DeprecationWarning, stacklevel=1)  # the planted line
    return cents // 5


def receipt_total(cents: int) -> int:
    """Add the tax."""
    return cents + old_tax(cents)


async def total() -> Answer:
    """Say what all of it costs, the old way."""
    return {"cents": receipt_total(990)}


async def total_fixed() -> Answer:
    """Say what all of it costs."""
    return {"cents": 990 + 990 // 5}


FAULT = Fault(
    name="deprecation_warnings",
    kind="deprecation_warnings",
    path="/total",
    culprit=planted(old_tax),
    named="DeprecationWarning",
    calls_per_second=1,
    opened=ready(total),
)
TWIN = Twin(name="new_call", twin_of=FAULT, path="/total-fixed", opened=ready(total_fixed))
