"""Children, however a service starts them, and how processes end, read back from a broker."""

from __future__ import annotations

import signal
import sys
import textwrap
import time
from typing import Any

import pytest
from broker import Published, assert_whole
from installation import Installation

# What a program does before it goes on: it lives until a few samples have arrived.
LIVES = "import os, sys, threading, time\nfrom living import live_to_be_heard as live\n"

CHILDREN = {
    "multiprocessing fork": """
        import multiprocessing
        def work(_): live(); return os.getpid()
        if __name__ == "__main__":
            with multiprocessing.get_context("fork").Pool(2) as pool:
                print(*pool.map(work, range(2), chunksize=1))
                pool.close(); pool.join()
        """,
    "multiprocessing spawn": """
        import multiprocessing
        def work(_): live(); return os.getpid()
        if __name__ == "__main__":
            with multiprocessing.get_context("spawn").Pool(2) as pool:
                print(*pool.map(work, range(2), chunksize=1))
                pool.close(); pool.join()
        """,
    "multiprocessing forkserver": """
        import multiprocessing
        def work(_): live(); return os.getpid()
        if __name__ == "__main__":
            with multiprocessing.get_context("forkserver").Pool(2) as pool:
                print(*pool.map(work, range(2), chunksize=1))
                pool.close(); pool.join()
        """,
    "multiprocessing Process": """
        import multiprocessing
        if __name__ == "__main__":
            each = [multiprocessing.Process(target=live) for _ in range(2)]
            [one.start() for one in each]
            print(*(one.pid for one in each))
            [one.join() for one in each]
        """,
    "ProcessPoolExecutor": """
        from concurrent.futures import ProcessPoolExecutor
        def work(_): live(); return os.getpid()
        if __name__ == "__main__":
            with ProcessPoolExecutor(2) as pool:
                print(*pool.map(work, range(2)))
        """,
    "subprocess": """
        import subprocess
        each = [subprocess.Popen([sys.executable, "-c", "from living import live; live()"]) for _ in range(2)]
        print(*(one.pid for one in each))
        [one.wait() for one in each]
        """,
    "os.fork while threads run": """
        def churn():
            while True: sum(range(1000)); time.sleep(0)
        for _ in range(4): threading.Thread(target=churn, daemon=True).start()
        live()
        pids = []
        for _ in range(2):
            pid = os.fork()
            if not pid:
                live()
                sys.exit(0)
            pids.append(pid)
        print(*pids)
        for pid in pids: os.waitpid(pid, 0)
        """,
    "os.fork in a child": """
        live()
        child = os.fork()
        if child:
            os.waitpid(child, 0)
        else:
            live()
            grandchild = os.fork()
            if grandchild:
                print(os.getpid(), grandchild, flush=True)
                os.waitpid(grandchild, 0)
            else:
                live()
        sys.exit(0)
        """,
}


@pytest.mark.parametrize("name", CHILDREN)
def test_each_child_publishes_as_itself(installation: Installation, name: str) -> None:
    """It and its parent are whole, nothing is sent twice, and none hangs."""
    installation.write(LIVES + textwrap.dedent(CHILDREN[name]))
    published = installation.published

    with installation.running(["python", "shop.py"]) as running:
        code = running.result()
        children = {int(pid) for pid in running.out.split()}
        parent = running.process.pid
        said = running.err
    everyone = children | {parent}
    published.until(lambda: ended(published) >= everyone, "the end of each")

    assert (code, said) == (0, "")
    assert len(children) == 2
    assert set(published.processes()) == everyone
    for told in published.processes().values():
        assert_whole(told)
        assert sum("rss_bytes" in record for record in told) >= 2


FORKS_EARLY = """
import os, signal, time, hognose
hognose.start(service=os.environ["SHOP"])
children = []
until = time.monotonic() + 1
while time.monotonic() < until:
    child = os.fork()
    if not child:
        # Ends a child that hangs, and its exit code says so.
        signal.alarm(20)
        import psutil, confluent_kafka
        os._exit(0)
    children.append(child)
    time.sleep(0.02)
print({os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children})
"""


