"""How a loop tells by itself that it gets on, so that nobody need look at it."""

from __future__ import annotations

from collections.abc import Callable

from hognose.probes.loops.account import Account
from hognose.probes.loops.alarm import Alarm, new_alarm
from hognose.probes.loops.beats import Beats
from hognose.probes.loops.heartbeat import Heartbeat
from hognose.probes.loops.lifeline import Lifeline
from hognose.probes.loops.look import Usage
from hognose.probes.loops.pulse import Pulse
from hognose.probes.loops.rule import REST, Rhythm, Wait
from hognose.probes.loops.turnstile import Turnstile, fits


class SelfWatch:
    """
    Only the watchdog's thread changes it.

    A busy loop has a pulse, and one that has little to do a turnstile where it can have one;
    neither has any while it is looked at. Without `usage`, that of the process, it is only that.
    """

    def __init__(
        self,
        heartbeat: Heartbeat,
        account: Account,
        rhythm: Rhythm,
        usage: Callable[[], Usage] | None,
    ) -> None:
        self.now: Pulse | Turnstile | None = None
        self._heartbeat = heartbeat
        self._account = account
        self._rhythm = rhythm
        self._usage = usage
        self._alarm: Alarm | None = None
        # When the loop may have a turnstile again.
        self._may_rest_at = float("-inf")

    @property
    def is_possible(self) -> bool:
        return self._usage is not None

    def begin_pulse(self) -> Wait | None:
        """None if it cannot be. Raises `RuntimeError` if the loop has been closed."""
        lifeline = self._lifeline()
        if lifeline is None:
            return None
        pulse = Pulse(self._heartbeat, lifeline, self._rhythm)
        wait = pulse.begin()
        self.now = pulse
        return wait

    def begin_turnstile(self, now: float) -> None:
        """Does nothing if it cannot be, or could not of late. Raises as `begin_pulse` does."""
        loop = self._heartbeat.loop
        if now < self._may_rest_at or loop is None or not fits(loop):
            return
        lifeline = self._lifeline()
        if lifeline is not None:
            turnstile = Turnstile(self._heartbeat, lifeline, self._rhythm.patience)
            turnstile.begin()
            self.now = turnstile

    def end(self, now: float) -> None:
        """Have the loop looked at from here on."""
        if isinstance(self.now, Turnstile):
            self.now.close()
            self._may_rest_at = now + REST
        self.now = None

    def close(self) -> None:
        self.end(0.0)
        if self._alarm is not None:
            self._alarm.close()

    def _lifeline(self) -> Lifeline | None:
        stat = self._account.stat()
        if self._usage is None or stat is None:
            return None
        if self._alarm is None or not self._alarm.works:
            self._alarm = new_alarm()
        if self._alarm is None:
            return None
        beats = Beats(self._usage, stat.line_with_gil())
        return Lifeline(self._heartbeat.free_at, self._alarm, beats)
