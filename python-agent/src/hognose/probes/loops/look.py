"""What the watchdog knows at one moment."""

from __future__ import annotations

from typing import NamedTuple

from hognose.probes.loops.rule import LOOK
from hognose.probes.loops.schedstat import seconds


class Usage(NamedTuple):
    """
    Cumulative seconds at one moment. `cpu` and `runqueue` are those of the loop's thread.

    `throttled` was read at the moment `throttled_at`, on the monotonic clock; 0 is not known. In
    those `stopped` the process was not let run at all.
    """

    cpu: float = 0.0
    runqueue: float = 0.0
    process_cpu: float = 0.0
    throttled: float = 0.0
    gc: float = 0.0
    gil: float = 0.0
    throttled_at: float = 0.0
    stopped: float = 0.0

    def with_thread(self, line: bytes) -> Usage:
        """With what the kernel says of the loop's thread."""
        cpu, runqueue = seconds(line)
        return self._replace(cpu=cpu, runqueue=runqueue)

    def since(self, before: Usage) -> Usage:
        return Usage(
            cpu=self.cpu - before.cpu,
            runqueue=self.runqueue - before.runqueue,
            process_cpu=self.process_cpu - before.process_cpu,
            throttled=self.throttled - before.throttled,
            gc=self.gc - before.gc,
            gil=self.gil - before.gil,
            stopped=self.stopped - before.stopped,
        )

    def within(self, seconds: float) -> Usage:
        """No part of a block lasts longer than the block."""
        return Usage(
            cpu=min(self.cpu, seconds),
            runqueue=min(self.runqueue, seconds),
            process_cpu=self.process_cpu,
            throttled=min(self.throttled, seconds),
            gc=min(self.gc, seconds),
            gil=min(self.gil, seconds),
            stopped=min(self.stopped, seconds),
        )


class Look(NamedTuple):
    """
    A moment at which the watchdog looks at the loops.

    `now` is monotonic seconds, `usage` that of the whole process; `late` is for how many seconds
    the watchdog was itself kept from looking, though it had a CPU: as a rule by the GIL. For
    `stopped` seconds nobody was let run.
    """

    now: float
    usage: Usage
    late: float = 0.0
    stopped: float = 0.0

    @property
    def is_late(self) -> bool:
        """Whether what is seen now may be past."""
        return self.late + self.stopped > LOOK
