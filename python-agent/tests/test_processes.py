"""Real processes, started as users start them, and what they published."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from service import DEADLINE, Service, lines

BIN = Path(sys.executable).parent
RUN = BIN / "hognose-run"

# What a program does until its first sample is in the capture.
READY = """\
import os, sys, time
def await_samples(count=1):
    while not os.path.exists(os.environ["CAPTURE"]) or (
        open(os.environ["CAPTURE"], "rb").read().count(b"hognose.samples") < count
    ):
        time.sleep(0.01)
"""


def one_process(records: list[dict[str, Any]]) -> list[int]:
    """The sequence numbers of records that are all of one process."""
    assert len({json.dumps(record["process"]) for record in records}) == 1
    return [int(record["sequence"]) for record in records]


def by_pid(records: list[dict[str, Any]]) -> dict[int, list[dict[str, Any]]]:
    pids: dict[int, list[dict[str, Any]]] = {}
    for record in records:
        pids.setdefault(int(record["process"]["pid"]), []).append(record)
    return pids


def test_a_process_begins_samples_and_ends(service: Service) -> None:
    """`Started` comes first, `Stopped` last, and the sequence has no gap."""
    service.write(READY + "await_samples(3)\n")

    ended = service.run(settings={"HOGNOSE_VERSION": "2026.11.3"})

    records = service.published()
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")
    assert one_process(records) == list(range(1, len(records) + 1))
    assert "started" in records[0]
    assert records[-1]["stopped"] == {"reason": "EXIT"}
    assert all(record["version"] == "2026.11.3" for record in records)
    sample = service.samples()[-1]
    assert sample["interval_ms"] == 250
    assert int(sample["rss_bytes"]) > 5_000_000
    assert int(sample["allocated_blocks"]) > 1000
    assert sample["threads"] >= 3
    assert len(sample["gc"]["generation"]) == 3
    assert "disabled_probes" not in sample["agent"]
    assert "dropped" not in sample["agent"]
    assert int(records[0]["at_ms"]) <= int(sample["agent"]["last_delivery_ms"])


def test_nothing_runs_without_a_service_name(service: Service) -> None:
    """The installed line does nothing at all."""
    service.write(
        "import sys, threading\nprint(threading.active_count(), 'hognose' in sys.modules)\n"
    )

    assert service.run(settings={"HOGNOSE_SERVICE": ""}).stdout == "1 False\n"


def test_a_process_that_ends_at_once_says_nothing(service: Service) -> None:
    """Nor does it pay for what it would have said."""
    service.write("import sys; print('psutil' in sys.modules)\n")

    assert service.run().stdout == "False\n"
    assert not service.capture.exists()


def test_a_bad_setting_does_not_keep_the_service_from_running(service: Service) -> None:
    """One line on standard error."""
    service.write("print('open')\n")

    ended = service.run(settings={"HOGNOSE_INTERVAL": "5x"})

    assert ended.stdout == "open\n"
    assert ended.stderr == (
        "hognose: HOGNOSE_INTERVAL=5x: expected a duration such as 500ms, 10s or 5m; "
        "the service runs without the agent\n"
    )


def test_hognose_run_becomes_the_command(service: Service) -> None:
    """The agent is in it, the process is the same one, and the exit code is the command's."""
    service.write(READY + "await_samples()\nprint(os.getpid(), sys.argv)\nsys.exit(3)\n")

    ended = service.run(
        RUN, sys.executable, "shop.py", "--port", "80", settings={"HOGNOSE_SERVICE": ""}
    )

    process = service.published()[0]["process"]
    assert ended.returncode == 3
    assert ended.stdout == f"{process['pid']} ['shop.py', '--port', '80']\n"
    assert process["service"] == "shop"


def test_hognose_run_explains_itself() -> None:
    """With examples, and exit code 0."""
    ended = subprocess.run([RUN, "--help"], capture_output=True, text=True, check=True)

    assert "hognose-run uvicorn shop:app" in ended.stdout


