from __future__ import annotations

import _tracemalloc
import gc
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest

import hognose
from hognose._budget import Budget
from hognose._frames import Functions, enclosing_function
from hognose._happenings import AllocationGrowth
from hognose.probes.allocations import Allocations
from hognose.probes.allocations.sites import (
    LargeBlocks,
    RawTrace,
    Totals,
    everything,
    growth,
    largest_sites,
    totals,
)
from hognose.probes.allocations.turn import Turn
from hognose.probes.allocations.window import Window

MIB = 2**20


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Tracer:
    """A tracemalloc that says what it is told to."""

    def __init__(self, traces: list[RawTrace], memory: int = 50_000) -> None:
        self.traces = traces
        self.memory = memory
        self.depth = 0
        self.gc_was_enabled: bool | None = None

    def start(self, nframe: int, /) -> None:
        self.depth = nframe

    def stop(self) -> None:
        self.depth = 0

    def is_tracing(self) -> bool:
        return self.depth > 0

    def get_traced_memory(self) -> tuple[int, int]:
        return sum(size for _, size, _, _ in self.traces), 0

    def get_tracemalloc_memory(self) -> int:
        return self.memory

    def _get_traces(self) -> list[RawTrace]:
        self.gc_was_enabled = gc.isenabled()
        return self.traces


def closed(allocations: Allocations, clock: Clock) -> AllocationGrowth:
    """What the window tells at its end."""
    told: list[AllocationGrowth] = []
    while not told:
        clock.now = allocations.closes_at
        told = allocations.close_due()
    return told[0]


def test_a_window_ends_before_there_is_too_much_to_read() -> None:
    """Half of the budget is kept for what comes until the next look."""
    clock, tracer = Clock(), Tracer([])
    allocations = Allocations("adaptive", 60.0, tracer, clock)
    allocations.open()
    for _ in range(3):
        clock.now = allocations.closes_at
        assert allocations.close_due() == []
    tracer.memory = 1_300_000

    told = closed(allocations, clock)

    assert told["window_ms"] == 400
    assert told["predicted_pause_ms"] == pytest.approx(10.4)
    assert allocations.skipped == {}


def test_a_window_is_closed_after_two_seconds() -> None:
    """It tells what survived, what it cost and what that had been expected to be."""
    clock, tracer = Clock(), Tracer([(0, 4096, (("/srv/shop.py", 3), ("/srv/app.py", 9)), 2)] * 3)
    allocations = Allocations("adaptive", 1800.0, tracer, clock)

    assert allocations.open()
    assert tracer.depth == 5
    assert allocations.read() == {"tracer_bytes": 50000}
    told = closed(allocations, clock)

    assert not tracer.is_tracing()
    assert tracer.gc_was_enabled is False
    assert gc.isenabled()
    assert told["window_ms"] == 2000
    assert told["predicted_pause_ms"] == pytest.approx(0.4)
    assert 0 < told["pause_ms"] < 20
    assert told["sites"] == [
        {
            "frames": [
                {"file": "/srv/app.py", "line": 9, "function": ""},
                {"file": "/srv/shop.py", "line": 3, "function": ""},
            ],
            "bytes": 12288,
            "blocks": 3,
        }
    ]
    assert told["cut"] is False


def test_the_next_window_waits_for_the_tracing_interval() -> None:
    """However suspicious the process is."""
    clock, tracer = Clock(), Tracer([])
    allocations = Allocations("adaptive", 60.0, tracer, clock)
    allocations.open()
    closed(allocations, clock)

    assert not allocations.open()
    clock.now += 60.0
    assert allocations.open()
    assert tracer.is_tracing()


