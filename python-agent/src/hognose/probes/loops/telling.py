"""A block as it is told: its cause, its culprit and where its time went."""

from __future__ import annotations

import time

from hognose._frames import told, told_stacks
from hognose._happenings import LoopBlock
from hognose.probes.loops.account import Account
from hognose.probes.loops.cause import judge, split
from hognose.probes.loops.evidence import Evidence
from hognose.probes.loops.look import Usage
from hognose.probes.loops.rule import Mark


class Telling:
    """Tells the blocks of one loop."""

    def __init__(self, account: Account, threshold: float) -> None:
        self._account = account
        self._threshold = threshold
        # The number of the block that lasts, and its start in milliseconds since the epoch.
        self._started_ms = (0, 0)

    def tell(self, loop: str, mark: Mark, usage: Usage, evidence: Evidence | None) -> LoopBlock:
        """`usage` is that at the mark or a little later, with the loop's thread."""
        evidence = evidence or Evidence()
        spent, before = self._account.spent(mark.started, usage)
        cause = judge(mark.seconds, spent, evidence.waits(), self._threshold, before)
        stacks, cut = told_stacks(evidence.stacks())
        culprit = evidence.culprit()
        return {
            "id": mark.block,
            "started_ms": self._unix_start(mark),
            "duration_ms": round(mark.seconds * 1000),
            "ended": mark.ended,
            "loop": loop,
            "task": evidence.task,
            "coroutine": evidence.coroutine,
            "cause": cause,
            "culprit": told(culprit) if culprit else None,
            "stacks": stacks,
            "stack_late": evidence.is_late,
            "split": split(mark.seconds, spent, cause),
            "cut": cut or evidence.is_cut,
        }

    def _unix_start(self, mark: Mark) -> int:
        """The same in every event about the block, even if the system's clock is set meanwhile."""
        if self._started_ms[0] != mark.block:
            ago = time.monotonic() - mark.started
            self._started_ms = (mark.block, time.time_ns() // 1_000_000 - round(ago * 1000))
        return self._started_ms[1]
