from __future__ import annotations

from collections import Counter

import pytest

from hognose._happenings import Cause
from hognose.probes.loops.cause import judge, split
from hognose.probes.loops.look import Usage
from hognose.probes.loops.watchdog import asked, kept_out


@pytest.mark.parametrize(
    ("seconds", "spent", "cause"),
    [
        # As seen on a busy machine, of handlers that only read and wrote their own socket.
        (0.265, Usage(cpu=0.027, runqueue=0.124, gil=0.045), "STARVED"),
        (0.441, Usage(cpu=0.037, runqueue=0.240, gil=0.364), "STARVED"),
        (0.170, Usage(cpu=0.023, runqueue=0.125, gil=0.170), "STARVED"),
        # The same without a machine that is busy: the call itself.
        (0.265, Usage(cpu=0.027, runqueue=0.010, gil=0.005), "SYNC_IO"),
        (0.265, Usage(cpu=0.005, runqueue=0.110, gil=0.002), "SYNC_IO"),
    ],
)
def test_a_socket_that_is_ready_is_not_what_a_busy_machine_waits_for(
    seconds: float, spent: Usage, cause: Cause
) -> None:
    """Each call is short, and which one a look comes upon is chance."""
    assert judge(seconds, spent, Counter({"SYNC_IO": 3}), 0.1) == cause


@pytest.mark.parametrize(
    ("spent", "cause"),
    [
        (Usage(cpu=0.1, runqueue=0.2, gil=0.4), "GIL"),
        (Usage(cpu=0.1, runqueue=0.3, gil=0.25), "STARVED"),
        (Usage(cpu=0.3, runqueue=0.1, gil=0.2), "CPU"),
        (Usage(cpu=0.05, runqueue=0.05, gil=0.05), "SYNC_IO"),
    ],
)
def test_without_a_stack_that_says_so_nothing_waits_for_input(spent: Usage, cause: Cause) -> None:
    """Unless most of the block is explained by nothing else."""
    assert judge(1.0, spent, Counter(), 0.1) == cause


@pytest.mark.parametrize(
    ("spent", "waits", "cause"),
    [
        (Usage(cpu=0.01), {"SYNC_SLEEP": 9}, "SYNC_SLEEP"),
        (Usage(cpu=0.01), {"SYNC_IO": 2, "LOCK": 5}, "LOCK"),
        (Usage(cpu=0.9), {"SYNC_IO": 9}, "CPU"),
        (Usage(cpu=0.9, gc=0.8), {}, "GC"),
        (Usage(cpu=0.2, runqueue=0.7), {}, "STARVED"),
        (Usage(cpu=0.1, throttled=0.8), {"LOCK": 3}, "STARVED"),
        (Usage(cpu=0.3, runqueue=0.6), {}, "CPU"),
        (Usage(cpu=0.1, process_cpu=0.95), {}, "GIL"),
        (Usage(cpu=0.1, gil=0.8), {}, "GIL"),
        (Usage(cpu=0.02, process_cpu=0.9), {"SYNC_IO": 5}, "SYNC_IO"),
        (Usage(cpu=0.4, runqueue=0.3), {}, "CPU"),
        (Usage(cpu=0.1, runqueue=0.45), {}, "STARVED"),
        (Usage(cpu=0.02), {}, "SYNC_IO"),
        (Usage(cpu=0.01, runqueue=0.6), {"SYNC_SLEEP": 9}, "SYNC_SLEEP"),
        (Usage(cpu=0.01, runqueue=0.8), {"SYNC_SLEEP": 9}, "STARVED"),
        (Usage(cpu=0.55, runqueue=0.1), {"SYNC_SLEEP": 9}, "CPU"),
    ],
)
def test_the_cause_is_what_explains_most_of_the_block(
    spent: Usage, waits: dict[Cause, int], cause: Cause
) -> None:
    """Counters first; what the stacks say counts where the thread was waiting."""
    assert judge(1.0, spent, Counter(waits), 0.1) == cause


@pytest.mark.parametrize(
    ("before", "cause"), [(0.0, "STARVED"), (0.05, "SYNC_SLEEP"), (0.1, "SYNC_SLEEP")]
)
def test_waits_from_before_a_block_are_not_held_against_it(before: float, cause: Cause) -> None:
    """Counters are read at the last look before it; a busy machine keeps threads waiting then."""
    spent = Usage(cpu=0.001, runqueue=0.1)

    assert judge(0.12, spent, Counter({"SYNC_SLEEP": 2}), 0.1, before) == cause


