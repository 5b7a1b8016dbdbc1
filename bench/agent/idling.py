"""An idle process: CPU and memory that the agent adds, and what its start costs."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack

from rows import NO_BAR, Bar, Row
from running import running, spent

# The agent looks for loops more often while a process is young.
_WARM_UP = 6.0


def idling(settings: Mapping[str, str], rounds: int, seconds: float) -> Iterator[Row]:
    """Each round runs the same program without and with the agent, at the same time."""
    cpu, uss, starts, calls = [], [], [], []
    for _ in range(rounds):
        with ExitStack() as stack:
            without = stack.enter_context(running(["idle.py"]))
            with_agent = stack.enter_context(running(["idle.py", "hognose"], settings))
            first, second = without.line(), with_agent.line()
            starts.append(1000 * (second["cpu_seconds"] - first["cpu_seconds"]))
            calls.append(1000 * second["call_seconds"])
            time.sleep(_WARM_UP)
            before = [each.cpu() for each in (without, with_agent)]
            time.sleep(seconds)
            used = [
                sum(spent(then, each.cpu()).values())
                for then, each in zip(before, (without, with_agent), strict=True)
            ]
            cpu.append(100 * (used[1] - used[0]) / seconds)
            uss.append((with_agent.uss() - without.uss()) / 2**20)
    yield Row("idle: CPU that the agent adds", "% of core", cpu, Bar(at_most=0.3))
    yield Row("idle: memory that the agent adds (USS)", "MiB", uss, Bar(at_most=14))
    yield Row("import and start, CPU of all threads", "ms", starts, Bar(at_most=100))
    yield Row("import and start, as the program waits for it", "ms", calls, NO_BAR)


def dormant(rounds: int) -> Iterator[Row]:
    """What everybody pays who has the agent installed and does not use it."""
    told = []
    for _ in range(rounds):
        with running(["dormant.py"]) as program:
            told.append(program.line())
    bar = Bar(at_most=1.0)
    yield Row("dormant: no service's name", "ms", [1000 * each["without"] for each in told], bar)
    yield Row("dormant: a parent that forks", "ms", [1000 * each["forking"] for each in told], bar)
