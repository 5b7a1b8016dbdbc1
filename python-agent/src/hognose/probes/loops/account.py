"""What the thread of a loop has used, as far back as the last looks go."""

from __future__ import annotations

from collections import deque

from hognose.probes.loops.heartbeat import Heartbeat
from hognose.probes.loops.look import Usage
from hognose.probes.loops.schedstat import SchedStat, seconds, turns

# Looks and beats whose usage is kept: a block began at most two of them before it is noticed.
_KEPT = 6


class Account:
    """
    Only the watchdog's thread changes it.

    A line is what the kernel says of the loop's thread.
    """

    def __init__(self, heartbeat: Heartbeat) -> None:
        self._heartbeat = heartbeat
        self._stat: SchedStat | None = None
        self._known: deque[tuple[float, Usage, bytes]] = deque(maxlen=_KEPT)

    def __bool__(self) -> bool:
        """Whether anything is known."""
        return bool(self._known)

    def line(self) -> bytes:
        """As it is now; empty while the thread is not known."""
        stat = self.stat()
        return stat.line() if stat is not None else b""

    def stat(self) -> SchedStat | None:
        """The thread's file; a uvloop's thread is not known before its first beat."""
        if self._stat is None and self._heartbeat.thread_id is not None:
            self._stat = SchedStat(self._heartbeat.thread_id)
            if self._heartbeat.kind != "asyncio":
                self._heartbeat.count_turns = self._turns
        return self._stat

    @property
    def last_line(self) -> bytes:
        """At the last look."""
        return self._known[-1][2] if self._known else b""

    def note(self, at: float, usage: Usage, line: bytes) -> None:
        self._known.append((at, usage, line))

    def sleep_on(self, now: float, process_cpu: float) -> None:
        """The thread has not run since the last look."""
        _, usage, line = self._known[-1]
        self._known[-1] = (now, Usage(0.0, 0.0, process_cpu, *usage[3:]), line)

    def ran_since_look(self, line: bytes) -> tuple[float, float]:
        """CPU and run-queue seconds since the last look."""
        cpu, runqueue = seconds(line)
        cpu_then, runqueue_then = seconds(self.last_line)
        return cpu - cpu_then, runqueue - runqueue_then

    def share(self, now: float, line: bytes) -> float:
        """The part of a core that the thread has used of late."""
        if not self._known or not self._known[0][2] or now <= self._known[0][0]:
            return 0.0
        at, _, then = self._known[0]
        return (seconds(line)[0] - seconds(then)[0]) / (now - at)

    def spent(self, started: float, end: Usage) -> tuple[Usage, float]:
        """
        What was used from then to that end, and for how many seconds more than that.

        Throttling is read less often than the rest: what may have been before is left out.
        """
        at, known = self._before(started, end)
        spent = end.since(known)
        stale = max(0.0, at - known.throttled_at) if known.throttled_at else 0.0
        spent = spent._replace(throttled=max(0.0, spent.throttled - stale))
        return spent, max(0.0, started - at)

    def close(self) -> None:
        if self._stat is not None:
            self._stat.close()

    def _before(self, started: float, end: Usage) -> tuple[float, Usage]:
        """
        The last look before that moment and the usage then, else the oldest that is known.

        A uvloop's thread is not known before its first beat: it has used nothing that is known.
        """
        known = (started, end)
        for at, usage, line in reversed(self._known):
            if not line and self._stat is not None:
                break
            known = (at, usage.with_thread(line))
            if at <= started:
                break
        return known

    def _turns(self) -> int:
        return turns(self.line())
