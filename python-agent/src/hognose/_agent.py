"""
The agent of one process: it times the probes, numbers what they say, and hands it to the sink.

Everything is done on one thread of its own. Others only put events into its inbox.
"""

from __future__ import annotations

import logging
import sys
import threading
import time
from collections import Counter
from contextlib import ExitStack
from typing import TYPE_CHECKING, cast

from hognose._encode import encode
from hognose._encode_value import EncodingError
from hognose._figures import AgentFigures
from hognose._happenings import Happening, StackProfile, Stopped
from hognose._identity import record_key, started, this_process
from hognose._inbox import Inbox
from hognose._outbox import Outbox, Record
from hognose._redaction import Redaction
from hognose._rounds import Rounds
from hognose._settings import Settings

if TYPE_CHECKING:
    from hognose._wiring import Probes

# Without logging set up, Python would write what we log to the service's standard error.
logger = logging.getLogger("hognose")
logger.addHandler(logging.NullHandler())

SAMPLES = "hognose.samples"
EVENTS = "hognose.events"

# A process that ends sooner says nothing, and pays for nothing.
GRACE = 0.1

# How long the agent's thread may wait for the broker after an event, in seconds.
_FLUSH = 0.25

# Of the time to stop: the watchdog's part, in seconds.
_WATCHDOG_STOP = 0.25


