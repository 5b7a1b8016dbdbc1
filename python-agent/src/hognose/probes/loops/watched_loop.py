"""A loop under watch: how it is watched, and what there is to say about it."""

from __future__ import annotations

import sys
from asyncio import AbstractEventLoop
from collections.abc import Callable, Iterator
from contextlib import suppress
from types import FrameType

from hognose._figures import EventLoop, TaskGroup
from hognose._frames import Own
from hognose._happenings import LoopBlock
from hognose.probes.loops.account import Account
from hognose.probes.loops.alarm import NEVER, Alarm
from hognose.probes.loops.beats import Beat
from hognose.probes.loops.discovery import busy_since, current_task, interrupts_sleep
from hognose.probes.loops.evidence import Evidence
from hognose.probes.loops.heartbeat import Answer, Heartbeat
from hognose.probes.loops.leisure import Leisure
from hognose.probes.loops.look import Look, Usage
from hognose.probes.loops.pulse import Pulse
from hognose.probes.loops.rule import BUSY_SHARE, LOOK, BlockRule, Mark, Wait, every, rhythm
from hognose.probes.loops.self_watch import SelfWatch
from hognose.probes.loops.tallies import Tally
from hognose.probes.loops.telling import Telling
from hognose.probes.loops.turnstile import Turnstile


