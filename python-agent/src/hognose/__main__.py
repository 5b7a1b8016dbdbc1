"""`python -m hognose SCRIPT` or `-m MODULE`: run a program with the agent, in this interpreter."""

from __future__ import annotations

import importlib.util
import os
import runpy
import sys
from typing import NoReturn

from hognose._exits import exit_code
from hognose._lifecycle import lifecycle
from hognose._run import FROM_ENVIRONMENT, checked_settings, with_service
from hognose._settings import SettingsError

_USAGE = """\
usage: python -m hognose SCRIPT [ARGUMENT...]
       python -m hognose -m MODULE [ARGUMENT...]

Runs a program with the Hognose agent. Settings are read from the environment;
HOGNOSE_SERVICE is the program's name unless it is set.
"""


def main() -> None:
    arguments = sys.argv[1:]
    if arguments[:1] in (["-h"], ["--help"]):
        sys.stdout.write(_USAGE)
        return
    mistake = _mistake(arguments)
    if mistake:
        _refuse(mistake)
    try:
        environ = with_service(os.environ, ["python", *arguments])
        lifecycle.start(checked_settings(environ))
    except SettingsError as wrong:
        _refuse(str(wrong))
    try:
        _run(arguments)
    except SystemExit as ended:
        lifecycle.exit_code = exit_code(ended.code)
        raise
    lifecycle.exit_code = 0


def _mistake(arguments: list[str]) -> str:
    """What is wrong with a command line, told before anything of the program's is run; or empty."""
    if not arguments:
        return "no program; python -m hognose --help tells more"
    if arguments == ["-m"]:
        return "-m: expected a module"
    if arguments[0] == "-m":
        # What a dotted name begins with is imported to look for the rest, and may fail as it likes.
        root = arguments[1].partition(".")[0]
        found = root and importlib.util.find_spec(root)
        return "" if found else f"-m {arguments[1]}: no such module"
    if arguments[0].startswith("-"):
        return f"{arguments[0]}: expected a script or -m MODULE; {FROM_ENVIRONMENT}"
    return "" if os.path.exists(arguments[0]) else f"{arguments[0]}: no such file"


def _refuse(mistake: str) -> NoReturn:
    sys.stderr.write(f"hognose: {mistake}\n")
    sys.exit(2)


def _run(arguments: list[str]) -> None:
    if arguments[0] == "-m":
        sys.argv = arguments[1:]
        # As for `python -m`: the current folder is where modules are looked for first.
        runpy.run_module(arguments[1], run_name="__main__", alter_sys=True)
        return
    sys.argv = arguments
    # As for `python SCRIPT`: the script's folder in place of the current one.
    script = os.path.abspath(arguments[0])
    sys.path[0] = os.path.dirname(script)
    runpy.run_path(script, run_name="__main__")


main()
