"""
What probes read: the parts of a `Sample`, in the contract's own words.

Keys are the proto's field names, so that the encoder needs no translation and a wrong name is an
error in a test. A key that is absent was not read; that is never told as zero.
"""

from __future__ import annotations

import errno
from typing import TypedDict


class Skipped(Exception):  # noqa: N818 - it is no error
    """A probe has not read, because that would have cost too much. It is asked again."""


def lacks_descriptors(failure: OSError) -> bool:
    """Whether a file was not opened because the process, or the system, has too many of them."""
    return failure.errno in (errno.EMFILE, errno.ENFILE)


class Histogram(TypedDict):
    counts: list[int]
    sum_seconds: float


class _Collections(TypedDict):
    collections_total: int
    collected_total: int
    uncollectable_total: int


class Generation(_Collections, total=False):
    # Absent for the youngest: what the pauses of all have beyond those of the others.
    pause_seconds: Histogram


class GarbageCollector(TypedDict):
    generation: list[Generation]
    pause_seconds: Histogram
    frozen: int
    garbage: int
    enabled: bool


class TaskGroup(TypedDict):
    """Unfinished tasks that run the same coroutine function."""

    coroutine: str
    count: int
    oldest_seconds: float


class EventLoop(TypedDict):
    name: str
    kind: str
    lag_seconds: Histogram
    blocked_seconds_total: float
    tasks: int
    tasks_by_coroutine: list[TaskGroup]


class Children(TypedDict):
    """Live child processes, together."""

    count: int
    rss_bytes: int
    cpu_seconds_total: float


class GrowingKind(TypedDict):
    """Threads, descriptors or children of a kind, of which there are more and more."""

    kind: str
    count: int
    gained: int
    folder: str


class NativePool(TypedDict):
    library: str
    threads: int


class ThreadCpu(TypedDict):
    """Of all threads with one name."""

    name: str
    cpu_seconds_total: float
    runqueue_seconds_total: float


class NamedCounter(TypedDict):
    """Cumulative; what is counted, and where in the service's code."""

    name: str
    site: str
    total: int


class Dropped(TypedDict):
    reason: str
    total: int


class AgentFigures(TypedDict):
    cpu_seconds_total: float
    tick_max_seconds: float
    gil_hold_max_seconds: float
    outbox: int
    dropped: list[Dropped]
    disabled_probes: list[str]
    skipped: list[Dropped]
    # None before the first.
    last_delivery_ms: int | None


class Figures(TypedDict, total=False):
    """A part of a `Sample`: what one probe read."""

    cpu_user_seconds_total: float
    cpu_system_seconds_total: float
    rss_bytes: int
    uss_bytes: int
    pss_bytes: int
    swap_bytes: int
    allocated_blocks: int
    traced_bytes: int
    tracer_bytes: int
    malloc_used_bytes: int
    malloc_free_bytes: int
    memory_limit_bytes: int
    memory_usage_bytes: int
    oom_kills_total: int
    cpu_limit_cores: float
    throttled_seconds_total: float
    cpu_pressure_seconds_total: float
    memory_pressure_seconds_total: float
    io_pressure_seconds_total: float
    threads: int
    open_fds: int
    max_fds: int
    context_switches_voluntary_total: int
    context_switches_involuntary_total: int
    page_faults_minor_total: int
    page_faults_major_total: int
    io_read_bytes_total: int
    io_write_bytes_total: int
    children: Children
    gc: GarbageCollector
    loops: list[EventLoop]
    gil_wait_seconds: Histogram
    thread_cpu: list[ThreadCpu]
    native_pools: list[NativePool]
    counters: list[NamedCounter]
    growing_threads: list[GrowingKind]
    growing_descriptors: list[GrowingKind]
    growing_children: list[GrowingKind]
    agent: AgentFigures
