"""Which probes are due at a beat, what they said last, and what becomes of one that fails."""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from hognose._figures import Figures, Skipped, lacks_descriptors

logger = logging.getLogger("hognose")

# A guarded probe is read again only after this many times what it cost.
_GUARD = 1000

# CPU seconds of readings after which whoever waits for the GIL gets it. Python would demand it
# after 5 ms only, and counts anew with each system call that lets go of it in between.
_STRETCH = 0.001

# Long enough for another thread to wake up: who lets go of the GIL and takes it at once keeps it.
_LET_GO = 0.0001


@dataclass(slots=True)
class _Probe:
    name: str
    read: Callable[[], Figures]
    every: int
    guarded: bool
    not_before: float = float("-inf")
    said: Figures = field(default_factory=dict)  # type: ignore[assignment]


class Rounds:
    """
    Reads the probes that are due and repeats what the others said last.

    A probe that raises is off until the process starts again: one log line, its figures are gone,
    and its name is in `disabled`. That no descriptor is left is no fault of the probe's: it is
    asked again.
    """

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        cpu_clock: Callable[[], float] = time.thread_time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._clock = clock
        self._cpu_clock = cpu_clock
        self._sleep = sleep
        self._probes: list[_Probe] = []
        self._beats = 0
        self.disabled: list[str] = []
        # Readings that were left out for their cost, that of the last one or the next, by probe.
        self.skipped: Counter[str] = Counter()
        # The longest that reading one probe kept the CPU, and so at most the GIL, in seconds.
        self.longest_hold = 0.0

    def add(
        self, name: str, read: Callable[[], Figures], every: int = 1, guarded: bool = False
    ) -> None:
        """Read at every so many beats; guarded, at longer intervals while it is expensive."""
        self._probes.append(_Probe(name, read, every, guarded))

    def read(self) -> Figures:
        """One beat: what all probes say, in stretches between which others may have the GIL."""
        figures: Figures = {}
        began = self._cpu_clock()
        for probe in list(self._probes):
            if self._beats % probe.every == 0:
                if self._clock() >= probe.not_before:
                    self._read(probe)
                    if self._cpu_clock() - began >= _STRETCH:
                        self._sleep(_LET_GO)
                        began = self._cpu_clock()
                else:
                    self.skipped[probe.name] += 1
            figures.update(probe.said)
        self._beats += 1
        return figures

    def disable(self, name: str, failure: Exception) -> None:
        """Switch a probe off because of what it raised."""
        logger.warning("probe %r failed and is off until restart", name, exc_info=failure)
        self._probes = [probe for probe in self._probes if probe.name != name]
        self.disabled.append(name)

    def _read(self, probe: _Probe) -> None:
        started = self._cpu_clock()
        try:
            probe.said = probe.read()
        except Skipped:
            probe.said = {}
            self.skipped[probe.name] += 1
        except Exception as failure:  # noqa: BLE001 - a broken probe must never hurt the service
            probe.said = {}
            if isinstance(failure, OSError) and lacks_descriptors(failure):
                self.skipped[probe.name] += 1
            else:
                self.disable(probe.name, failure)
        cost = self._cpu_clock() - started
        self.longest_hold = max(self.longest_hold, cost)
        if probe.guarded:
            probe.not_before = self._clock() + cost * _GUARD