def test_a_module_or_a_script_can_be_run(service: Service) -> None:
    """`python -m hognose` is `python` for both, exit code included."""
    service.write(READY + "await_samples()\nprint(__name__, sys.argv[1:])\nsys.exit(4)\n")

    script = service.run(sys.executable, "-m", "hognose", "shop.py", "a")
    assert service.events("stopped") == [{"reason": "EXIT", "exit_code": 4}]
    service.capture.unlink()
    module = service.run(sys.executable, "-m", "hognose", "-m", "shop", "b")

    assert (script.returncode, script.stdout) == (4, "__main__ ['a']\n")
    assert (module.returncode, module.stdout) == (4, "__main__ ['b']\n")
    assert service.events("stopped") == [{"reason": "EXIT", "exit_code": 4}]
    missing = service.run(sys.executable, "-m", "hognose", "shopp.py")
    assert (missing.returncode, missing.stderr) == (2, "hognose: shopp.py: no such file\n")


def test_a_program_that_comes_to_its_end_under_the_module_ends_with_zero(service: Service) -> None:
    """Zero is told; what nobody knows is left out."""
    service.write(READY + "await_samples()\n")

    service.run(sys.executable, "-m", "hognose", "shop.py")

    assert service.events("stopped") == [{"reason": "EXIT", "exit_code": 0}]


@pytest.mark.parametrize("under", [[sys.executable], [RUN, sys.executable]])
def test_what_is_given_to_sys_exit_is_said(service: Service, under: list[str]) -> None:
    """By the installed line and under `hognose-run`, though CPython has forgotten it by then."""
    script = service.write(READY + "await_samples()\nsys.exit(3)\n")

    ended = service.run(*under, script)

    assert ended.returncode == 3
    assert service.events("stopped") == [{"reason": "EXIT", "exit_code": 3}]


def test_a_program_can_start_the_agent_itself(service: Service) -> None:
    """Once is enough, twice does no harm, and a bad setting is a ValueError."""
    service.write(
        READY
        + """
import hognose
try:
    hognose.start(service="till", interval="5x")
except ValueError as wrong:
    print(type(wrong).__name__, wrong)
hognose.start(service="till", interval="200ms")
hognose.start(service="shop")
await_samples()
hognose.stop()
hognose.stop()
"""
    )

    ended = service.run(settings={"HOGNOSE_SERVICE": ""})

    assert ended.stdout == (
        "SettingsError interval=5x: expected a duration such as 500ms, 10s or 5m\n"
    )
    assert {record["process"]["service"] for record in service.published()} == {"till"}
    assert service.events("stopped") == [{"reason": "EXIT"}]


def test_sigterm_is_said_and_still_ends_the_process(service: Service) -> None:
    """By the signal, as without the agent."""
    # In steps: a handler in Python does not see what comes just before a sleep, until after it.
    service.write(
        READY
        + "await_samples()\nprint('ready', flush=True)\n"
        + "for _ in range(600): time.sleep(0.1)\n"
    )
    with service.start() as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=10) == -signal.SIGTERM

    assert service.events("stopped") == [{"reason": "SIGNAL", "exit_code": -15}]


def test_a_signal_that_comes_while_the_last_word_is_said_waits_for_it(service: Service) -> None:
    """As from a supervisor that terminates whoever is not gone yet; it ends by it nonetheless."""
    service.write(
        READY
        + """
import signal
from hognose._agent import Agent
def stop(agent, stopped, stop=Agent.stop):
    os.kill(os.getpid(), signal.SIGTERM)
    stop(agent, stopped)
Agent.stop = stop
await_samples()
"""
    )

    assert service.run().returncode == -signal.SIGTERM

    assert service.events("stopped") == [{"reason": "EXIT"}]


