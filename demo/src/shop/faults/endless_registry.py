"""A module's dictionary that forgets nobody; that of its twin forgets the oldest."""

from itertools import count

from shop.fault import Answer, Fault, Twin, planted, ready

NEW_A_CALL = 20
MOST = 200

SEEN: dict[int, bool] = {}
SEEN_LATELY: dict[int, bool] = {}

_visitors = count()


async def visit() -> Answer:
    """Greet new visitors, all of whom are remembered."""
    for _ in range(NEW_A_CALL):
        SEEN[next(_visitors)] = True  # the planted line
    return {"seen": len(SEEN)}


async def visit_fixed() -> Answer:
    """Greet new visitors, of whom the last are remembered."""
    for _ in range(NEW_A_CALL):
        SEEN_LATELY[next(_visitors)] = True
        if len(SEEN_LATELY) > MOST:
            del SEEN_LATELY[next(iter(SEEN_LATELY))]
    return {"seen": len(SEEN_LATELY)}


FAULT = Fault(
    name="endless_registry",
    kind="growing_container",
    path="/visit",
    culprit=planted(visit),
    named=f"{__name__}:SEEN",
    opened=ready(visit),
)
TWIN = Twin(
    name="forgetful_registry", twin_of=FAULT, path="/visit-fixed", opened=ready(visit_fixed)
)