def test_a_reading_over_budget_is_left_out_and_said() -> None:
    """Three million traces would hold the GIL for more than a second."""
    clock, tracer = Clock(), Tracer([(0, 1, (("/srv/shop.py", 3),), 1)], memory=150_000_000)
    allocations = Allocations("adaptive", 60.0, tracer, clock)
    allocations.open()
    clock.now = allocations.closes_at

    (told,) = allocations.close_due()

    assert told["predicted_pause_ms"] == pytest.approx(1200)
    assert (told["pause_ms"], told["sites"], told["cut"]) == (0.0, [], True)
    assert allocations.skipped == {"allocations: pause": 1}
    assert not tracer.is_tracing()


def test_a_service_that_traces_by_itself_is_left_alone() -> None:
    """Its tracing is neither used, nor changed, nor stopped."""
    tracer = Tracer([])
    tracer.start(25)
    allocations = Allocations("adaptive", 60.0, tracer, Clock())

    assert not allocations.open()
    allocations.stop()

    assert tracer.depth == 25


def test_tracing_that_is_off_stays_off() -> None:
    """No growth switches it on."""
    tracer = Tracer([])

    assert not Allocations("off", 60.0, tracer, Clock()).open()
    assert not tracer.is_tracing()


def test_continuous_tracing_tells_what_grew_between_readings() -> None:
    """What was there at the last reading is not told again."""
    clock, frames = Clock(), (("/srv/shop.py", 3),)
    tracer = Tracer([(0, 100, frames, 1)])
    allocations = Allocations("continuous", 60.0, tracer, clock)
    clock.now = allocations.closes_at
    allocations.close_due()

    tracer.traces = [(0, 100, frames, 1), (0, 50, frames, 1)]
    clock.now = allocations.closes_at
    (told,) = allocations.close_due()

    assert [(site["bytes"], site["blocks"]) for site in told["sites"]] == [(50, 1)]
    assert tracer.is_tracing()
    allocations.stop()
    assert not tracer.is_tracing()


def test_equal_stacks_are_one_site_and_the_largest_come_first() -> None:
    """tracemalloc shares a stack between its traces; other equal ones are merged as well."""
    small = (("/srv/shop.py", 8),)
    grown = totals(
        [
            (0, 10, (("/srv/shop.py", 3),), 1),
            (0, 20, (("/srv/shop.py", 3),), 1),
            (0, 25, small, 1),
        ]
    )

    sites, cut = largest_sites(grown)

    assert [(site["frames"][0]["line"], site["bytes"], site["blocks"]) for site in sites] == [
        (3, 30, 2),
        (8, 25, 1),
    ]
    assert not cut
    assert growth(grown, grown) == {}


def test_twenty_sites_are_told_and_the_rest_is_said_to_be_cut() -> None:
    """An event is for a reader."""
    sites, cut = largest_sites(totals([(0, n, (("/srv/shop.py", n),), 1) for n in range(1, 30)]))

    assert [site["bytes"] for site in sites] == list(range(29, 9, -1))
    assert cut


def test_the_agent_and_the_import_system_are_no_sites() -> None:
    """What we allocate is not the service's, and importing is no place in its code."""
    agent = str(Path(hognose.__path__[0]) / "_agent.py")
    sites, _ = largest_sites(
        totals(
            [
                (0, 10, (("/usr/lib/python3.11/json/decoder.py", 1), (agent, 7)), 2),
                (0, 10, (("<frozen importlib._bootstrap>", 1), ("/srv/shop.py", 1)), 2),
                (0, 10, (("<frozen importlib._bootstrap>", 2),), 1),
            ]
        )
    )

    assert [frame["file"] for site in sites for frame in site["frames"]] == ["/srv/shop.py"]


SOURCE = '''\
import os
CACHE = {}

class Shop:
    """Sells

things.
    """
    def pay(self, card):
        def charge():
            return card
        # here
        if card:

            return {
                "card": charge(),
    "odd": 1,
            }

    async def ship(
        self,
    ):
        await self.post(
            1,
        )

def one_line(): return bytearray(10)
'''