WHEREVER_A_SIGNAL_COMES = """
import signal
from hognose._lifecycle import lifecycle

# Each child has its signal a few bytecodes later than the one before, up to the agent's own stop.
OURS = ("_lifecycle.py", "_sigterm.py")
executed = 0

def signalled_at(number):
    def trace(frame, event, arg):
        global executed
        if not frame.f_code.co_filename.endswith(OURS):
            return None
        frame.f_trace_opcodes = True
        if event == "opcode":
            executed += 1
            if executed == number:
                sys.settrace(None)
                os.kill(os.getpid(), signal.SIGTERM)
        return trace
    return trace

await_samples()
for number in range(1, 120, 11):
    if os.fork() == 0:
        while lifecycle._agent._sequence < 2: time.sleep(0.01)
        sys.settrace(signalled_at(number))
        os.kill(os.getpid(), signal.SIGTERM) if FIRST_BY_SIGNAL else lifecycle.stop()
        os._exit(0 if executed < number else 1)
while True:
    try:
        pid, status = os.wait()
    except ChildProcessError:
        break
    print(pid, os.waitstatus_to_exitcode(status))
"""


@pytest.mark.parametrize("first_by_signal", [False, True])
def test_wherever_a_signal_comes_in_an_end_the_last_word_is_said(
    service: Service, first_by_signal: bool
) -> None:
    """Before the agent is taken, after, and while the signal before it is handled."""
    program = READY + WHEREVER_A_SIGNAL_COMES
    service.write(program.replace("FIRST_BY_SIGNAL", str(first_by_signal)))

    ended = service.run()

    said = [line.split() for line in ended.stdout.splitlines()]
    codes = {int(pid): int(code) for pid, code in said}
    told = by_pid(service.published())
    assert len(codes) == 11
    # 0 where the end was over before.
    assert set(codes.values()) <= {-signal.SIGTERM, 0}
    assert list(codes.values()).count(-signal.SIGTERM) >= 7
    assert {pid for pid in codes if "stopped" not in told[pid][-1]} == set()


def test_a_services_own_sigterm_handler_is_left_alone(service: Service) -> None:
    """Whether it was there before or came after."""
    service.write(
        READY
        + """
import signal
signal.signal(signal.SIGTERM, lambda *_: sys.exit(7))
await_samples()
print('ready', flush=True)
time.sleep(60)
"""
    )
    with service.start() as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=10) == 7

    assert service.events("stopped") == [{"reason": "EXIT", "exit_code": 7}]


def test_an_unhandled_exception_is_said(service: Service) -> None:
    """A process that ends by a traceback is told from one that ends well."""
    service.write(READY + "await_samples()\nraise RuntimeError('no more cards')\n")

    ended = service.run()

    assert ended.returncode == 1
    assert ended.stderr.endswith("RuntimeError: no more cards\n")
    assert service.events("stopped") == [{"reason": "EXCEPTION", "exit_code": 1}]


BLOCKING = """
import asyncio, sys, threading, time
KIND = sys.argv[1]

def run(main):
    if KIND == "uvloop":
        import uvloop
        uvloop.run(main)
    else:
        asyncio.run(main)

def blocking():
    time.sleep(0.4)  # sleeps

def busy():
    until = time.thread_time() + 0.4
    while time.thread_time() < until: pass  # computes

async def waiting():
    await asyncio.sleep(0.4)

async def pay():
    blocking()

async def main():
    # On a busy machine it takes a while until the loop is found.
    await asyncio.sleep(1.4)
    for handler in (pay, waiting):
        await asyncio.sleep(0.6)
        await asyncio.create_task(handler(), name="order-1")
    await asyncio.sleep(0.3)
    busy()
    await asyncio.sleep(0.3)

run(main())
"""


