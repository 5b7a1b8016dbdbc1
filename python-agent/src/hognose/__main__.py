"""`python -m hognose SCRIPT` or `-m MODULE`: run a program with the agent, in this interpreter."""

from __future__ import annotations

import os
import runpy
import sys

from hognose._exits import exit_code
from hognose._lifecycle import lifecycle
from hognose._run import checked_settings, with_service
from hognose._settings import SettingsError

_USAGE = """\
usage: python -m hognose SCRIPT [ARGUMENT...]
       python -m hognose -m MODULE [ARGUMENT...]

Runs a program with the Hognose agent. Settings are read from the environment;
HOGNOSE_SERVICE is the program's name unless it is set.
"""


def main() -> None:
    arguments = sys.argv[1:]
    if not arguments or arguments == ["-m"]:
        sys.stderr.write(_USAGE)
        sys.exit(2)
    if arguments[0] in ("-h", "--help"):
        sys.stdout.write(_USAGE)
        return
    try:
        environ = with_service(os.environ, ["python", *arguments])
        lifecycle.start(checked_settings(environ))
    except SettingsError as wrong:
        sys.stderr.write(f"hognose: {wrong}\n")
        sys.exit(2)
    try:
        _run(arguments)
    except SystemExit as ended:
        lifecycle.exit_code = exit_code(ended.code)
        raise
    lifecycle.exit_code = 0


def _run(arguments: list[str]) -> None:
    if arguments[0] == "-m":
        sys.argv = arguments[1:]
        # As for `python -m`: the current folder is where modules are looked for first.
        runpy.run_module(arguments[1], run_name="__main__", alter_sys=True)
        return
    sys.argv = arguments
    script = os.path.abspath(arguments[0])
    if not os.path.exists(script):
        sys.exit(f"hognose: {arguments[0]}: no such file")
    # As for `python SCRIPT`: the script's folder in place of the current one.
    sys.path[0] = os.path.dirname(script)
    runpy.run_path(script, run_name="__main__")


main()
