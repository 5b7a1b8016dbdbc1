"""A list in a module that only ever grows: each cart is remembered, none is forgotten."""

from shop.fault import Answer, Fault, planted, ready

CartLine = tuple[str, str, int]

CARTS: list[CartLine] = []

LINES_PER_CALL = 350
#: Growth ends here, at about 700 MB: a demo that is left running must not eat the machine.
FULL = 1_500_000

DESCRIPTION = "steel, enamelled twice, safe in a dishwasher, made to be dropped; " * 4


async def cart() -> Answer:
    """Remember one more cart: 350 small lines, about 160 KB."""
    kept_before = len(CARTS)
    for n in range(min(LINES_PER_CALL, FULL - kept_before)):
        CARTS.append((f"sku-{n:06d}", f"mug no. {n}: {DESCRIPTION}", n % 9 + 1))  # the planted line
    return {"lines": len(CARTS) - kept_before, "kept": len(CARTS)}


FAULT = Fault(
    name="growing_list",
    kind="memory_leak",
    cause="",
    path="/cart",
    culprit=planted(cart),
    retention=f"{__name__}.CARTS",
    opened=ready(cart),
)
