"""Sessions whose parts refer to each other in a circle; those of its twin do not."""

from collections import deque

from shop.fault import Answer, Fault, Twin, planted, ready

PARTS = 1_500


class Part:
    """A part of a session, which may know its next one."""

    def __init__(self) -> None:
        self.next: Part | None = None


#: Sessions of the last seconds.
SESSIONS: deque[list[Part]] = deque(maxlen=20)


async def session() -> Answer:
    """Begin a session whose parts hold each other for ever."""
    parts = [Part() for _ in range(PARTS)]
    for part, following in zip(parts, [*parts[1:], parts[0]], strict=True):
        part.next = following  # the planted line
    SESSIONS.append(parts)
    return {"parts": PARTS}


async def session_fixed() -> Answer:
    """Begin a session whose parts are freed with it."""
    SESSIONS.append([Part() for _ in range(PARTS)])
    return {"parts": PARTS}


FAULT = Fault(
    name="reference_cycles",
    kind="reference_cycles",
    path="/session",
    culprit=planted(session),
    calls_per_second=8,
    opened=ready(session),
)
TWIN = Twin(name="no_cycles", twin_of=FAULT, path="/session-fixed", opened=ready(session_fixed))