def test_waits_from_before_a_block_count_where_no_stack_tells_another_cause() -> None:
    """A block that was over before anybody could look has no stack."""
    assert judge(0.054, Usage(cpu=0.012, runqueue=0.042), Counter(), 0.04, 0.04) == "STARVED"
    assert judge(0.054, Usage(cpu=0.022, runqueue=0.02), Counter(), 0.02, 0.02) == "CPU"


def test_a_sleep_that_had_to_wait_for_a_processor_after_it_is_still_a_sleep() -> None:
    """Whoever sleeps in a loop blocks it on an idle machine, too."""
    waits: Counter[Cause] = Counter({"SYNC_SLEEP": 4})

    assert judge(1.2, Usage(runqueue=0.2), waits, 0.1) == "SYNC_SLEEP"
    assert judge(0.32, Usage(runqueue=0.2), waits, 0.1) == "SYNC_SLEEP"


@pytest.mark.parametrize(
    ("ran", "waited", "cause"),
    [
        (0.05, 0.04, "CPU"),
        (0.05, 0.06, "STARVED"),  # It would have been no block, had there been a processor.
        (0.15, 0.4, "CPU"),  # It would have been one.
        (0.15, 0.5, "STARVED"),  # But hardly one that anybody had noticed.
        (0.6, 4.4, "STARVED"),
        (1.0, 0.6, "CPU"),
        (1.5, 10.0, "CPU"),  # A block of a second is told wherever it happens.
    ],
)
def test_a_loop_is_starved_whose_callback_would_have_been_short(
    ran: float, waited: float, cause: Cause
) -> None:
    """What blocks on an idle machine, too, is told for what it does."""
    spent = Usage(cpu=ran, runqueue=waited)

    assert judge(ran + waited, spent, Counter(), 0.1) == cause
    assert judge(ran + waited, Usage(cpu=ran, throttled=waited), Counter(), 0.1) == cause


@pytest.mark.parametrize(
    ("slept", "waited", "cause"),
    [
        (0.09, 0.03, "SYNC_SLEEP"),
        (0.05, 0.06, "STARVED"),
        (0.25, 0.7, "SYNC_SLEEP"),
        (0.25, 0.8, "STARVED"),
        (1.1, 9.0, "SYNC_SLEEP"),
    ],
)
def test_a_loop_that_sleeps_is_starved_by_the_same_measure(
    slept: float, waited: float, cause: Cause
) -> None:
    """Its own doing is the time in which it neither ran nor waited for a processor."""
    waits: Counter[Cause] = Counter({"SYNC_SLEEP": 3})

    assert judge(slept + waited, Usage(runqueue=waited), waits, 0.1) == cause


def test_no_part_of_a_block_is_longer_than_the_block() -> None:
    """Counters are read a little before and after it."""
    spent = Usage(cpu=0.5, runqueue=0.001, throttled=9.0, gc=0.05, gil=0.0)

    assert split(0.2, spent, "CPU") == {
        "cpu_ms": 200,
        "runqueue_ms": 1,
        "throttled_ms": 200,
        "gc_ms": 50,
        "gil_ms": 0,
    }


@pytest.mark.parametrize(
    ("queued", "times", "late"),
    [
        (0.0, 1, 1.0),
        (0.9, 1, 0.1),  # It waited for a processor, and then was soon at work.
        (0.9, 2, 0.1),
        (0.9, 18, 0.9),  # It asked for the GIL again and again.
        (0.5, 0, 0.5),  # The kernel counts what it tells a little later.
        (1.5, 1, 0.0),
    ],
)
def test_who_asks_for_the_gil_again_and_again_was_kept_out_by_it(
    queued: float, times: int, late: float
) -> None:
    """However long it waited for a processor each time."""
    assert kept_out(1.0, queued, times) == pytest.approx(late)


@pytest.mark.parametrize(("times", "most"), [(-1, 0.01), (0, 0.01), (1, 0.02), (500, 5.01)])
def test_who_waits_for_the_gil_asks_for_it_again_and_again(times: int, most: float) -> None:
    """A thread that got a processor twice in seconds was stopped."""
    assert asked(times, 0.005) == pytest.approx(most)


def test_a_process_that_was_stopped_got_no_processor() -> None:
    """Its loop waited neither for the GIL nor for what some stack shows."""
    spent = Usage(cpu=0.01, gil=0.02, stopped=2.5)

    assert judge(2.5, spent, Counter(), 0.1) == "STARVED"
    assert judge(2.5, spent, Counter({"SYNC_SLEEP": 1}), 0.1) == "STARVED"
