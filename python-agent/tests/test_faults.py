"""What may go wrong around the agent: the service is unharmed, and the record says what happened."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from broker import Published
from installation import Installation

# The service: what it does is put between its start and its four samples' worth of work.
SHOP = """
import os, sys, threading, time
{before}
import hognose
hognose.start(service=os.environ["SHOP"])
{during}
{works}
{after}
print("served", os.getpid(), flush=True)
"""

Check = Callable[[Published], None]


@dataclass(frozen=True, slots=True)
class Fault:
    """
    What the service, or its machine, does to the agent, and what is told of it.

    `said` is what standard error begins with; empty for nothing at all.
    """

    told: Check
    before: str = ""
    during: str = ""
    after: str = ""
    works: str = "from living import live; live(5)"
    settings: dict[str, str] = field(default_factory=dict)
    said: str = ""
    exit_code: int = 0
    under: tuple[str, ...] = ()


def whole(published: Published) -> None:
    """All of it is told, from the first to the last."""
    published.until(lambda: is_ended(published), "the end of each process")
    for told in published.processes().values():
        numbers = [int(record["sequence"]) for record in told]
        assert numbers == list(range(1, len(numbers) + 1)), str(published)
        assert "started" in told[0]
        assert "stopped" in told[-1]
    assert len(published.samples()) >= 3
    assert not any("dropped" in sample["agent"] for sample in published.samples())


def is_ended(published: Published) -> bool:
    said = published.processes().values()
    return bool(said) and all(any("stopped" in record for record in told) for told in said)


def anything(published: Published) -> None:
    """The agent cannot be asked for more than to keep out of the way."""


def nothing(published: Published) -> None:
    assert published.records == []


def disabled(*probes: str) -> Check:
    """Those probes are off, and the others tell."""

    def check(published: Published) -> None:
        whole(published)
        told = published.samples()[-1]
        assert set(told["agent"]["disabled_probes"]) == set(probes)
        assert int(told["allocated_blocks"]) > 1000

    return check


def by_clock(step: float) -> Check:
    """The samples go on, with the times that the clock told."""

    def check(published: Published) -> None:
        whole(published)
        (told,) = published.processes().values()
        times = [int(record["at_ms"]) / 1000 for record in told]
        steps = [b - a for a, b in itertools.pairwise(times)]
        assert any(abs(each - step) < 30 for each in steps), steps
        assert len([each for each in steps if abs(each) < 30]) >= 3

    return check


def forked(published: Published) -> None:
    """The parent is whole; children that lived for long enough, too."""
    whole(published)
    assert len(published.processes()) >= 5


def named(published: Published) -> None:
    """The name is cut to what a sample has room for."""
    whole(published)
    names = [each["name"] for each in published.samples()[-1]["thread_cpu"]]
    assert max(map(len, names)) <= 64


def without_threads(published: Published) -> None:
    """They are counted and not told one by one."""
    whole(published)
    told = published.samples()[-1]
    assert told["threads"] > 400
    assert "thread_cpu" not in told


def without_proc(published: Published) -> None:
    """What only it tells is left out, which is no failure; the rest is told."""
    published.until(lambda: is_ended(published), "the end")
    told = [each for each in published.records if "allocated_blocks" in each]
    assert len(told) >= 3
    last = told[-1]
    assert int(last["allocated_blocks"]) > 1000
    assert last["cpu_user_seconds_total"] > 0
    assert last["threads"] >= 3
    assert not last.keys() & {"rss_bytes", "uss_bytes", "thread_cpu", "children", "native_pools"}
    assert not last["agent"].keys() & {"disabled_probes", "dropped"}


def unprivileged(published: Published) -> None:
    """What the kernel does not let it read any more is missing; the rest is told."""
    published.until(lambda: is_ended(published), "the end")
    (told,) = published.processes().values()
    assert "stopped" in told[-1]
    last = published.samples()[-1]
    assert int(last["rss_bytes"]) > 0
    assert last["cpu_user_seconds_total"] > 0
    assert "process" not in last["agent"].get("disabled_probes", [])


def all_skipped_and_on_again(published: Published) -> None:
    """What could not be read is counted as left out, and read again."""
    whole(published)
    told = published.samples()[-1]
    skipped = {each["reason"] for each in told["agent"]["skipped"]}
    assert skipped >= {"threads", "children"}
    assert "disabled_probes" not in told["agent"]
    assert told.keys() >= {"thread_cpu", "children"}


FAULTS = {
    "a probe raises": Fault(
        disabled("descriptors"),
        before="real = os.sysconf; os.sysconf = lambda name: 1 / 0 if name == 'SC_OPEN_MAX' else real(name)",
    ),
    "the clock steps back": Fault(
        by_clock(-3600),
        after="real = time.time_ns; time.time_ns = lambda: real() - 3600 * 10**9; live(3)",
    ),
    "the clock steps forward": Fault(
        by_clock(3600),
        after="real = time.time_ns; time.time_ns = lambda: real() + 3600 * 10**9; live(3)",
    ),
    "forks while it publishes": Fault(
        forked,
        settings={"HOGNOSE_INTERVAL": "100ms"},
        during="""
from living import live
def child():
    live(3)
    sys.exit()
live(2)
for number in range(30):
    if not os.fork():
        child() if number % 5 == 0 else os._exit(0)
    time.sleep(0.01)
