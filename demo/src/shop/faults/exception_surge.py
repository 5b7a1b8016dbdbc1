"""Many more failures than usual; its twin fails as seldom as ever."""

import logging

from shop.fault import Answer, Fault, Twin, planted, ready

FAILURES_A_CALL = 4


def pay(card: int) -> None:
    """Ask a bank that is away."""
    raise ConnectionError(f"bank {card % 3} does not answer")  # the planted line


def pay_fixed(card: int) -> int:
    """Ask a bank that is there."""
    return card % 3


async def payment() -> Answer:
    """Pay, or say in the log why not."""
    for card in range(FAILURES_A_CALL):
        try:
            pay(card)
        except ConnectionError:
            logging.getLogger(__name__).exception("not paid")
    return {"paid": False}


async def payment_fixed() -> Answer:
    """Pay."""
    return {"paid": sum(pay_fixed(card) for card in range(FAILURES_A_CALL))}


FAULT = Fault(
    name="exception_surge",
    kind="exception_surge",
    path="/payment",
    culprit=planted(pay),
    named="ConnectionError",
    opened=ready(payment),
)
TWIN = Twin(name="no_surge", twin_of=FAULT, path="/payment-fixed", opened=ready(payment_fixed))
