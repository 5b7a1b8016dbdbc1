"""Descriptors that nobody closes; its twin closes them."""

import os
from itertools import count

from shop.fault import Answer, Fault, Twin, planted, ready

#: Growth ends here: the usual limit of a process is 1,024.
MOST = 600

_opened = count()


async def receipt() -> Answer:
    """Write two receipts, the wrong way."""
    if next(_opened) < MOST / 2:
        for _ in range(2):
            os.open(os.devnull, os.O_WRONLY)  # the planted line
    return {"receipts": 2}


async def receipt_fixed() -> Answer:
    """Write two receipts, the right way."""
    for _ in range(2):
        os.close(os.open(os.devnull, os.O_WRONLY))
    return {"receipts": 2}


FAULT = Fault(
    name="unclosed_files",
    kind="descriptor_leak",
    path="/receipt",
    culprit=planted(receipt),
    named=os.devnull,
    opened=ready(receipt),
)
TWIN = Twin(name="closed_files", twin_of=FAULT, path="/receipt-fixed", opened=ready(receipt_fixed))