def test_no_child_inherits_a_module_half_imported(installation: Installation) -> None:
    """A fork while the agent imports waits for it; the child would hang at that module."""
    installation.write(FORKS_EARLY)
    settings = {"HOGNOSE_SERVICE": "", "SHOP": installation.service}

    with installation.running(["python", "shop.py"], settings, ()) as running:
        code = running.result()
        said = running.out

    assert (code, said) == (0, "{0}\n")


TASKS = """
import os, time
from celery import Celery
app = Celery("tasks", broker="filesystem://", backend="file://" + os.environ["QUEUE"])
app.conf.broker_transport_options = {
    "data_folder_in": os.environ["QUEUE"], "data_folder_out": os.environ["QUEUE"],
    "control_folder": os.environ["QUEUE"] + "/control",
}
app.conf.worker_hijack_root_logger = False

@app.task(name="work")
def work():
    time.sleep(0.9)
    return os.getpid()
"""

SEND = """
import os
os.environ["HOGNOSE_SERVICE"] = ""
from tasks import work
waiting = [work.delay() for _ in range(6)]
print(*sorted({each.get(timeout=60) for each in waiting}))
"""


def test_celerys_pool_publishes_worker_by_worker(installation: Installation) -> None:
    """Each of its processes comes to its `Stopped`, those that are replaced after two tasks, too."""
    queue = installation.folder / "queue"
    (queue / "control").mkdir(parents=True)
    installation.write(TASKS, "tasks.py")
    installation.write(SEND, "send.py")
    published = installation.published
    settings = {"QUEUE": str(queue)}
    worker = "celery -A tasks worker --pool prefork --concurrency 2 --max-tasks-per-child 2"

    with installation.running(worker.split(), settings) as running:
        sent = installation.run(["python", "send.py"], {**settings, "HOGNOSE_SERVICE": ""})
        worked = {int(pid) for pid in sent.stdout.split()}
        published.until(lambda: len(ended(published) & worked) >= 2, "two replaced workers")
        parent = running.process.pid
        code = running.end()
        said = running.err
    published.until(lambda: ended(published) == set(published.processes()), "each worker's end")

    assert len(worked) >= 3
    assert worked <= set(published.processes())
    assert parent not in published.processes()
    for told in published.processes().values():
        assert_whole(told)
        assert told[0]["started"]["worker_kind"] == "celery"
    assert code == 0
    assert "Traceback" not in said


