"""How processes end, read back from a broker."""

from __future__ import annotations

import signal
import sys
import time
from typing import Any

import pytest
from installation import LIVES, Installation

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
    published.until(lambda: pid in published.ended(), "the child's end")

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
