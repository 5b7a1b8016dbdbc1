"""Each fault knows the line on which the loop stands still."""

import asyncio
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import pytest

import shop as package
from shop.fault import Fault, Place, planted
from shop.faults import FAULTS
from tests import in_process

BLOCKING = [fault for fault in FAULTS if fault.kind == "loop_block"]
HERE = str(Path(package.__file__).parent)


def _innermost_of_ours(frame: FrameType | None) -> Iterator[Place]:
    while frame is not None:
        code = frame.f_code
        if code.co_filename.startswith(HERE):
            yield Place(code.co_filename, frame.f_lineno, code.co_name)
            return
        frame = frame.f_back


@contextmanager
def _watched() -> Iterator[Counter[Place]]:
    """Where this thread is, fifty times a second, as another one sees it."""
    seen: Counter[Place] = Counter()
    over = threading.Event()
    watched = threading.get_ident()

    def watch() -> None:
        while not over.wait(0.02):
            seen.update(_innermost_of_ours(sys._current_frames()[watched]))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield seen
    finally:
        over.set()
        watcher.join()


@pytest.mark.parametrize("fault", BLOCKING, ids=lambda fault: fault.name)
def test_loop_stands_on_the_planted_line(fault: Fault) -> None:
    """
    During a block nearly every look at the loop's thread finds the fault's culprit.
    """

    async def watch_one_block() -> Counter[Place]:
        async with in_process.shop(fault.name) as client:
            with _watched() as seen:
                answer = await client.get(fault.path)
        assert answer.status_code == 200
        return seen

    seen = asyncio.run(watch_one_block())

    assert seen.total() >= 10
    assert seen[fault.culprit] >= 0.9 * seen.total(), seen


def test_two_planted_lines_are_refused() -> None:
    """
    A function with two marks has no place to name.
    """

    def both() -> None:
        print("one")  # the planted line
        print("two")  # the planted line

    with pytest.raises(ValueError, match="2 lines end with '# the planted line', not one"):
        planted(both)


def test_no_planted_line_is_refused() -> None:
    """
    A function without a mark has no place to name.
    """
    with pytest.raises(ValueError, match="0 lines end with"):
        planted(_innermost_of_ours)