ENDINGS: dict[str, tuple[str, int, dict[str, Any] | None]] = {
    "the program's end": ("pass", 0, {"reason": "EXIT"}),
    "sys.exit": ("sys.exit(3)", 3, {"reason": "EXIT", "exit_code": 3}),
    "an unhandled exception": ("raise KeyError(3)", 1, {"reason": "EXCEPTION", "exit_code": 1}),
    "daemon threads": (
        "[threading.Thread(target=time.sleep, args=(99,), daemon=True).start() for _ in range(9)]",
        0,
        {"reason": "EXIT"},
    ),
    "daemon threads that compute": (
        "[threading.Thread(target=lambda: [i for i in iter(int, 1)], daemon=True).start() for _ in range(3)]",
        0,
        {"reason": "EXIT"},
    ),
    "os._exit": ("os._exit(4)", 4, None),
    "os.abort": ("os.abort()", -6, None),
    "SIGTERM": ("os.kill(os.getpid(), 15); time.sleep(9)", -15, {"reason": "SIGNAL", "exit_code": -15}),
    "SIGTERM put back to its default": (
        "import signal; signal.signal(15, signal.SIG_DFL); os.kill(os.getpid(), 15); time.sleep(9)",
        -15,
        {"reason": "SIGNAL", "exit_code": -15},
    ),
    "SIGTERM ignored": (
        "import signal; signal.signal(15, signal.SIG_IGN); os.kill(os.getpid(), 15); sys.exit(5)",
        5,
        {"reason": "EXIT", "exit_code": 5},
    ),
    "SIGKILL": ("os.kill(os.getpid(), 9); time.sleep(9)", -9, None),
    "SIGINT": ("os.kill(os.getpid(), 2); time.sleep(9)", -2, {"reason": "SIGNAL", "exit_code": -2}),
    "another program": (
        "os.execv(sys.executable, [sys.executable, '-c', 'import time; time.sleep(0.9)'])",
        0,
        {"reason": "EXIT"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ENDINGS)
def test_an_end_is_told_by_its_kind(installation: Installation, name: str) -> None:
    """Where Python gets to say a last word; what is silent has vanished."""
    ending, exit_code, said = ENDINGS[name]
    installation.write(f"{LIVES}live()\n{ending}\n")
    published = installation.published

    with installation.running(["python", "shop.py"]) as running:
        code = running.result()
    if said is None:
        published.until(lambda: len(published.samples()) >= 2, "samples")
        published.settle()
    else:
        published.until(lambda: published.events("stopped"), "its end")

    assert code == exit_code
    assert published.events("stopped") == ([] if said is None else [said])


TARGETS: dict[str, tuple[str, int, dict[str, Any]]] = {
    "its end": ("return", 0, {"reason": "EXIT", "exit_code": 0}),
    "sys.exit": ("sys.exit(3)", 3, {"reason": "EXIT", "exit_code": 3}),
    "sys.exit with a message": ("sys.exit('no')", 1, {"reason": "EXIT", "exit_code": 1}),
    "an exception": (
        "raise KeyError(3)",
        1,
        # From 3.13 on `multiprocessing` has dealt with it before anybody is asked for a last word.
        {"reason": "EXCEPTION" if sys.version_info < (3, 13) else "EXIT", "exit_code": 1},
    ),
    "an exception that it handles": (
        "try: raise KeyError(3)\n    except KeyError: return",
        0,
        {"reason": "EXIT", "exit_code": 0},
    ),
}


@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
@pytest.mark.parametrize("name", TARGETS)
def test_an_end_of_multiprocessings_child_is_told_with_its_code(
    installation: Installation, name: str, method: str
) -> None:
    """Also where its parent forked it while handling an exception of its own."""
    ending, exit_code, said = TARGETS[name]
    installation.write(
        LIVES
        + f"""
import multiprocessing
def target():
    live()
    {ending}
if __name__ == "__main__":
    try:
        raise OSError("not the child's")
    except OSError:
        child = multiprocessing.get_context("{method}").Process(target=target)
        child.start()
    child.join()
    print(child.pid, child.exitcode)
"""
    )
    published = installation.published

    with installation.running(["python", "shop.py"]) as running:
        running.result()
        pid, code = map(int, running.out.split())
    published.until(lambda: pid in ended(published), "the child's end")

    assert code == exit_code
    assert published.processes()[pid][-1]["stopped"] == said


def test_the_last_word_comes_soon_after_sigterm(installation: Installation) -> None:
    """Within two seconds, by the process's own clock."""
    installation.write(f"{LIVES}time.sleep(99)")
    published = installation.published

    with installation.running(["python", "shop.py"]) as running:
        published.until(lambda: len(published.samples()) >= 2, "samples")
        before_ms = time.time_ns() // 1_000_000
        running.end(signal.SIGTERM)
    published.until(lambda: published.events("stopped"), "its end")

    last = published.records[-1]
    assert "stopped" in last
    assert int(last["at_ms"]) - before_ms < 2000


def ended(published: Published) -> set[int]:
    said = published.processes().items()
    return {pid for pid, told in said if any("stopped" in record for record in told)}
