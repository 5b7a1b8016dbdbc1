"""Children of real processes, however they are made."""

from __future__ import annotations

import sys

import pytest
from service import READY, Service, by_pid, one_process


def test_a_forked_child_publishes_as_itself(service: Service) -> None:
    """Parent and child each have a sequence of their own, and nothing is sent twice."""
    service.write(
        READY
        + """
await_samples(2)
from hognose._lifecycle import lifecycle
pid = os.fork()
if pid == 0:
    while lifecycle._agent._sequence < 4: time.sleep(0.05)
    sys.exit(0)
print(pid)
os.waitpid(pid, 0)
time.sleep(0.3)
"""
    )

    ended = service.run()

    processes = by_pid(service.published())
    assert len(processes) == 2
    assert int(ended.stdout) in processes
    for records in processes.values():
        assert one_process(records) == list(range(1, len(records) + 1))
        assert "started" in records[0]
        assert "stopped" in records[-1]
        assert sum("rss_bytes" in record for record in records) >= 3


@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_pool_workers_publish_as_themselves(service: Service, method: str) -> None:
    """However multiprocessing starts them, and their ends are told, too."""
    service.write(
        f"""
        import multiprocessing, os, time
        def work(_):
            time.sleep(0.7)
            return os.getpid()
        if __name__ == "__main__":
            with multiprocessing.get_context({method!r}).Pool(2) as pool:
                print(*sorted(set(pool.map(work, range(2), chunksize=1))))
                pool.close()
                pool.join()
        """
    )

    ended = service.run()

    processes = by_pid(service.published())
    workers = [int(pid) for pid in ended.stdout.split()]
    assert ended.stderr == ""
    assert len(workers) == 2
    for worker in workers:
        assert processes[worker][0]["started"]["worker_kind"] == "multiprocessing"
        assert processes[worker][-1]["stopped"] == {"reason": "EXIT", "exit_code": 0}
    assert len(processes) == 3


def test_a_subprocess_with_a_fork_hook_is_not_disturbed(service: Service) -> None:
    """Between fork and exec the agent does nothing but wait."""
    service.write(
        READY
        + """
import subprocess
await_samples()
for _ in range(20):
    subprocess.run(["true"], preexec_fn=os.getpid, check=True)
"""
    )

    ended = service.run()

    assert (ended.returncode, ended.stderr) == (0, "")
    assert len(by_pid(service.published())) == 1


def test_a_supervisors_subprocess_gets_no_agent_before_it_is_one(service: Service) -> None:
    """Between fork and exec, as a worker's own subprocess; the next fork is a worker."""
    script = service.write(
        """
        import os, subprocess, sys, threading
        def tell():
            print(sorted(each.name for each in threading.enumerate()), flush=True)
        subprocess.run(["true"], preexec_fn=tell, check=True)
        if os.fork() == 0:
            tell()
        else:
            os.wait()
        """,
        "gunicorn",
    )

    ended = service.run(sys.executable, script)

    assert ended.stdout == "['MainThread']\n['MainThread', 'hognose-agent']\n"


def test_a_fork_with_a_producer_does_not_hang(service: Service) -> None:
    """The child leaves the parent's producer alone, has one of its own, and ends in time."""
    service.write(
        """
        import os, sys, time
        time.sleep(0.6)
        pid = os.fork()
        time.sleep(0.6)
        if pid:
            print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
        """
    )

    ended = service.run(
        settings={"HOGNOSE_SINK": "kafka", "HOGNOSE_BOOTSTRAP_SERVERS": "127.0.0.1:1"}
    )

    assert (ended.returncode, ended.stdout) == (0, "0\n")
