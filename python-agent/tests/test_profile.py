from __future__ import annotations

import queue
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from types import FrameType
from typing import Any

import pytest
from service import READY, Service, lines

from hognose._encode import encode
from hognose._happenings import StackProfile
from hognose._rounds import Rounds
from hognose.probes.profile import Profile, Profiler, folded, record, waits_for_work

INSTALLED = "/srv/venv/lib/python3.11/site-packages/shop"


@contextmanager
def thread_in(run: Callable[[], object], name: str) -> Iterator[threading.Thread]:
    thread = threading.Thread(target=run, name=name, daemon=True)
    thread.start()
    yield thread


def frame_of(thread: threading.Thread) -> FrameType:
    return sys._current_frames()[thread.ident or 0]


def until(is_there: Callable[[], bool]) -> None:
    for _ in range(100_000):
        if is_there():
            return
    raise AssertionError("expected the thread to get there")


def test_a_pool_that_has_nothing_to_do_is_left_out() -> None:
    """Nor is a queue's reader; a thread at work is told, with its pool's threads under one name."""
    hold = threading.Event()
    at_work = threading.Event()

    def work() -> None:
        at_work.set()
        while not hold.is_set():
            sum(range(100))

    jobs: queue.Queue[int] = queue.Queue()
    with ThreadPoolExecutor(2, "shop") as pool, thread_in(jobs.get, "reader") as reader:
        pool.submit(work)
        at_work.wait()
        until(lambda: waits_for_work(frame_of(reader)))
        profile = Profile()
        for _ in range(3):
            profile.sample()
        hold.set()
        jobs.put(1)
        told = profile.told(0.3)

    assert (told["samples"], told["window_ms"], told["cut"]) == (3, 300, False)
    # One of the test runner's has no name.
    ours = {stack.get("thread"): stack for stack in told["stacks"]}
    assert "reader" not in ours
    assert ours["shop_#"]["count"] == 3
    assert "work" in [frame["function"] for frame in ours["shop_#"]["frames"]]


@pytest.mark.parametrize(
    ("file", "function"), [("pool.py", "worker"), ("queue.py", "get"), ("sync.py", "wait")]
)
def test_a_services_own_function_is_at_work_whatever_it_is_called(file: str, function: str) -> None:
    """Also in an installed package that is the service."""
    for folder, own in (("/srv/shop", frozenset[str]()), (INSTALLED, frozenset({"shop"}))):
        variables: dict[str, Any] = {}
        source = f"import sys\ndef {function}(): return sys._getframe()\n"
        exec(compile(source, f"{folder}/{file}", "exec"), variables)

        frame = variables[function]()
        assert not waits_for_work(frame, own)
        assert waits_for_work(frame) == (folder == INSTALLED)


def test_a_profilers_own_cpu_is_known() -> None:
    """Of all its threads: each profile that somebody asks for has one of its own."""
    profiles: list[StackProfile] = []
    profiler = Profiler(profiles.append)
    spent = []
    for _ in range(2):
        profiler.once(0.01)
        assert profiler._thread is not None
        profiler._thread.join(30)
        spent.append(profiler.cpu_seconds)

    assert len(profiles) == 2
    assert 0 < spent[0] < spent[1]


def test_a_name_that_is_no_text_is_told_all_the_same() -> None:
    """A thread may be called after bytes of a file's name."""
    profile = Profile()
    alone: Any = (n for n in "")
    profile.sample(lambda: {-1: alone.gi_frame}, lambda: {-1: "import \udcff"})

    (stack,) = profile.told(1.0)["stacks"]
    assert stack["thread"] == "import \udcff"
    assert encode("Event", {"stack_profile": {"stacks": [stack]}})


def refuse(profile: StackProfile) -> None:
    raise KeyError(profile["samples"])


def test_a_profile_that_fails_is_told_as_other_probes_are() -> None:
    """No traceback of ours is the service's, and no other profile is taken."""
    rounds = Rounds()
    profiler = Profiler(refuse)
    rounds.add("profile", profiler.read)
    rounds.read()
    assert rounds.disabled == []
    for _ in range(2):
        profiler.once(0.01)
        assert profiler._thread is not None
        profiler._thread.join(30)
        rounds.read()

    assert rounds.disabled == ["profile"]


def test_what_is_kept_is_bounded() -> None:
    """By stacks and by names; what was left out is told as cut."""
    profile = Profile()
    # Without callers, so that all of them fit into an event.
    alone: Any = (n for n in "")
    frame = alone.gi_frame
    names: Mapping[int, str] = {-1 - n: "t" * (n + 1) for n in range(150)}
    profile.sample(lambda: dict.fromkeys(names, frame), lambda: names)

    told = profile.told(60.0)

    by_name = {stack.get("thread", "") for stack in told["stacks"]}
    assert len(by_name) == 101
    assert "others" in by_name


def test_a_window_ends_in_time_and_costs_its_share() -> None:
    """A sample that takes 5 ms is taken twice a second, for 1 % of a core."""
    now = [0.0]
    cpu = iter(x for n in range(10_000) for x in (n * 0.005, (n + 1) * 0.005))

    def wait(seconds: float) -> None:
        now[0] += seconds

    told = record(60.0, wait, lambda: now[0], lambda: next(cpu))

    assert told["window_ms"] == 60_000
    assert 80 <= told["samples"] <= 180


def test_stacks_are_folded_as_flame_graphs_take_them() -> None:
    """Outermost first, a line a stack."""
    frames: list[Any] = [
        {"file": "/srv/app.py", "line": 3, "function": "main"},
        {"file": "/srv/cart.py", "line": 7, "function": "add"},
    ]

    text = folded([{"thread": "MainThread", "frames": frames, "count": 12}])

    assert text == "MainThread;main (/srv/app.py:3);add (/srv/cart.py:7) 12\n"


