"""A cache without a size, asked for something new each time; that of its twin has one."""

from functools import cache, lru_cache
from itertools import count

from shop.fault import Answer, Fault, Twin, planted, ready

NEW_A_CALL = 20

_numbers = count()


@cache
def label(number: int) -> str:
    """Write a label."""
    return f"label no. {number}"


@lru_cache(maxsize=64)
def label_fixed(number: int) -> str:
    """Write a label."""
    return f"label no. {number}"


async def labels() -> Answer:
    """Write new labels, all of which are remembered."""
    for _ in range(NEW_A_CALL):
        label(next(_numbers))  # the planted line
    return {"labels": NEW_A_CALL}


async def labels_fixed() -> Answer:
    """Write new labels, of which the last are remembered."""
    for _ in range(NEW_A_CALL):
        label_fixed(next(_numbers))
    return {"labels": NEW_A_CALL}


FAULT = Fault(
    name="cache_without_size",
    kind="unbounded_cache",
    path="/labels",
    culprit=planted(labels),
    named=f"{__name__}:label",
    opened=ready(labels),
)
TWIN = Twin(name="cache_with_size", twin_of=FAULT, path="/labels-fixed", opened=ready(labels_fixed))
