"""
What happened once: what an `Event` says, in the contract's own words.

Keys are the proto's field names, so that the encoder needs no translation and a wrong name is an
error in a test. A key that is absent is not known.
"""

from __future__ import annotations

from typing import Literal, TypedDict

Cause = Literal["SYNC_SLEEP", "SYNC_IO", "SUBPROCESS", "LOCK", "CPU", "GIL", "GC", "STARVED"]


class Frame(TypedDict):
    file: str
    line: int
    function: str


class _Stack(TypedDict):
    frames: list[Frame]
    count: int


class Stack(_Stack, total=False):
    """Innermost frame last, as in a traceback; the thread where more than one is meant."""

    thread: str


class StackProfile(TypedDict):
    window_ms: int
    samples: int
    stacks: list[Stack]
    cut: bool


class Package(TypedDict):
    name: str
    version: str


class Whereabouts(TypedDict):
    """Where the process runs; empty where unknown."""

    environment: str
    pod: str
    node: str
    namespace: str
    container: str


class Started(Whereabouts):
    command: str
    python: str
    packages: list[Package]
    parent_pid: int
    worker_kind: str


class Stopped(TypedDict):
    reason: Literal["EXIT", "SIGNAL", "EXCEPTION"]
    # None when nobody can know it.
    exit_code: int | None


class TimeSplit(TypedDict):
    cpu_ms: int
    runqueue_ms: int
    throttled_ms: int
    gc_ms: int
    gil_ms: int


class LoopBlock(TypedDict):
    id: int
    started_ms: int
    duration_ms: int
    ended: bool
    loop: str
    task: str
    coroutine: str
    cause: Cause
    culprit: Frame | None
    stacks: list[Stack]
    stack_late: bool
    split: TimeSplit
    cut: bool


class Site(TypedDict):
    """Where memory was allocated; innermost frame last."""

    frames: list[Frame]
    bytes: int
    blocks: int


class AllocationGrowth(TypedDict):
    window_ms: int
    predicted_pause_ms: float
    pause_ms: float
    sites: list[Site]
    cut: bool


RetentionKind = Literal[
    "MODULE_GLOBAL", "CLASS_ATTRIBUTE", "DEFAULT_ARGUMENT", "CLOSURE", "LRU_CACHE", "TYPE"
]


class _Container(TypedDict):
    name: str
    kind: RetentionKind
    entries: int
    growth_per_hour: float
    sample_bytes: int
    entry_types: str


class Retention(_Container, total=False):
    """A container that keeps growing; what only a cache has is absent from the others."""

    hits: int
    misses: int
    max_size: int


class PythonWarning(TypedDict):
    category: str
    message: str
    site: Frame | None
    count: int


class ExceptionCount(TypedDict):
    type: str
    site: Frame | None
    count: int
    handled: bool


class Happening(TypedDict, total=False):
    """What an `Event` says: exactly one of these."""

    started: Started
    stopped: Stopped
    loop_block: LoopBlock
    allocation_growth: AllocationGrowth
    retention: Retention
    stack_profile: StackProfile
    python_warning: PythonWarning
    exception_count: ExceptionCount
