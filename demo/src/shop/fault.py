"""What a fault is, and how it knows its own place in the code."""

import inspect
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass

Answer = dict[str, object]
Endpoint = Callable[[], Awaitable[Answer]]

MARK = "# the planted line"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a frame is: `co_filename`, `f_lineno` and `co_name` of it."""

    file: str
    line: int
    function: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """
    One endpoint with something planted in it.

    `opened` holds open what the endpoint needs for as long as the fault is on.
    """

    name: str
    #: Of the alert that it must lead to.
    kind: str
    #: What the culprit waits for; empty where that is no question, as for a leak.
    cause: str = ""
    path: str
    culprit: Place
    #: What the alert's title must name where that is not the planted line.
    named: str = ""
    #: By the traffic, where it calls steadily.
    calls_per_second: int = 4
    #: Dotted name of the container that keeps growing objects alive; empty where nothing grows.
    retention: str = ""
    opened: Callable[[], AbstractAsyncContextManager[Endpoint]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Twin:
    """The same work as a fault's, done right: whoever accuses it is wrong."""

    name: str
    twin_of: Fault
    path: str
    opened: Callable[[], AbstractAsyncContextManager[Endpoint]]


def planted(function: Callable[..., object]) -> Place:
    """
    The place of the one line of `function` that ends with the mark.

    ValueError when there is not exactly one.
    """
    lines, first = inspect.getsourcelines(function)
    marked = [first + i for i, line in enumerate(lines) if line.rstrip().endswith(MARK)]
    if len(marked) != 1:
        raise ValueError(f"{function.__qualname__}: {len(marked)} lines end with {MARK!r}, not one")
    code = inspect.unwrap(function).__code__
    return Place(code.co_filename, marked[0], code.co_name)


def ready(endpoint: Endpoint) -> Callable[[], AbstractAsyncContextManager[Endpoint]]:
    """`opened` for an endpoint that needs nothing."""
    return lambda: nullcontext(endpoint)
