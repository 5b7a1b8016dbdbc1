"""The probes of a process and its sink, put together as the settings want them."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from functools import cache
from typing import cast

from hognose import __version__
from hognose._budget import Budget
from hognose._counters import Counters
from hognose._escalation import Escalation
from hognose._exits import have_threads_end, left_main
from hognose._figures import Figures
from hognose._happenings import Happening, LoopBlock
from hognose._importing import import_alone
from hognose._outbox import Sink
from hognose._ownership import own_packages
from hognose._rounds import Rounds
from hognose._settings import Settings
from hognose.probes.allocations import Allocations, Tracing
from hognose.probes.allocations.turn import Turn
from hognose.probes.allocator import glibc_heap, read_blocks
from hognose.probes.children import Children
from hognose.probes.collector import Collector
from hognose.probes.container import Container
from hognose.probes.descriptors import Descriptors
from hognose.probes.exceptions import Exceptions
from hognose.probes.growing_threads import GrowingThreads
from hognose.probes.loops import Watchdog
from hognose.probes.native_pools import NativePools
from hognose.probes.process import (
    count_descriptors,
    read_memory_detail,
    read_process,
    this_process,
)
from hognose.probes.profile import Profiler
from hognose.probes.retention import SEARCH_SECONDS, Containers
from hognose.probes.retention.types import Types
from hognose.probes.threads import Threads, python_names
from hognose.probes.warnings import Warnings

# Beats between readings of what costs more: half a minute and a minute by default.
_DESCRIPTORS_EVERY = 3
_DETAIL_EVERY = 6

# The part of the time between two readings of containers that may be spent on searching them, so
# that the guard does not put off the next one where intervals are short.
_SEARCH_SHARE = 0.0005

# How often loops are searched for, at most, in seconds.
_SEARCH = 10.0


class Probes:
    """
    Everything that reads, started; `release` takes back what was set up in the interpreter.

    `post` is called on the watchdog's and the profiler's threads with each event of theirs.
    """

    def __init__(
        self, settings: Settings, rounds: Rounds, post: Callable[[Happening], None]
    ) -> None:
        have_threads_end()
        self._rounds = rounds
        self._collector = Collector()
        self._budget = Budget(settings.pause_budget, settings.cpu_budget)
        self._allocations = Allocations(
            cast("Tracing", settings.tracing),
            settings.tracing_interval,
            budget=self._budget,
            turn=Turn(settings.service),
        )
        self._containers = Containers(
            own_packages,
            search_seconds=min(SEARCH_SECONDS, settings.interval * _DETAIL_EVERY * _SEARCH_SHARE),
        )
        self._types = Types(self._budget)
        self._escalation: Escalation | None = Escalation(
            settings.interval,
            self._allocations,
            self._types,
            lambda: self._containers.held_per_hour,
        )
        self._counters = Counters()
        self._exceptions = Exceptions(self._counters, own_packages)
        self._warnings = Warnings(self._counters, own_packages)
        container = Container(settings.memory_limit)
        self.profiler = Profiler(lambda profile: post({"stack_profile": profile}), own_packages)
        self.watchdog = Watchdog(
            lambda block: post({"loop_block": _as_wanted(block, settings.profile)}),
            settings.block_threshold,
            search_every=min(_SEARCH, settings.interval),
            paused_seconds=self._collector.paused_seconds,
            throttled_seconds=container.throttled_seconds if container.has_cpu_limit else float,
            own=own_packages,
            report=self._mishap,
        )
        # Asked when it is read: where there is no /proc only the probes that need it fail.
        process = cache(this_process)
        rounds.add("process", lambda: read_process(process()))
        descriptors = Descriptors(lambda: count_descriptors(process()))
        rounds.add("descriptors", descriptors.read, every=_DESCRIPTORS_EVERY)
        rounds.add(
            "memory detail",
            lambda: read_memory_detail(process()),
            every=_DETAIL_EVERY,
            guarded=True,
        )
        rounds.add("container", container.read)
        rounds.add("collector", self._collector.read)
        rounds.add("allocator", read_blocks)
        rounds.add("heap", glibc_heap(), every=_DETAIL_EVERY, guarded=True)
        rounds.add("loops", self.watchdog.read)
        rounds.add("allocations", self._allocations.read)
        rounds.add("children", Children().read, every=_DESCRIPTORS_EVERY, guarded=True)
        rounds.add("native pools", NativePools().read, every=_DETAIL_EVERY, guarded=True)
        rounds.add("threads", Threads().read, every=_DESCRIPTORS_EVERY)
        growing_threads = GrowingThreads(python_names)
        rounds.add("growing threads", growing_threads.read, every=_DESCRIPTORS_EVERY)
        rounds.add("retention", self._containers.read, every=_DETAIL_EVERY, guarded=True)
        rounds.add("profile", self.profiler.read)
        rounds.add("exceptions", self._exceptions.read)
        rounds.add("warnings", self._warnings.read)
        rounds.add("counters", lambda: {"counters": self._counters.read()})
        self._collector.__enter__()
        self._exceptions.listen()
        self._warnings.listen()
        self.watchdog.start()
        if settings.profile == "continuous":
            self.profiler.start()

    @property
    def next_wake(self) -> float:
        """When `happenings` will have something to do, on the monotonic clock."""
        if self._containers.has_news or (self._escalation and self._escalation.has_news):
            return float("-inf")
        return self._allocations.closes_at

    def observe(self, figures: Figures) -> None:
        """Let the probes that act on suspicion see the beat's figures."""
        if self._escalation is None:
            return
        try:
            self._escalation.observe(figures)
        except Exception as failure:  # noqa: BLE001 - a broken probe must not hurt the service
            self._disable_allocations(failure)

    def happenings(self) -> list[Happening]:
        """What there is to say now about growing containers and allocations."""
        named = self._containers.take() + (self._escalation.take() if self._escalation else [])
        growing: list[Happening] = [{"retention": each} for each in named]
        return [*growing, *self._allocated(), *self._counters.take()]

    def _allocated(self) -> list[Happening]:
        try:
            return [{"allocation_growth": growth} for growth in self._allocations.close_due()]
        except Exception as failure:  # noqa: BLE001 - a broken probe must not hurt the service
            self._disable_allocations(failure)
            return []

    def last_words(self) -> None:
        """What is known only when the process ends."""
        last = left_main()
        if last is not None:
            self._exceptions.count(last, handled=False)

    @property
    def skipped(self) -> Counter[str]:
        """Readings that were left out, as a rule for their cost, by probe."""
        own = Counter({"loops": self.watchdog.skipped_searches, "profile": self.profiler.skipped})
        return self._rounds.skipped + own + self._types.skipped + self._allocations.skipped

    @property
    def cpu_seconds(self) -> float:
        """Of the threads that look by themselves, as far as they have told."""
        return self.watchdog.cpu_seconds + self.profiler.cpu_seconds

    @property
    def longest_hold(self) -> float:
        """The longest that anything here may have held the GIL, in seconds."""
        return max(self._rounds.longest_hold, self._budget.longest_pause)

    def _mishap(self, name: str, site: str, exception: BaseException | None) -> None:
        if name:
            self._counters.add(name, site)
        if exception is not None:
            self._exceptions.count(exception, handled=False)

    def release(self) -> None:
        self._collector.__exit__()
        self._exceptions.release()
        self._warnings.release()
        self.watchdog.unhook()
        self._allocations.stop()

    def _disable_allocations(self, failure: Exception) -> None:
        self._allocations.stop()
        self._rounds.disable("allocations", failure)
        self._allocations = Allocations("off", 0.0)
        self._escalation = None


def _as_wanted(block: LoopBlock, profile: str) -> LoopBlock:
    """Without stacks where those are switched off; the culprit is told all the same."""
    return {**block, "stacks": []} if profile == "off" else block


def open_sink(settings: Settings, dropped: Counter[str]) -> Sink:
    """Where the settings send records. Raises `OSError` or `KafkaException` if it cannot be."""
    if settings.capture_path:
        from hognose._capture import Capture, capture_path

        path = capture_path(settings.capture_path, os.getpid())
        return Capture(path, f"hognose-agent {__version__}", dropped)
    import_alone("confluent_kafka", "asyncio", "concurrent.futures")
    from hognose._publish import Kafka

    return Kafka(settings, dropped)