@pytest.mark.parametrize(
    ("line", "function"),
    [
        (2, "<module>"),
        (4, "<module>"),
        (11, "charge"),
        (12, "pay"),
        (15, "pay"),
        (16, "pay"),
        (18, "pay"),
        (23, "ship"),
        (24, "ship"),
        (27, "one_line"),
        (99, ""),
        (0, ""),
    ],
)
def test_the_function_around_a_line_is_told_by_indentation(line: int, function: str) -> None:
    """Nested functions, methods, coroutines, and code outside of any."""
    assert enclosing_function(SOURCE.splitlines(), line) == function


def test_only_what_ends_a_line_for_python_does(tmp_path: Path) -> None:
    """A form feed between functions, or another separator in a text, is none."""
    source = "def first():\r\n    pass\n\n\x0c\nTEXT = '\x1c\x85\u2028'\ndef second():\n    pass\n"
    file = tmp_path / "shop.py"
    file.write_bytes(source.encode())

    functions = Functions()

    assert [functions.around(str(file), line) for line in (2, 5, 7)] == [
        "first",
        "<module>",
        "second",
    ]


def test_nobody_sees_the_collector_off() -> None:
    """A child that is forked in that moment would have it off for all its life."""
    seen: list[bool] = []
    has_ended = threading.Event()

    def watch() -> None:
        while not has_ended.is_set():
            if not gc.isenabled():
                seen.append(True)

    watching = threading.Thread(target=watch)
    window = Window(cast("Any", _tracemalloc), budget=Budget(pause=60.0, share=1.0))
    held = [[number] for number in range(50_000)]
    watching.start()
    told = window.close(everything)
    has_ended.set()
    watching.join()

    assert told["sites"]
    assert len(held) == 50_000
    assert seen == []


@pytest.mark.parametrize("switch", [gc.disable, gc.enable])
def test_the_collector_is_afterwards_as_the_service_wants_it(switch: Callable[[], None]) -> None:
    """Also where that has changed just before, or reading the traces fails."""

    class Failing(Tracer):
        def _get_traces(self) -> list[RawTrace]:
            raise MemoryError

    try:
        switch()
        is_enabled = gc.isenabled()
        Window(Tracer([])).close(everything)
        assert gc.isenabled() is is_enabled
        with pytest.raises(MemoryError):
            Window(Failing([])).close(everything)
        assert gc.isenabled() is is_enabled
    finally:
        gc.enable()


def test_one_worker_of_a_service_traces_at_a_time() -> None:
    """The next one's turn comes when the window is closed; another service has its own."""
    clock, tracers = Clock(), [Tracer([]) for _ in range(3)]
    first, second, other = (
        Allocations("adaptive", 60.0, tracer, clock, turn=Turn(service))
        for tracer, service in zip(tracers, (__name__, __name__, f"{__name__}-2"), strict=True)
    )

    assert first.open()
    assert not second.open()
    assert other.open()
    closed(first, clock)
    assert second.open()
    second.stop()
    other.stop()


def test_a_window_waits_while_the_budget_is_spent() -> None:
    """What a reading took is made up for before the next."""
    clock, tracer = Clock(), Tracer([])
    budget = Budget(share=0.01, clock=clock)
    allocations = Allocations("adaptive", 1.0, tracer, clock, budget)

    budget.spend(0.5, pause=0.012)
    clock.now += 49
    assert not allocations.open()
    clock.now += 1
    assert allocations.open()
    assert budget.longest_pause == 0.012


def test_outside_of_pythons_heap_only_large_and_heavy_sites_are_told() -> None:
    """A native leak must not be blamed on what a window happens to see of Python."""
    grown: Totals = {
        (("/srv/small.py", 1),): (900_000, 9000),
        (("/srv/few.py", 1),): (9_000, 1),
        (("/srv/buffers.py", 1),): (300_000, 3),
    }

    sites, cut = largest_sites(grown, LargeBlocks(1_000_000))

    assert [site["frames"][-1]["file"] for site in sites] == ["/srv/buffers.py"]
    assert not cut
