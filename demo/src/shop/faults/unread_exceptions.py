"""Tasks that fail and that nobody asks; its twin awaits them."""

import asyncio

from shop.fault import Answer, Fault, Twin, planted, ready


async def audit() -> None:
    """Note a sale, in a ledger that is not there."""
    raise FileNotFoundError("no ledger")  # the planted line


async def sale() -> Answer:
    """Sell something; the auditing fails and nobody knows."""
    asyncio.get_running_loop().create_task(audit())
    await asyncio.sleep(0)
    return {"audited": True}


async def sale_fixed() -> Answer:
    """Sell something; the auditing fails and the answer says so."""
    try:
        await asyncio.get_running_loop().create_task(audit())
    except FileNotFoundError:
        return {"audited": False}
    return {"audited": True}


FAULT = Fault(
    name="unread_exceptions",
    kind="unread_exceptions",
    path="/sale",
    culprit=planted(audit),
    named="audit",
    calls_per_second=1,
    opened=ready(sale),
)
TWIN = Twin(name="read_exceptions", twin_of=FAULT, path="/sale-fixed", opened=ready(sale_fixed))