PROFILED = """
import hognose, os, signal, sys, threading, time

def compute():
    while True: sum(range(1000))  # computes

threading.Thread(target=compute, name="worker-1", daemon=True).start()
while not os.path.exists(os.environ["CAPTURE"]):
    time.sleep(0.02)
if sys.argv[1] == "call":
    print(hognose.profile(0.5), end="")
elif sys.argv[1] == "signal":
    os.kill(os.getpid(), signal.SIGUSR2)
    time.sleep(0.6)
else:
    time.sleep(0.6)
"""


@pytest.mark.parametrize("how", ["call", "signal", "continuous"])
def test_a_profile_is_taken_and_published(service: Service, how: str) -> None:
    """By a call, by a signal, or all the time; the window that is open at the end is told, too."""
    script = service.write(PROFILED)
    settings = {"HOGNOSE_PROFILE_SIGNAL": "SIGUSR2"} if how == "signal" else {}
    if how == "continuous":
        settings = {"HOGNOSE_PROFILE": "continuous", "HOGNOSE_PATHS": "short"}

    ended = service.run(sys.executable, script, how, settings=settings)

    assert (ended.returncode, ended.stderr) == (0, "")
    (profile,) = service.events("stack_profile")
    (computes,) = lines(PROFILED, "# computes")
    file = script.name if how == "continuous" else str(script)
    assert 1 <= profile["samples"] <= 15
    frames = [stack["frames"][-1] for stack in profile["stacks"] if stack["thread"] == "worker-#"]
    assert {"file": file, "line": computes, "function": "compute"} in frames
    assert all(not stack["thread"].startswith("hognose") for stack in profile["stacks"])
    if how == "call":
        assert f"compute ({script}:{computes})" in ended.stdout
        assert ended.stdout.startswith("worker-#;")


def test_a_services_own_handler_is_called_as_well(service: Service) -> None:
    """The signal does for the service what it did without the agent."""
    service.write(
        """
        import signal
        signal.signal(signal.SIGUSR2, lambda *_: print("own", flush=True))
        import hognose, os, time
        hognose.start(service="shop", profile_signal="SIGUSR2")
        while not os.path.exists(os.environ["CAPTURE"]):
            time.sleep(0.02)
        os.kill(os.getpid(), signal.SIGUSR2)
        time.sleep(0.3)
        """
    )

    ended = service.run(settings={"HOGNOSE_SERVICE": ""})

    assert ended.stdout == "own\n"
    assert len(service.events("stack_profile")) == 1


def test_a_default_that_is_put_back_does_not_end_the_process(service: Service) -> None:
    """As gunicorn's workers put it back for all that their arbiter handles, after the fork."""
    service.write(
        READY
        + """
import signal
await_samples()
signal.signal(signal.SIGUSR2, lambda *_: print("own", flush=True))
print(signal.signal(signal.SIGUSR2, signal.SIG_DFL) is signal.SIG_DFL)
print(signal.getsignal(signal.SIGUSR2) is signal.SIG_DFL)
signal.raise_signal(signal.SIGUSR2)
await_samples(3)
"""
    )

    ended = service.run(settings={"HOGNOSE_PROFILE_SIGNAL": "SIGUSR2"})

    assert (ended.returncode, ended.stdout) == (0, "False\nTrue\n")
    assert len(service.events("stack_profile")) == 1


BLOCKED = """
import asyncio, time
async def pay():
    time.sleep(0.4)
async def main():
    await asyncio.sleep(0.6)
    await pay()
    await asyncio.sleep(0.3)
asyncio.run(main())
"""


def test_hidden_code_is_in_no_byte_that_leaves(service: Service) -> None:
    """Neither its file nor its functions; that it blocked is told all the same."""
    service.write(BLOCKED, "billing.py")
    service.write("import billing\n")

    service.run(settings={"HOGNOSE_HIDE": "billing", "HOGNOSE_PROFILE": "continuous"})

    published = service.capture.read_bytes()
    assert b"billing" not in published
    assert b"pay" not in published
    block = service.events("loop_block")[-1]
    assert block["cause"] == "SYNC_SLEEP"
    assert block["culprit"] == {"file": "hidden", "function": "hidden"}


@pytest.mark.parametrize("paths", ["whole", "short"])
def test_code_beside_a_script_is_hidden_wherever_it_is_started_from(
    service: Service, paths: str
) -> None:
    """Python puts the script's folder on its path only when the agent has begun."""
    (service.folder / "app").mkdir()
    service.write(BLOCKED, "app/billing.py")
    service.write(BLOCKED.replace("pay", "ship"), "app/shop.py")
    service.write("import billing, shop\n", "app/main.py")

    service.run(
        *(sys.executable, "app/main.py"),
        settings={"HOGNOSE_HIDE": "billing", "HOGNOSE_PATHS": paths},
    )

    assert b"billing" not in service.capture.read_bytes()
    culprits = [block["culprit"] for block in service.events("loop_block") if "ended" in block]
    file = "shop.py" if paths == "short" else str(service.folder / "app/shop.py")
    assert [(each["file"], each["function"]) for each in culprits] == [
        ("hidden", "hidden"),
        (file, "ship"),
    ]


def test_stacks_can_be_switched_off(service: Service) -> None:
    """The line that blocks is told, and nothing around it."""
    service.write(BLOCKED)

    service.run(settings={"HOGNOSE_PROFILE": "off"})

    block = service.events("loop_block")[-1]
    assert "stacks" not in block
    assert block["culprit"]["function"] == "pay"