""",
        after="while True:\n    try: os.wait()\n    except ChildProcessError: break",
    ),
    "the broker was never there": Fault(
        nothing, settings={"HOGNOSE_BOOTSTRAP_SERVERS": "127.0.0.1:1"}
    ),
    "the broker has no name": Fault(
        nothing, settings={"HOGNOSE_BOOTSTRAP_SERVERS": "nowhere.invalid:9092"}
    ),
    "the interpreter ends in the middle of a tick": Fault(
        anything,
        before="real = os.sysconf; os.sysconf = lambda name: time.sleep(30) if name == 'SC_OPEN_MAX' else real(name)",
        works="time.sleep(0.5)",
    ),
    "librdkafka's queue is full": Fault(
        whole, settings={"HOGNOSE_KAFKA_QUEUE_BUFFERING_MAX_MESSAGES": "1"}
    ),
    "a thread has a long name": Fault(
        named,
        during="threading.Thread(target=lambda: sum(range(10**7)), name='n' * 5000).start()",
    ),
    "there are 400 threads": Fault(
        without_threads,
        before="[threading.Thread(target=time.sleep, args=(9,), daemon=True).start() for _ in range(400)]",
    ),
    "a service with signal handlers of its own": Fault(
        whole,
        during="import signal\nfor each in (2, 10, 12, 15): signal.signal(each, lambda *_: None)",
        after="for each in (2, 10, 12, 15): os.kill(os.getpid(), each)",
    ),
    "a daemon that closes all descriptors": Fault(
        whole,
        during="""
if os.fork(): os._exit(0)
os.setsid()
if os.fork(): os._exit(0)
os.closerange(3, 1024)
""",
    ),
    "all descriptors are closed while it publishes": Fault(
        anything,
        after="os.closerange(3, 1024); time.sleep(1)",
    ),
    "no descriptors are left": Fault(
        anything,
        during="import resource; from living import live; live(3); resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))",
        works="live(5)",
    ),
    "no descriptors are left for a while": Fault(
        all_skipped_and_on_again,
        during="""
import resource
from living import live
live(3)
soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (3, hard))
live(8)
resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
""",
        works="live(8)",
    ),
    "no descriptors are there to begin with": Fault(
        nothing,
        before="""
import resource, hognose._lifecycle, hognose._run
resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))
""",
        works="time.sleep(1.2)",
        said="hognose: [Errno 24] Too many open files",
    ),
    "a disk that is full for a while": Fault(
        anything,
        works="from living import live; live(20)",
        settings={"HOGNOSE_SINK": "file:shop.capture", "HOGNOSE_INTERVAL": "100ms"},
        during="import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (3000, resource.RLIM_INFINITY))",
        after="""
infinite = resource.RLIM_INFINITY
resource.setrlimit(resource.RLIMIT_FSIZE, (infinite, infinite))
until = time.monotonic() + 20
while b"\\x04file\\x10" not in open("shop.capture", "rb").read():
    assert time.monotonic() < until, "the loss is not told"
    time.sleep(0.1)
assert open("shop.capture", "rb").readline() == b"hognose-capture 1\\n"
""",
    ),
    "/proc cannot be read": Fault(
        without_proc,
        under=("unshare", "-m", "sh", "-c", 'mount -t tmpfs none /proc && exec "$@"', "sh"),
    ),
    "a platform with neither /proc nor os.fork": Fault(
        without_proc,
        # What Windows lacks. The libraries that the agent imports are those of this machine.
        before="""
import confluent_kafka, psutil, sysconfig
sysconfig.get_paths()
sys.platform = "win32"
for name in ("fork", "register_at_fork", "sysconf", "RTLD_NOLOAD", "getloadavg"): delattr(os, name)
sys.modules["resource"] = None
""",
        under=("unshare", "-m", "sh", "-c", 'mount -t tmpfs none /proc && exec "$@"', "sh"),
    ),
    "the capture's folder is missing": Fault(
        nothing,
        works="time.sleep(1.2)",
        settings={"HOGNOSE_SINK": "file:/proc/shop.capture"},
        said="hognose: [Errno 2] No such file or directory: '/proc/shop.capture'; the service runs without the agent\n",
    ),
    "the service goes to another folder": Fault(whole, during="os.chdir('/')"),
    "the service gives up its rights": Fault(
        unprivileged,
        during="from living import live; live(3); os.setgid(65534); os.setuid(65534)",
        works="live(5)",
        settings={"HOGNOSE_INTERVAL": "100ms"},
    ),
    "the service gives up its rights at once, and may not look into its path": Fault(
        unprivileged,
        before="import asyncio, living, hognose._wiring, hognose._publish",
        during="os.setgid(65534); os.setuid(65534)",
        settings={"HOGNOSE_INTERVAL": "100ms"},
    ),
    "bad settings, by the installed line": Fault(
        nothing,
        settings={"HOGNOSE_SERVICE": "shop", "HOGNOSE_INTERVAL": "5x"},
        said="hognose: HOGNOSE_INTERVAL=5x: expected a duration such as 500ms, 10s or 5m; the service runs without the agent\nTraceback",
        exit_code=1,
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_leaves_the_service_alone(installation: Installation, name: str) -> None:
    """Exit code, output and standard error are its own."""
    fault = FAULTS[name]
    program = SHOP.format(
        before=fault.before, during=fault.during, after=fault.after, works=fault.works
    )
    installation.write(program)
    settings = {"HOGNOSE_SERVICE": "", "SHOP": installation.service, **fault.settings}

    with installation.running(["python", "shop.py"], settings, fault.under) as running:
        code = running.result()
        assert code == fault.exit_code, running.err
        if fault.exit_code == 0:
            installation.published.until(lambda: "served" in running.out, "the service's work")
        said = running.err
        served = running.out
    installation.published.settle()

    assert said.startswith(fault.said), said
    assert fault.said or not said, said
    assert fault.exit_code or served.startswith("served"), served
    fault.told(installation.published)