@pytest.mark.parametrize("kind", ["asyncio", "uvloop"])
def test_a_blocked_loop_is_told_with_line_task_and_cause(service: Service, kind: str) -> None:
    """While it lasts and when it ends; waiting in the right way is not told."""
    script = service.write(BLOCKING)

    service.run(sys.executable, script, kind)

    blocks = service.events("loop_block")
    # On a machine with too much to do the loop may be starved of the CPU in between.
    blocks = [block for block in blocks if "culprit" in block]
    ended = {block["culprit"]["function"]: block for block in blocks if block.get("ended")}
    assert ended.keys() == {"blocking", "busy"}
    sleeping, computing = ended["blocking"], ended["busy"]
    (sleeps,) = lines(BLOCKING, "# sleeps")
    assert sleeping["cause"] == "SYNC_SLEEP"
    assert sleeping["culprit"] == {"file": str(script), "line": sleeps, "function": "blocking"}
    assert (sleeping["task"], sleeping["coroutine"]) == ("order-1", "pay")
    assert sleeping["loop"] == "MainThread"
    assert 360 <= sleeping["duration_ms"] <= 520
    assert computing["cause"] in ("CPU", "STARVED")
    assert computing["culprit"]["line"] in lines(BLOCKING, "# computes")
    assert computing["split"]["cpu_ms"] >= 300
    # Each was also told before it had ended.
    assert all(n >= 2 for n in Counter(block["id"] for block in blocks).values())
    loop = service.samples()[-1]["loops"][0]
    assert (loop["name"], loop["kind"]) == ("MainThread", kind)
    assert loop["blocked_seconds_total"] >= 0.7
    assert sum(map(int, loop["lag_seconds"]["counts"])) >= 8


def ended_block(service: Service) -> dict[str, Any]:
    """The longest: on a machine with too much to do the loop is starved in between."""
    ended = [block for block in service.events("loop_block") if block.get("ended")]
    return max(ended, key=lambda block: int(block["duration_ms"]))


def test_a_service_that_is_installed_is_the_culprit_all_the_same(service: Service) -> None:
    """Not the library that it calls, and not the one that calls it."""
    packages = service.folder / "lib" / "site-packages"
    (packages / "shop").mkdir(parents=True)
    (packages / "shop" / "__init__.py").touch()
    handler = """
        import patience
        async def pay():
            patience.wait(0.4)  # culprit
        """
    script = service.write(handler, "lib/site-packages/shop/web.py")
    service.write("import time\ndef wait(s): time.sleep(s)\n", "lib/site-packages/patience.py")
    service.write(
        """
        import asyncio, importlib, sys
        async def serve(handle):
            await asyncio.sleep(0.6)
            await handle()
            await asyncio.sleep(0.3)
        module, _, name = sys.argv[1].partition(":")
        asyncio.run(serve(getattr(importlib.import_module(module), name)))
        """,
        "lib/site-packages/uvicorn.py",
    )

    command = (sys.executable, "-m", "uvicorn", "shop.web:pay")
    service.run(*command, settings={"PYTHONPATH": str(packages)})

    block = ended_block(service)
    (line,) = lines(handler, "# culprit")
    assert block["culprit"] == {"file": str(script), "line": line, "function": "pay"}
    assert block["cause"] == "SYNC_SLEEP"


@pytest.mark.parametrize("kind", ["asyncio", "uvloop"])
def test_a_block_is_told_although_c_code_keeps_the_gil(service: Service, kind: str) -> None:
    """The stack is the one after it, and the event says so; or there is none to show."""
    source = """
        import asyncio, importlib, re, sys
        async def main():
            await asyncio.sleep(2)
            re.match(r"(a+)+$", "a" * 24 + "b")  # backtracks
            await asyncio.sleep(0.3)
        importlib.import_module(sys.argv[1]).run(main())
        """
    script = service.write(source)

    service.run(sys.executable, script, kind)

    block = ended_block(service)
    assert block["cause"] in ("CPU", "STARVED")
    # On a busy machine the loop may be back at rest before the watchdog gets to run at all.
    if "stacks" in block:
        # One in time is of what came after, where the loop had to wait for a processor there.
        assert block.get("stack_late") or block["split"].get("runqueue_ms")
        assert block["culprit"]["file"] == str(script)
        assert block["culprit"]["line"] in lines(source, "# backtracks")


