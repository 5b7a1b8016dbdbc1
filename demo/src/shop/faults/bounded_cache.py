"""The clean twin of the growing list: the same lines, of which only the latest are kept."""

from collections import deque

from shop.fault import Answer, Twin, ready
from shop.faults import growing_list
from shop.faults.growing_list import DESCRIPTION, LINES_PER_CALL, CartLine

CACHE: deque[CartLine] = deque(maxlen=40_000)


async def cart() -> Answer:
    """Remember one more cart, and forget the oldest when the cache is full."""
    for n in range(LINES_PER_CALL):
        CACHE.append((f"sku-{n:06d}", f"mug no. {n}: {DESCRIPTION}", n % 9 + 1))
    return {"lines": LINES_PER_CALL, "kept": len(CACHE)}


TWIN = Twin(
    name="bounded_cache",
    twin_of=growing_list.FAULT,
    path="/cart-fixed",
    opened=ready(cart),
)
