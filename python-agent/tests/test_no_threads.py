"""A moment in which no thread can be started, as at a container's limit of processes."""

from __future__ import annotations

import signal

import pytest
from service import READY, Service

PROGRAM = (
    READY
    + """
import signal, threading
real = threading.Thread.start

def refused(thread):
    if thread.name == {refused!r}:
        raise RuntimeError("can't start new thread")
    real(thread)

threading.Thread.start = refused
import hognose
hognose.start(service="shop", profile_signal="SIGUSR2", profile={profile!r})
await_samples(1)
os.kill(os.getpid(), signal.SIGUSR2)
until = time.monotonic() + 10
while time.monotonic() < until and open(os.environ["CAPTURE"], "rb").read().count(b"hognose.samples") < 4:
    time.sleep(0.01)
"""
)


def run(service: Service, refused: str, profile: str = "blocks") -> None:
    service.write(PROGRAM.format(refused=refused, profile=profile))
    ended = service.run(settings={"HOGNOSE_SERVICE": ""})
    assert (ended.returncode, ended.stderr) == (0, "")


@pytest.mark.parametrize("profile", ["blocks", "continuous"])
def test_a_profile_that_cannot_be_begun_is_counted(service: Service, profile: str) -> None:
    """The agent goes on, and ends as it should."""
    run(service, "hognose-profile", profile)

    skipped = {
        each["reason"]: int(each["total"]) for each in service.samples()[-1]["agent"]["skipped"]
    }
    assert skipped["profile"] == (2 if profile == "continuous" else 1)
    assert service.events("stopped")[0]["reason"] == "EXIT"


def test_loops_are_not_watched_without_a_thread(service: Service) -> None:
    """Everything else is told."""
    run(service, "hognose-watchdog")

    assert service.samples()[-1]["agent"]["disabled_probes"] == ["loops"]
    assert service.events("stopped")[0]["reason"] == "EXIT"


def test_what_fails_at_the_end_keeps_nothing_from_being_told(service: Service) -> None:
    """Each step of it is done whatever becomes of the one before."""
    service.write(
        READY
        + """
from hognose._wiring import Probes
from hognose._capture import Capture
Probes.release = lambda probes: 1 / 0
Capture.close = lambda sink, seconds: print("closed", flush=True)
await_samples(1)
"""
    )

    ended = service.run()

    assert service.events("stopped")[0]["reason"] == "EXIT"
    assert ended.stdout == "closed\n"


ALONE = "hognose: can't start new thread; the service runs without the agent\n"

REFUSES = """
import os, signal, sys, threading, time
real = threading.Thread.start

def refused(thread):
    if thread.name == "hognose-agent":
        raise RuntimeError("can't start new thread")
    real(thread)

threading.Thread.start = refused
import hognose
"""

WITHOUT = {
    "SIGTERM": ("signal.raise_signal(signal.SIGTERM)\ntime.sleep(9)", -signal.SIGTERM, 1),
    "its last line": ("print('open')", 0, 1),
    "a fork": ("pid = os.fork()\nif pid: os.waitpid(pid, 0)", 0, 2),
}


@pytest.mark.parametrize("ending", WITHOUT)
def test_a_service_without_a_thread_for_the_agent_runs_and_ends_as_ever(
    service: Service, ending: str
) -> None:
    """One line on standard error a process; nothing is raised into the program."""
    program, code, processes = WITHOUT[ending]
    service.write(f"{REFUSES}hognose.start(service='shop')\n{program}\n")

    ended = service.run(settings={"HOGNOSE_SERVICE": ""})

    assert (ended.returncode, ended.stderr) == (code, ALONE * processes)


def test_a_further_interpreter_of_the_process_is_left_alone(service: Service) -> None:
    """The process has an agent; the installed line is read once more, and says nothing."""
    service.write(
        READY
        + """
try:
    import _interpreters as interpreters
except ImportError:
    import _xxsubinterpreters as interpreters
other = interpreters.create()
interpreters.run_string(other, "import threading; print(threading.active_count(), flush=True)")
interpreters.destroy(other)
await_samples()
"""
    )

    ended = service.run()

    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "1\n", "")
