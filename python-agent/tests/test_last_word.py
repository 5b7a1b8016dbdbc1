"""How a process ended, said before it is gone."""

from __future__ import annotations

import signal
import sys

import pytest
from installation import RUN
from service import READY, Service, by_pid


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


PRINTED = {
    "a prompt": "code.InteractiveInterpreter().runsource('1/0')",
    "a prompt in the main module": "code.InteractiveInterpreter(globals()).runsource('1/0')",
    "a prompt that was interrupted": "code.InteractiveInterpreter().runsource('raise KeyboardInterrupt')",
    "a debugger": "sys.last_type, sys.last_value, sys.last_traceback = sys.exc_info()",
}


@pytest.mark.parametrize("by", PRINTED)
def test_an_exception_that_was_printed_is_not_the_end(service: Service, by: str) -> None:
    """Whoever prints one leaves it where the interpreter does with the last; it ends with 0."""
    service.write(
        READY
        + f"""
import code
def handle():
    try:
        1 / 0
    except ZeroDivisionError:
        {PRINTED[by]}
handle()
await_samples(2)
"""
    )

    assert service.run().returncode == 0

    assert service.events("stopped") == [{"reason": "EXIT"}]
    assert [each for each in service.events("exception_count") if not each.get("handled")] == []


@pytest.mark.parametrize(
    "program",
    [["shop.py"], ["-m", "shop"], ["-m", "hognose", "shop.py"], ["-m", "hognose", "-m", "shop"]],
    ids=" ".join,
)
def test_an_exception_that_has_left_the_program_is_its_end(
    service: Service, program: list[str]
) -> None:
    """However it is run, and counted with its line."""
    service.write(READY + "await_samples()\nraise KeyError(3)\n")

    assert service.run(sys.executable, *program).returncode == 1

    assert service.events("stopped") == [{"reason": "EXCEPTION", "exit_code": 1}]
    (counted,) = service.events("exception_count")
    assert counted["type"] == "KeyError"


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
