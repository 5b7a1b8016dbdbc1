"""Children, however a service starts them, read back from a broker."""

from __future__ import annotations

import textwrap

import pytest
from broker import assert_whole
from installation import LIVES, Installation

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
    published.until(lambda: published.ended() >= everyone, "the end of each")

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


@pytest.mark.parametrize("pool", ["threads", "solo"])
def test_celerys_own_process_publishes_where_it_works(
    installation: Installation, pool: str
) -> None:
    """Also where only the configuration says so; it is known when the worker begins."""
    queue = installation.folder / "queue"
    (queue / "control").mkdir(parents=True)
    installation.write(f"{TASKS}\napp.conf.worker_pool = {pool!r}\n", "tasks.py")
    installation.write(SEND, "send.py")
    published = installation.published
    settings = {"QUEUE": str(queue)}

    with installation.running(["celery", "-A", "tasks", "worker"], settings) as running:
        sent = installation.run(["python", "send.py"], {**settings, "HOGNOSE_SERVICE": ""})
        process = running.process.pid
        published.until(lambda: process in published.processes(), "its first word")
        code = running.end()
    published.until(lambda: published.ended() == {process}, "its end")

    assert sent.stdout.split() == [str(process)]
    (told,) = published.processes().values()
    assert_whole(told)
    assert told[0]["started"]["worker_kind"] == "celery"
    assert code == 0


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
        published.until(lambda: len(published.ended() & worked) >= 2, "two replaced workers")
        parent = running.process.pid
        code = running.end()
        said = running.err
    published.until(lambda: published.ended() == set(published.processes()), "each worker's end")

    assert len(worked) >= 3
    assert worked <= set(published.processes())
    assert parent not in published.processes()
    for told in published.processes().values():
        assert_whole(told)
        assert told[0]["started"]["worker_kind"] == "celery"
    assert code == 0
    assert "Traceback" not in said
