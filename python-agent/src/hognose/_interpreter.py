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


def without_agent(command: str, environ: Mapping[str, str], own: str = sys.executable) -> str:
    """
    The path of the Python that a command calls, if the agent is not installed there, or nothing.

    Also nothing for a command that is no Python itself, or does not answer. `own` is the Python
    that the agent is known to be installed for; any other is started once, to be asked.
    """
    path = shutil.which(command, path=environ.get("PATH"))
    if path is None or not is_python(path) or _folder(path) == _folder(own):
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


def _folder(path: str) -> str:
    # Not resolved: the Python of a virtual environment is a link to one that has no agent.
    return os.path.dirname(os.path.abspath(path))
