"""
The agent of one process: it times the probes, numbers what they say, and hands it to the sink.

Everything is done on one thread of its own. Others only put events into its inbox, which takes no
lock that could be held across a fork or within a signal handler.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, cast

from hognose._encode import EncodingError, encode
from hognose._identity import record_key, started, this_process
from hognose._outbox import Outbox, Record, Sink
from hognose._rounds import Rounds
from hognose._settings import Settings
from hognose._signals import AgentFigures, Happening, LoopBlock, Stopped

if TYPE_CHECKING:
    from hognose._wiring import Probes

logger = logging.getLogger("hognose")

SAMPLES = "hognose.samples"
EVENTS = "hognose.events"

# A process that ends sooner says nothing, and pays for nothing.
GRACE = 0.1

# How long the agent's thread may wait for the broker after an event, in seconds.
_FLUSH = 0.25

# Of the time to stop: the watchdog's part, in seconds.
_WATCHDOG_STOP = 0.25

# Events that wait for the agent's thread; more means that it is stuck.
_INBOX = 256


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
        self._outbox = Outbox(settings.outbox_bytes, self._dropped)
        self._inbox: SimpleQueue[Happening | None] = SimpleQueue()
        self._stopped: Stopped | None = None
        self._stop_before = 0.0
        self._rounds = Rounds()
        self._longest_tick = 0.0
        self._thread = threading.Thread(target=self._run, name="hognose-agent", daemon=True)
        self._probes: Probes | None = None

    def start(self) -> None:
        self._thread.start()

    def stop(self, stopped: Stopped, seconds: float = 2.0) -> None:
        """Say so, send what waits, and end the threads; whatever happens, within that time."""
        self._stop_before = time.monotonic() + seconds
        self._stopped = stopped
        self._inbox.put(None)
        if self._thread is not threading.current_thread():
            self._thread.join(seconds)

    def abandon(self) -> None:
        """Take back what the parent's agent had set up in this interpreter, after a fork."""
        if self._probes is not None:
            self._probes.release()

    def _run(self) -> None:
        try:
            self._wait_grace()
            if self._stopped is None:
                self._work()
        except Exception:
            logger.exception("the agent failed and is off until restart; the service is not")

    def _wait_grace(self) -> None:
        until = time.monotonic() + GRACE
        while self._stopped is None and time.monotonic() < until:
            self._next_happenings(until)

    def _work(self) -> None:
        # Imported here, with what they import in their turn, for the sake of short-lived processes.
        from hognose._wiring import Probes, open_sink

        sink = open_sink(self._settings, self._dropped)
        probes = self._probes = Probes(self._settings, self._rounds, self._post)
        try:
            self._say({"started": started()})
            self._beat(sink, probes)
            probes.watchdog.stop(min(_WATCHDOG_STOP, self._seconds_left()))
            probes.last_words()
            self._say_all([*self._waiting_happenings(), *probes.happenings()])
            if self._stopped is not None:
                self._say({"stopped": self._stopped})
        finally:
            probes.release()
            self._outbox.drain(sink)
            sink.close(self._seconds_left())

    def _beat(self, sink: Sink, probes: Probes) -> None:
        """Sample at every interval, and say what happens in between, until the agent is stopped."""
        next_sample = time.monotonic()
        while self._stopped is None:
            now = time.monotonic()
            if now >= next_sample:
                self._sample(sink, probes)
                missed = (now - next_sample) // self._settings.interval
                next_sample += (missed + 1) * self._settings.interval
            happenings = self._next_happenings(min(next_sample, probes.next_wake))
            happenings += probes.happenings()
            self._say_all(happenings)
            self._outbox.drain(sink)
            if happenings and self._stopped is None:
                sink.flush(_FLUSH)

    def _sample(self, sink: Sink, probes: Probes) -> None:
        started_at = time.monotonic()
        figures = self._rounds.read()
        probes.observe(figures)
        sample = {
            "process": self._process,
            "sequence": self._next_sequence(),
            "interval_ms": round(self._settings.interval * 1000),
            "version": self._settings.version,
            "at_ms": _unix_ms(),
            **figures,
            "agent": self._figures(sink, probes),
        }
        self._offer(SAMPLES, "Sample", sample)
        self._outbox.drain(sink)
        self._longest_tick = max(self._longest_tick, time.monotonic() - started_at)

    def _figures(self, sink: Sink, probes: Probes) -> AgentFigures:
        return {
            "cpu_seconds_total": time.thread_time() + probes.watchdog.cpu_seconds,
            "tick_max_seconds": self._longest_tick,
            "gil_hold_max_seconds": probes.longest_hold,
            "outbox": len(self._outbox) + sink.waiting,
            "dropped": [{"reason": r, "total": n} for r, n in sorted(self._dropped.items())],
            "disabled_probes": self._rounds.disabled,
            "skipped": [{"reason": r, "total": n} for r, n in sorted(probes.skipped.items())],
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
            **happening,
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

    def _post(self, block: LoopBlock) -> None:
        """From the watchdog's thread: an event to be said soon."""
        if self._inbox.qsize() < _INBOX:
            self._inbox.put({"loop_block": block})
        else:
            self._dropped["inbox_full"] += 1

    def _next_happenings(self, until: float) -> list[Happening]:
        """
        What happens next; nothing when that moment of the monotonic clock comes before, or a stop.
        """
        try:
            first = self._inbox.get(timeout=max(0.0, until - time.monotonic()))
        except Empty:
            return []
        return [*([first] if first else []), *self._waiting_happenings()]

    def _waiting_happenings(self) -> list[Happening]:
        happenings: list[Happening] = []
        with suppress(Empty):
            while True:
                happening = self._inbox.get_nowait()
                if happening is not None:
                    happenings.append(happening)
        return happenings

    def _seconds_left(self) -> float:
        """Of the time that the stop may take; none of it is used up while nobody has asked."""
        return max(0.0, self._stop_before - time.monotonic()) if self._stopped else 0.0


def _unix_ms() -> int:
    return time.time_ns() // 1_000_000
