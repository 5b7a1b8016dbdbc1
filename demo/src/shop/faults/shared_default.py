"""A default argument that all calls share; its twin makes a new one."""

from shop.fault import Answer, Fault, Twin, planted, ready

LINES_A_CALL = 20


def note(line: str, notes: list[str] = []) -> list[str]:  # noqa: B006 - it is what is planted
    """Add a line to a note, and to those of everybody else."""
    notes.append(line)  # the planted line
    return notes


def note_fixed(line: str, notes: list[str] | None = None) -> list[str]:
    """Add a line to a note."""
    notes = [] if notes is None else notes
    notes.append(line)
    return notes


async def notes() -> Answer:
    """Write notes, the wrong way."""
    return {"lines": [len(note("gift wrapped")) for _ in range(LINES_A_CALL)][-1]}


async def notes_fixed() -> Answer:
    """Write notes, the right way."""
    return {"lines": [len(note_fixed("gift wrapped")) for _ in range(LINES_A_CALL)][-1]}


FAULT = Fault(
    name="shared_default",
    kind="growing_default_argument",
    path="/notes",
    culprit=planted(note),
    named=f"{__name__}:note(notes)",
    opened=ready(notes),
)
TWIN = Twin(name="new_default", twin_of=FAULT, path="/notes-fixed", opened=ready(notes_fixed))
