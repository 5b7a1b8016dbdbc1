"""Which Python a command runs in, and whether the agent is installed there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping

from hognose._program import is_python

# What runs where `hognose-run` does not look is found out by nobody; a start is not held up for it.
_PATIENCE = 10.0

# Without the current folder, which Python searches first for `-c`: sources lying there start no
# agent.
_ASK = """\
import importlib.util, sys
sys.path = [folder for folder in sys.path if folder]
sys.exit(3 if importlib.util.find_spec("hognose") is None else 0)
"""
_MISSING = 3

# Of what the kernel reads of a script: Linux's limit is 256 bytes, others allow more.
_LONGEST_SHEBANG = 1024


def without_agent(command: str, environ: Mapping[str, str], own: str = sys.executable) -> str:
    """
    The path of the Python that a command calls, if the agent is not installed there, or nothing.

    That is the command itself or what its first line names, as of each console script. Also nothing
    for a command that is neither, or does not answer. `own` is the Python that the agent is known
    to be installed for; any other is started once, to be asked.
    """
    search = environ.get("PATH")
    path = _python(shutil.which(command, path=search), search)
    if path is None or _folder(path) == _folder(own):
        return ""
    asked = {name: value for name, value in environ.items() if name != "HOGNOSE_SERVICE"}
    try:
        answer = subprocess.run(  # noqa: S603 - the user's own command
            [path, "-c", _ASK], env=asked, capture_output=True, timeout=_PATIENCE, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        # The command itself will say what is wrong with it.
        return ""
    return path if answer.returncode == _MISSING else ""


def _python(path: str | None, search: str | None) -> str | None:
    if path is None:
        return None
    named, *arguments = _shebang(path) or [""]
    if os.path.basename(named) == "env":
        # Its options and settings come before the program.
        programs = [each for each in arguments if not each.startswith("-") and "=" not in each]
        named = shutil.which(programs[0], path=search) or "" if programs else ""
    if is_python(named):
        return named
    # Also a script of no Python that is called like one: it stands before a real one.
    return path if is_python(path) else None


def _shebang(path: str) -> list[str]:
    try:
        with open(path, "rb") as file:
            first = file.readline(_LONGEST_SHEBANG)
    except OSError:
        # The command itself will say what is wrong with it.
        return []
    return first[2:].decode(errors="replace").split() if first.startswith(b"#!") else []


def _folder(path: str) -> str:
    # Not resolved: the Python of a virtual environment is a link to one that has no agent.
    return os.path.dirname(os.path.abspath(path))
