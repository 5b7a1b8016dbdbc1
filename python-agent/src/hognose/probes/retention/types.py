"""
Which types have ever more objects? Asked only when memory grows and no container explains it.

Cost: one call that lists the collector's objects and asks for the type of each, some 50 ns each, in
which no other thread runs: nothing that the service lets go of can die on our thread. Then 40 ns an
object for counting the types, in strides of about 1 ms. The call is left out when
it is expected to pause the process for longer than the budget, and in processes that share pages
with others, unless `gc.freeze()` has set the shared objects aside: see `_pages`.
"""

from __future__ import annotations

import gc
import sys
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from itertools import chain
from typing import Any

from hognose._budget import Budget
from hognose._happenings import Retention
from hognose._one_call import CALL, without_collections
from hognose._pages import shares_pages
from hognose._untouched import told_by
from hognose.probes.retention.growth import Growth
from hognose.probes.retention.sizes import plain_name

# Objects counted in one stride: about 1 ms.
_STRIDE = 16_384

# Types that are followed: those with the most objects. Fewer objects than this are no leak yet.
_FOLLOWED = 400
_LEAST = 200

# Types that are told at one scan.
_TOLD = 3

# Frozen objects that tell that the service has used `gc.freeze()`: the interpreter freezes some of
# its own where there is no such call.
_FROZEN = 5000

# Before the first scan: seconds that the call takes for each block of Python's allocator.
_SECONDS_A_BLOCK = 30e-9

# Types that grow with whatever grows: they name nothing.
_EVERYWHERE = {
    "builtins.dict", "builtins.list", "builtins.tuple", "builtins.set", "builtins.cell",
    "builtins.function", "builtins.method", "builtins.builtin_function_or_method",
    "weakref.ReferenceType",
}  # fmt: skip


class Types:
    """`scan` counts the objects once, within the budget."""

    def __init__(
        self,
        budget: Budget | None = None,
        clock: Callable[[], float] = time.monotonic,
        cpu_clock: Callable[[], float] = time.thread_time,
        is_sharing: Callable[[], bool] = shares_pages,
        objects: Callable[[], list[Any]] = gc.get_objects,
    ) -> None:
        self._budget = budget or Budget(clock=clock)
        self._clock = clock
        self._cpu_clock = cpu_clock
        self._is_sharing = is_sharing
        self._objects = objects
        self._seconds_a_block = _SECONDS_A_BLOCK
        self._growths: dict[str, Growth] = {}
        # Why scans were left out.
        self.skipped: Counter[str] = Counter()

    @property
    def predicted_pause(self) -> float:
        """Seconds for which a scan would hold the GIL now."""
        return sys.getallocatedblocks() * self._seconds_a_block

    def scan(self) -> list[Retention]:
        """The types that keep growing, the fastest first; nothing when it must be left out."""
        if self._is_sharing() and gc.get_freeze_count() < _FROZEN:
            self.skipped["types: shared pages"] += 1
            return []
        if not self._budget.allows(self.predicted_pause):
            self.skipped["types: pause"] += 1
            return []
        if self._budget.is_spent:
            self.skipped["types: cpu"] += 1
            return []
        return self._growing(self._counted())

    def _counted(self) -> Counter[type]:
        blocks = sys.getallocatedblocks()
        started = self._cpu_clock()
        # The list of objects is gone at the end of the call; classes die by collections only.
        listed = chain.from_iterable(map(CALL, (self._objects,)))
        types: list[type] = without_collections(partial(list, map(type, listed)))
        pause = self._cpu_clock() - started
        # Half of what is learnt: one reading may have been unlucky.
        self._seconds_a_block = (self._seconds_a_block + pause / max(blocks, 1)) / 2
        counted: Counter[type] = Counter()
        while types:
            # From the end, so that letting them go is done in strides, too.
            counted.update(types[-_STRIDE:])
            del types[-_STRIDE:]
        self._budget.spend(self._cpu_clock() - started, pause)
        return counted

    def _growing(self, counted: Counter[type]) -> list[Retention]:
        now = self._clock()
        before, self._growths = self._growths, {}
        growing: list[Retention] = []
        by_name: Counter[str] = Counter()
        for kind, count in counted.most_common(_FOLLOWED):
            by_name[_name(kind)] += count
        for name, count in by_name.items():
            if name in _EVERYWHERE or count < _LEAST:
                continue
            growth = self._growths[name] = before.get(name) or Growth()
            growth.observe(now, count)
            if growth.is_due:
                growth.said()
                growing.append(_told(name, count, growth.per_hour))
        growing.sort(key=lambda each: each["growth_per_hour"], reverse=True)
        return growing[:_TOLD]


def _told(name: str, count: int, per_hour: float) -> Retention:
    return {
        "name": name,
        "kind": "TYPE",
        "entries": count,
        "growth_per_hour": per_hour,
        "sample_bytes": 0,
        "entry_types": "",
    }


def _name(kind: type) -> str:
    module = told_by(kind, "__module__")
    return f"{module}.{plain_name(kind)}"
