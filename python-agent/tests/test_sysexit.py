from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

# What a program is told to have ended with, by the last that is called at its end.
_PROGRAM = """
import atexit, sys, threading
from hognose._sysexit import SysExit
told = SysExit()
told.stand_in()
told.stand_in()
atexit.register(lambda: print(told.code()))

def leave(status):
    sys.exit(status)
"""

ENDINGS = {
    "a number": ("leave(3)", "3", 3),
    "nothing": ("sys.exit()", "0", 0),
    "a message": ("leave('no')", "1", 1),
    "more than a byte": ("leave(-1)", "255", 255),
    "within a task": (
        "import asyncio\nasync def main(): leave(4)\nasyncio.run(main())",
        "4",
        4,
    ),
    "with a finally that takes its time": (
        "try:\n    leave(5)\nfinally:\n    print('bye', file=sys.stderr)",
        "None",
        5,
    ),
    "within a finally of a function": (
        "def main():\n    try:\n        leave(5)\n    finally:\n        sum(range(9))\nmain()",
        "5",
        5,
    ),
    "its last line": ("", "None", 0),
    "what was caught": (
        "def main():\n    try:\n        leave(7)\n    except SystemExit:\n        pass\nmain()",
        "None",
        0,
    ),
    "what was caught, and another one": (
        "try:\n    leave(7)\nexcept SystemExit:\n    leave(8)",
        "8",
        8,
    ),
    "a thread's": (
        "thread = threading.Thread(target=leave, args=(9,))\nthread.start()\nthread.join()",
        "None",
        0,
    ),
    "raised by itself": ("raise SystemExit(6)", "None", 6),
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_what_was_given_to_sys_exit_is_known_at_the_end(tmp_path: Path, ending: str) -> None:
    """Unless it was caught; and what is not known is not told."""
    source, told, code = ENDINGS[ending]
    script = tmp_path / "leaving.py"
    script.write_text(_PROGRAM + source, "utf-8")

    ended = subprocess.run(
        [sys.executable, str(script)], capture_output=True, text=True, timeout=30, check=False
    )

    assert (ended.stdout, ended.returncode) == (f"{told}\n", code)


def test_nothing_of_a_function_lives_longer(tmp_path: Path) -> None:
    """A program that catches it may go on for weeks."""
    script = tmp_path / "going_on.py"
    script.write_text(
        _PROGRAM
        + """
import weakref
class Request: pass
def handle():
    request = Request()
    global seen
    seen = weakref.ref(request)
    leave(1)
try:
    handle()
except SystemExit:
    pass
print(seen())
""",
        "utf-8",
    )

    ended = subprocess.run(
        [sys.executable, str(script)], capture_output=True, text=True, timeout=30, check=False
    )

    assert ended.stdout == "None\nNone\n"
