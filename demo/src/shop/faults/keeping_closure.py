"""A function that keeps what it has ever seen in its closure; its twin keeps the last."""

from collections import deque
from collections.abc import Callable, MutableSequence

from shop.fault import Answer, Fault, Twin, planted, ready

NEW_A_CALL = 20


def _remembering(kept: MutableSequence[str]) -> Callable[[str], int]:
    def remember(basket: str) -> int:
        kept.append(basket)  # the planted line
        return len(kept)

    return remember


remember = _remembering([])
remember_last = _remembering(deque(maxlen=100))


async def baskets() -> Answer:
    """Remember baskets, all of them."""
    return {"kept": [remember("a basket") for _ in range(NEW_A_CALL)][-1]}


async def baskets_fixed() -> Answer:
    """Remember baskets, the last of them."""
    return {"kept": [remember_last("a basket") for _ in range(NEW_A_CALL)][-1]}


FAULT = Fault(
    name="keeping_closure",
    kind="closure_keeps",
    path="/baskets",
    culprit=planted(remember),
    named="remember[kept]",
    opened=ready(baskets),
)
TWIN = Twin(
    name="forgetting_closure", twin_of=FAULT, path="/baskets-fixed", opened=ready(baskets_fixed)
)