class Agent:
    """
    Built in the process that it tells about, after any fork.

    `start` and `stop` may be called from any thread, `stop` from a signal handler, too.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._process = this_process(settings.service)
        self._key = record_key(self._process)
        self._sequence = 0
        self._dropped: Counter[str] = Counter()
        self._inbox = Inbox(self._dropped)
        self._stopped: Stopped | None = None
        self._stop_before = 0.0
        self._rounds = Rounds()
        self._longest_tick = 0.0
        self._thread = threading.Thread(target=self._run, name="hognose-agent", daemon=True)
        self._probes: Probes | None = None
        self._is_importing = False
        self._imported = threading.Event()
        self._redaction = Redaction(settings.hide, settings.paths)
        # Seconds of a profile that somebody has asked for.
        self._profile_wanted = 0.0

    def start(self) -> None:
        self._thread.start()

    def stop(self, stopped: Stopped, seconds: float = 2.0) -> None:
        """Say so, send what waits, and end the threads; whatever happens, within that time."""
        self._stop_before = time.monotonic() + seconds
        self._stopped = stopped
        self._inbox.wake()
        if self._thread is not threading.current_thread():
            self._thread.join(seconds)

    @property
    def thread_ident(self) -> int | None:
        return self._thread.ident

    def await_imports(self, seconds: float = 2.0) -> None:
        """
        Before a fork: whoever inherits a module half imported hangs when it imports it, too.

        A fork within the import's tenth of a second waits for it, and at most for `seconds`.
        """
        if self._is_importing:
            self._imported.wait(seconds)

    def profile_soon(self, seconds: float) -> None:
        """Have a profile taken and told; from a signal handler, too."""
        self._profile_wanted = seconds
        self._inbox.wake()

    def post(self, happening: Happening) -> None:
        """From any thread: an event to be said soon."""
        self._inbox.post(happening)

    def shown(self, profile: StackProfile) -> StackProfile:
        """As it is told, without what is hidden."""
        return cast("StackProfile", self._redaction.told(profile))

    def abandon(self) -> None:
        """Take back what the parent's agent had set up in this interpreter, after a fork."""
        if self._probes is not None:
            self._probes.release()

    def _run(self) -> None:
        try:
            self._wait_grace()
            if self._stopped is None:
                self._work()
        except Exception as failure:
            logger.exception("the agent failed and is off until restart; the service is not")
            # Few services show what libraries log, and nobody will hear of this process again.
            sys.stderr.write(f"hognose: {failure!r}; the service runs on without the agent\n")

    def _wait_grace(self) -> None:
        until = time.monotonic() + GRACE
        while self._stopped is None and time.monotonic() < until:
            self._inbox.take_next(until)

    def _work(self) -> None:
        self._is_importing = True
        try:
            # Imported here, and by the sink, for the sake of short-lived processes.
            from hognose._importing import import_alone

            import_alone("psutil", "resource", lend=["resource"])
            from hognose._wiring import Probes, open_sink

            sink = open_sink(self._settings, self._dropped)
        except Exception as wrong:  # noqa: BLE001 - nothing of ours may hurt the service
            # As loud as a bad setting: nobody will ever hear of this process otherwise.
            sys.stderr.write(f"hognose: {wrong}; the service runs without the agent\n")
            return
        finally:
            self._is_importing = False
            self._imported.set()
        self._outbox = Outbox(self._settings.outbox_bytes, self._dropped, sink)
        with ExitStack() as ending:
            # The last first, each whatever has become of the others.
            ending.callback(lambda: sink.close(self._seconds_left()))
            ending.callback(lambda: self._outbox.deliver(self._seconds_left()))
            probes = self._probes = Probes(self._settings, self._rounds, self.post)
            ending.callback(probes.release)
            # Once more where something below has failed: nobody would take what they find.
            ending.callback(self._end_watching, probes)
            self._tell(probes)

    def _tell(self, probes: Probes) -> None:
        """Everything, from the first word to the last."""
        self._say({"started": started()})
        self._beat(probes)
        self._end_watching(probes)
        probes.last_words()
        self._say_all([*self._inbox.take_all(), *probes.happenings()])
        if self._stopped is not None:
            self._say({"stopped": self._stopped})

    def _beat(self, probes: Probes) -> None:
        """Sample at every interval, and say what happens in between, until the agent is stopped."""
        next_sample = time.monotonic()
        while self._stopped is None:
            if self._profile_wanted:
                probes.profiler.once(self._profile_wanted)
                self._profile_wanted = 0.0
            now = time.monotonic()
            if now >= next_sample:
                self._sample(probes)
                missed = (now - next_sample) // self._settings.interval
                next_sample += (missed + 1) * self._settings.interval
            happenings = self._inbox.take_next(min(next_sample, probes.next_wake))
            happenings += probes.happenings()
            self._say_all(happenings)
            if self._stopped is None and (happenings or self._outbox.is_behind):
                self._outbox.deliver(_FLUSH)

    def _end_watching(self, probes: Probes) -> None:
        seconds = _WATCHDOG_STOP if self._stopped is None else self._seconds_left()
        until = time.monotonic() + seconds
        probes.profiler.stop(min(_WATCHDOG_STOP, seconds))
        probes.watchdog.stop(min(_WATCHDOG_STOP, max(0.0, until - time.monotonic())))

    def _sample(self, probes: Probes) -> None:
        started_at = time.monotonic()
        figures = self._rounds.read()
        probes.observe(figures)
        # Whose it is, the key says.
        sample = {
            "sequence": self._next_sequence(),
            "interval_ms": round(self._settings.interval * 1000),
            "version": self._settings.version,
            "at_ms": _unix_ms(),
            **self._redaction.told(figures),
            "agent": self._figures(probes),
        }
        self._offer(SAMPLES, "Sample", sample)
        self._longest_tick = max(self._longest_tick, time.monotonic() - started_at)

    def _figures(self, probes: Probes) -> AgentFigures:
        return {
            "cpu_seconds_total": time.thread_time() + probes.cpu_seconds,
            "tick_max_seconds": self._longest_tick,
            "gil_hold_max_seconds": probes.longest_hold,
            "outbox": len(self._outbox),
            "dropped": [{"reason": r, "total": n} for r, n in sorted(self._dropped.items())],
            "disabled_probes": self._rounds.disabled,
            "skipped": [{"reason": r, "total": n} for r, n in sorted(probes.skipped.items())],
            "last_delivery_ms": self._outbox.last_delivery_ms,
        }

    def _say_all(self, happenings: list[Happening]) -> None:
        for happening in happenings:
            self._say(happening)

    def _say(self, happening: Happening) -> None:
        event = {
            "process": self._process,
            "sequence": self._next_sequence(),
            "at_ms": _unix_ms(),
            "version": self._settings.version,
            **self._redaction.told(happening),
        }
        self._offer(EVENTS, "Event", event)

    def _offer(self, topic: str, message: str, fields: dict[str, object]) -> None:
        try:
            value = encode(message, fields)
        except EncodingError as wrong:
            if not self._dropped["unencodable"]:
                logger.warning("%s was dropped: %s (said once; counted from here on)", topic, wrong)
            self._dropped["unencodable"] += 1
            return
        self._outbox.offer(Record(topic, self._key, value, cast("int", fields["at_ms"])))

    def _next_sequence(self) -> int:
        self._sequence += 1
        return self._sequence

    def _seconds_left(self) -> float:
        """Of the time that the stop may take; none of it is used up while nobody has asked."""
        return max(0.0, self._stop_before - time.monotonic()) if self._stopped else 0.0


def _unix_ms() -> int:
    return time.time_ns() // 1_000_000