def test_a_block_that_does_not_end_is_told_as_far_as_it_came(service: Service) -> None:
    """A process that is stopped in the middle has said what it hung in."""
    service.write(
        """
        import asyncio, time
        async def main():
            await asyncio.sleep(0.5)
            print("ready", flush=True)
            time.sleep(60)
        asyncio.run(main())
        """
    )
    with service.start() as process:
        assert process.stdout is not None
        process.stdout.readline()
        with pytest.raises(Exception, match="timed out"):
            process.wait(timeout=0.5)
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=10)

    last = service.events("loop_block")[-1]
    assert not last.get("ended")
    assert last["cause"] == "SYNC_SLEEP"
    assert last["duration_ms"] >= 450
    assert "stopped" in service.published()[-1]


def test_a_leak_is_traced_to_its_line(service: Service) -> None:
    """Two megabytes a second are suspicious within seconds; a window names the line."""
    source = """
        import os, time
        KEPT = []
        def remember():
            KEPT.append(bytearray(100_000))  # leaks
        until = time.monotonic() + 25
        while time.monotonic() < until:
            remember()
            time.sleep(0.05)
            # Its site, by the function's name.
            if len(KEPT) % 10 == 0 and b"remember" in open(os.environ["CAPTURE"], "rb").read():
                break
        """
    script = service.write(source)

    service.run(settings={"HOGNOSE_TRACING_INTERVAL": "5s"})

    growth = service.events("allocation_growth")[0]
    assert growth["sites"][0]["frames"][-1] == {
        "file": str(script),
        "line": lines(source, "# leaks")[0],
        "function": "remember",
    }
    assert int(growth["sites"][0]["bytes"]) >= 20 * 100_000
    assert growth["pause_ms"] < 20
    assert any("tracer_bytes" in sample for sample in service.samples())
    assert not any("traced_bytes" in sample for sample in service.samples())


def test_the_container_that_grows_is_named(service: Service) -> None:
    """Within six readings, each of them six samples apart."""
    service.write(
        """
        import os, time
        HISTORY = []
        TABLE = dict.fromkeys(range(5000))
        until = time.monotonic() + 20
        while time.monotonic() < until:
            HISTORY.append("x" * 100)
            time.sleep(0.002)
            if len(HISTORY) % 100 == 0 and b"HISTORY" in open(os.environ["CAPTURE"], "rb").read():
                break
        """
    )

    service.run(settings={"HOGNOSE_INTERVAL": "100ms", "HOGNOSE_TRACING": "off"})

    (grown,) = service.events("retention")
    assert (grown["name"], grown["kind"]) == ("__main__:HISTORY", "MODULE_GLOBAL")
    assert int(grown["entries"]) > 100
    assert grown["growth_per_hour"] > 100_000
    assert int(grown["sample_bytes"]) == sys.getsizeof("x" * 100)


