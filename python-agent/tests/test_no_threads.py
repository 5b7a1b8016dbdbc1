"""A moment in which no thread can be started, as at a container's limit of processes."""

from __future__ import annotations

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