class WatchedLoop:
    """
    Only the watchdog's thread changes it.

    A loop that tells by itself that it gets on is looked at only when it does not. Any other is
    looked at all the time, and asked for a beat where that does not tell whether it is free.
    """

    def __init__(
        self,
        heartbeat: Heartbeat,
        threshold: float,
        ids: Iterator[int],
        own: Callable[[], Own],
        usage: Callable[[], Usage] | None = None,
    ) -> None:
        """`usage` is that of the process; without it the loop is only looked at."""
        self.heartbeat = heartbeat
        self._own = own
        self.name = ""
        self.tasks = 0
        self.groups: list[TaskGroup] = []
        self._tally = Tally()
        self._rule = BlockRule(threshold, every(heartbeat.kind, threshold), ids)
        self._account = Account(heartbeat)
        self._leisure = Leisure(heartbeat, self._account, self._rule, threshold)
        self._telling = Telling(self._account, threshold)
        self._evidence: Evidence | None = None
        self._self_watch = SelfWatch(heartbeat, self._account, rhythm(threshold), usage)

    @property
    def is_running(self) -> bool:
        return self.heartbeat.loop is not None

    def begin(self, look: Look) -> None:
        """Ask for the first beat. Raises `RuntimeError` if the loop has been closed."""
        self._account.note(look.now, look.usage, self._account.line())
        self._leisure.ask(self.heartbeat.ask().due)

    def next_look(self, now: float) -> float:
        """When to look again, on the monotonic clock."""
        if self._self_watch.now is None:
            has_rested = self._leisure.has_rested(now)
            return self._rule.next_look(now, self.heartbeat.awaited, has_rested)
        return now + LOOK if self._is_late(now) else NEVER

    def alarm(self, now: float) -> Alarm | None:
        """What to wait for besides; a loop that is late is looked at anyway."""
        watch = self._self_watch.now
        return None if watch is None or self._is_late(now) else watch.lifeline.alarm

    def take_name(self, name: str, tally: Tally) -> None:
        """From here on its figures go to the tally of that name."""
        self.name = name
        self._tally = tally

    def is_asleep(self, now: float) -> bool:
        """Whether the loop is free, as far as can be told at little cost."""
        watch = self._self_watch.now
        if isinstance(watch, Turnstile):
            return watch.is_idle
        return watch is None and self._leisure.lasts(now)

    def sleep_on(self, now: float, late: float, process_cpu: float) -> None:
        """The look at a loop that is asleep."""
        self._account.sleep_on(now, process_cpu)
        self._tally.lag.add(late)
        self.heartbeat.free_at = now

    def look(self, look: Look) -> list[LoopBlock]:
        """What there is to say about blocks at this moment."""
        watch = self._self_watch.now
        if watch is not None:
            return self._look_at_watched(look, watch)
        line = self._account.line()
        usage = look.usage.with_thread(line)
        answer = self.heartbeat.take()
        said = self._answered(answer, usage) if answer is not None else []
        awaited = self.heartbeat.awaited
        is_silent = awaited is not None and self._rule.is_overdue(look.now, awaited)
        mark = None
        if not self.is_running:
            mark = self._rule.stopped(look.now)
        elif awaited is None:
            mark = self._at_leisure(look, line, answer is not None)
        elif is_silent:
            mark = self._silent(look, awaited)
        said += self._told(mark, usage)
        if awaited is not None:
            self._leisure.was_free = False
        if not is_silent:
            self._account.note(look.now, look.usage, line)
        return said

    def so_far(self, look: Look) -> list[LoopBlock]:
        """The block that lasts when nobody will look again."""
        usage = look.usage.with_thread(self._account.line())
        return self._told(self._rule.so_far(look.now), usage)

    def read(self, now: float) -> EventLoop:
        return {
            "name": self.name,
            "kind": self.heartbeat.kind,
            "lag_seconds": self._tally.lag.told(),
            "blocked_seconds_total": self._tally.blocked(self._rule.lasting(now)),
            "tasks": self.tasks,
            "tasks_by_coroutine": self.groups,
        }

    def close(self) -> None:
        self.heartbeat.stop()
        self._account.close()
        self._self_watch.close()

    def _is_late(self, now: float) -> bool:
        if self._rule.is_blocked:
            return True
        watch = self._self_watch.now
        return watch is not None and self._rule.is_overdue(now, watch.lifeline.awaited)

    def _look_at_watched(self, look: Look, watch: Pulse | Turnstile) -> list[LoopBlock]:
        # In this order: the last beat comes before the end, and a beat before the next is awaited.
        lifeline = watch.lifeline
        has_ended = lifeline.has_ended
        said: list[LoopBlock] = []
        for beat in lifeline.beats.take():
            # What kept the watchdog as long, the GIL or a stop, it tells only now.
            usage = beat.usage._replace(gil=look.usage.gil, stopped=look.usage.stopped)
            said += self._answered(beat, usage.with_thread(beat.line))
            self._account.note(beat.at, beat.usage, beat.line)
            self.heartbeat.free_at = beat.at
        if lifeline.failure is not None:
            raise lifeline.failure
        awaited = lifeline.awaited
        mark = None
        if not self.is_running:
            mark = self._rule.stopped(look.now)
        elif has_ended:
            self._self_watch.end(look.now)
        elif isinstance(watch, Turnstile) and watch.is_asleep:
            self._look_at_sleeper(look)
        elif self._rule.is_overdue(look.now, awaited):
            mark = self._silent(look, awaited)
        return said + self._told(mark, look.usage.with_thread(self._account.line()))

    def _look_at_sleeper(self, look: Look) -> None:
        """What it is due to run it would run at once, unless it is held by a signal's handler."""
        if interrupts_sleep(self._frame()):
            self._self_watch.end(look.now)
        else:
            self._tally.lag.add(look.late)

    def _answered(self, answer: Answer | Beat, usage: Usage) -> list[LoopBlock]:
        if answer.lag is not None:
            self._tally.lag.add(answer.lag)
        said = self._told(self._rule.beat_came(answer.wait, answer.came), usage)
        self._evidence = None
        return said

    def _at_leisure(self, look: Look, line: bytes, has_answered: bool) -> Mark | None:
        """
        No heartbeat is awaited: is the loop free, or is it to be asked for one?

        A loop that is free would have run at once what was due; only the GIL can have kept it from
        that, as it kept the watchdog. What blocked it may be over: code that kept the GIL.
        """
        is_free = self._leisure.look(look, line, has_answered)
        held = self._leisure.held(look, line)
        if not is_free or self._is_busy(look, line):
            self._ask(look, line, held)
            return None
        self._tally.lag.add(look.late)
        self.heartbeat.free_at = look.now
        if held is None:
            if self._leisure.has_settled(look.now):
                # The loop may have been closed since it was found to be running.
                with suppress(RuntimeError):
                    self._self_watch.begin_turnstile(look.now)
            return None
        self._rule.suspect(held, held.due)
        return self._rule.beat_came(held, look.now)

    def _ask(self, look: Look, line: bytes, held: Wait | None) -> None:
        loop = self.heartbeat.loop
        # The loop may have been closed since it was found to be running.
        with suppress(RuntimeError):
            pulse = self._self_watch.begin_pulse() if self._is_busy(look, line) else None
            wait = pulse or self.heartbeat.ask()
            self._leisure.ask(wait.due)
            since = busy_since(loop, self._frame()) if loop is not None else None
            if since is None and held is not None:
                since = held.due
            if since is not None:
                self._rule.suspect(wait, since)
            if loop is not None and look.is_late:
                # Whatever kept the watchdog may be over before it can look again.
                self._gather(loop, look)

    def _is_busy(self, look: Look, line: bytes) -> bool:
        if not self._self_watch.is_possible:
            return False
        often = self._leisure.is_asked_often(look.now)
        return often or self._account.share(look.now, line) >= BUSY_SHARE

    def _silent(self, look: Look, awaited: Wait) -> Mark | None:
        loop = self.heartbeat.loop
        if loop is None:
            return None
        frame = self._gather(loop, look)
        since = None if self._rule.is_blocked else busy_since(loop, frame)
        return self._rule.look(look.now, awaited, since)

    def _gather(self, loop: AbstractEventLoop, look: Look) -> FrameType | None:
        """Evidence of what the loop is at; answers the frame that its thread is at."""
        frame = self._frame()
        if self._evidence is None:
            self._evidence = Evidence(*current_task(loop), self._own())
        if frame is not None:
            self._evidence.add(frame, look.is_late)
        return frame

    def _frame(self) -> FrameType | None:
        return sys._current_frames().get(self.heartbeat.thread_ident or 0)

    def _told(self, mark: Mark | None, usage: Usage) -> list[LoopBlock]:
        if mark is None:
            return []
        block = self._telling.tell(self.name, mark, usage, self._evidence)
        if mark.ended:
            self._evidence = None
            self._tally.blocked_seconds += mark.seconds
        return [block]