def test_a_forked_child_publishes_as_itself(service: Service) -> None:
    """Parent and child each have a sequence of their own, and nothing is sent twice."""
    service.write(
        READY
        + """
await_samples(2)
pid = os.fork()
if pid == 0:
    end = time.monotonic() + 1.0
    while time.monotonic() < end: time.sleep(0.05)
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


ENDS = {
    "pass": 0,
    "sys.exit(3)": 3,
    "raise KeyError(3)": 1,
    "os.kill(os.getpid(), signal.SIGTERM); time.sleep(60)": -signal.SIGTERM,
    "os.kill(os.getpid(), signal.SIGINT); time.sleep(60)": -signal.SIGINT,
    "threading.Thread(target=time.sleep, args=(60,), daemon=True).start()": 0,
    "child = multiprocessing.get_context('fork').Process(target=live); child.start(); child.join()": 0,
    "child = os.fork() or live(); child and os.waitpid(child, 0)": 0,
}


def test_no_end_waits_for_a_broker_that_never_answers(service: Service) -> None:
    """It takes connections and says nothing: what waits is given up, in whatever way a process ends."""
    service.write(
        """
        import multiprocessing, os, signal, sys, threading, time
        from hognose._lifecycle import lifecycle
        def live():
            # However long it takes until there is something to flush.
            until = time.monotonic() + 20
            while lifecycle._agent._sequence < 2 and time.monotonic() < until: time.sleep(0.02)
        live()
        exec(sys.argv[1])
        """
    )
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen(64)
        broker = f"127.0.0.1:{silent.getsockname()[1]}"
        settings = {"HOGNOSE_SINK": "kafka", "HOGNOSE_BOOTSTRAP_SERVERS": broker}
        # All at once: most of it is the wait that is to end.
        processes = [service.start(settings, ending) for ending in ENDS]
        ended = []
        for process in processes:
            with process:
                process.communicate(timeout=DEADLINE)
                ended.append(process.returncode)

    assert dict(zip(ENDS, ended, strict=True)) == ENDS


def test_a_broker_that_is_away_does_not_hurt(service: Service) -> None:
    """The service runs and ends in time, and its standard error is its own."""
    service.write("import time\ntime.sleep(1.5)\nprint('served')\n")

    ended = service.run(
        settings={"HOGNOSE_SINK": "kafka", "HOGNOSE_BOOTSTRAP_SERVERS": "127.0.0.1:1"}
    )

    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "served\n", "")


def test_a_service_that_logs_gets_one_line_of_each_kind_from_kafka(service: Service) -> None:
    """What librdkafka says goes where the service's logging goes, and does not repeat itself."""
    service.write(
        """
        import logging, time
        logging.basicConfig(format="%(name)s: %(message)s")
        time.sleep(1.5)
        print("served")
        """
    )

    ended = service.run(
        settings={"HOGNOSE_SINK": "kafka", "HOGNOSE_BOOTSTRAP_SERVERS": "127.0.0.1:1"}
    )

    assert (ended.returncode, ended.stdout) == (0, "served\n")
    said = ended.stderr.splitlines()
    assert said
    assert all(line.startswith("hognose.kafka: ") for line in said)
    assert all(line.endswith("(said once)") for line in said)
    assert len({line.split()[1] for line in said}) == len(said)


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


def test_a_full_disk_does_not_hurt(service: Service) -> None:
    """The service runs on, and standard error stays empty."""
    service.write("import time\ntime.sleep(0.8)\nprint('served')\n")

    ended = service.run(settings={"HOGNOSE_SINK": "file:/dev/full"})

    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "served\n", "")


def test_a_default_sample_is_at_most_420_bytes(service: Service) -> None:
    """With the names and numbers of a long-lived service in a container."""
    service.write(
        """
        import asyncio
        async def main():
            await asyncio.sleep(1.5)
        asyncio.run(main())
        """
    )
    service.run(
        settings={"HOGNOSE_SERVICE": "checkout-payments-api", "HOGNOSE_VERSION": "2026.11.3"}
    )

    from hognose._encode import encode

    sample = service.samples()[-1]
    assert sample["loops"]
    del sample["process"]
    grown = as_long_lived({**sample, **IN_A_CONTAINER})
    assert 250 < len(encode("Sample", grown)) <= 420, len(encode("Sample", grown))


# What a process has in a pod with limits, and this one may lack.
IN_A_CONTAINER = {
    "memory_limit_bytes": 2**31,
    "memory_usage_bytes": 2**30,
    "oom_kills_total": 1,
    "cpu_limit_cores": 1.5,
    "throttled_seconds_total": 3.25,
    "swap_bytes": 2**27,
    "cpu_pressure_seconds_total": 1.5,
    "memory_pressure_seconds_total": 1.5,
    "io_pressure_seconds_total": 1.5,
    "children": {"count": 3, "rss_bytes": 2**28, "cpu_seconds_total": 9.5},
    "native_pools": [{"library": "openblas", "threads": 8}],
}


def as_long_lived(told: Any, name: str = "") -> Any:
    """The same sample with the large numbers that a month of work makes of its counters."""
    if isinstance(told, dict):
        return {key: as_long_lived(value, key) for key, value in told.items()}
    if isinstance(told, list):
        return [as_long_lived(value, name) for value in told]
    if name == "counts":
        return 50_000_000
    if isinstance(told, float):
        return told + 1234.567
    if isinstance(told, str) and told.isdigit():
        number = int(told)
        return number * 10_000 if name.endswith("_total") else number
    return told
