from __future__ import annotations

import sys

import pytest

from hognose._frames import Place, Places
from hognose.probes.loops.evidence import Evidence, within_callback

STDLIB = "/usr/lib/python3.11"
START = Place("/srv/shop.py", 90, "<module>")
RUN = Place(f"{STDLIB}/asyncio/runners.py", 190, "run")
RUN_ONCE = Place(f"{STDLIB}/asyncio/base_events.py", 1922, "_run_once")
HANDLE = Place(f"{STDLIB}/asyncio/events.py", 80, "_run")
SELECT = Place(f"{STDLIB}/selectors.py", 468, "select")
PAY = Place("/srv/shop.py", 4, "pay")


@pytest.mark.parametrize(
    ("places", "callback"),
    [
        ((START, RUN, RUN_ONCE, HANDLE, PAY), (HANDLE, PAY)),
        ((START, RUN, RUN_ONCE, SELECT), ()),
        ((START, RUN, RUN_ONCE), ()),
        ((START, RUN, PAY), (PAY,)),
        ((START, RUN), ()),
        ((START, PAY), (START, PAY)),
    ],
)
def test_what_started_the_loop_is_no_part_of_the_callback(places: Places, callback: Places) -> None:
    """The line that calls `asyncio.run` is on every stack, and never to blame."""
    assert within_callback(places) == callback


def test_equal_stacks_are_counted_and_the_culprit_is_the_line_seen_most() -> None:
    """A block that is looked at twenty times a second says where most of it went."""
    evidence = Evidence("order-1", "pay")

    def here() -> int:
        evidence.add(sys._getframe(1), is_late=False)
        return sys._getframe(1).f_lineno

    for _ in range(3):
        often = here()
    here()

    assert sorted(count for _, count in evidence.stacks()) == [1, 3]
    culprit = evidence.culprit()
    assert culprit is not None
    assert (culprit.file, culprit.line) == (__file__, often)
    assert not evidence.is_late


@pytest.mark.parametrize(("is_late", "stacks"), [(True, 0), (False, 1)])
def test_a_late_stack_of_a_loop_at_rest_is_none(is_late: bool, stacks: int) -> None:
    """In time it says that the loop itself got no CPU; late it says nothing."""
    evidence = Evidence()
    code = "def run():\n    add(sys._getframe(), is_late=is_late)\nrun()"
    names = {"sys": sys, "add": evidence.add, "is_late": is_late}

    exec(compile(code, RUN.file, "exec"), names)

    assert len(evidence.stacks()) == stacks
    assert not evidence.is_late


def test_stacks_that_all_came_late_are_told_as_late() -> None:
    """One in time is enough."""
    evidence = Evidence()
    assert not evidence.is_late

    evidence.add(sys._getframe(), is_late=True)
    assert evidence.is_late
    evidence.add(sys._getframe(), is_late=False)
    assert not evidence.is_late


def test_a_block_with_very_many_stacks_is_cut() -> None:
    """Sixty-four different ones are kept, and that there were more is said."""
    evidence = Evidence()
    for number in range(70):
        code = "\n" * number + "evidence.add(sys._getframe(), is_late=False)"
        exec(compile(code, "many.py", "exec"), {"evidence": evidence, "sys": sys})

    assert len(evidence.stacks()) == 64
    assert evidence.is_cut
