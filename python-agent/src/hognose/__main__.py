"""`python -m hognose SCRIPT` or `-m MODULE`: run a program with the agent, in this interpreter."""

from __future__ import annotations

import builtins
import importlib.util
import os
import pkgutil
import runpy
import sys
from importlib.machinery import SourceFileLoader, SourcelessFileLoader
from types import CodeType, ModuleType
from typing import Any, NoReturn, cast

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
        # Also for what it spawns.
        os.environ.update(environ)
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
    # It stays: `runpy` would put back ours, and what goes on after the program's last line, such as
    # its threads, would look for what it has defined in the wrong one.
    main = sys.modules["__main__"] = ModuleType("__main__")
    vars(main)["__builtins__"] = builtins
    # What `python -m` itself calls; typeshed has it not.
    run_module: Any = vars(runpy)["_run_module_as_main"]
    if arguments[0] == "-m":
        sys.argv = arguments[1:]
        # As for `python -m`: the current folder is where modules are looked for first.
        run_module(arguments[1])
        return
    sys.argv = arguments
    script = os.path.abspath(arguments[0])
    if pkgutil.get_importer(script) is not None:
        # A folder or an archive with a `__main__.py` in it.
        sys.path[0] = script
        run_module("__main__", alter_argv=False)
        return
    # As for `python SCRIPT`: the script's folder in place of the current one.
    sys.path[0] = os.path.dirname(script)
    vars(main).update(__file__=script, __cached__=None)
    exec(_code(script), vars(main))  # noqa: S102 - the user's own program


def _code(script: str) -> CodeType:
    if script.endswith(".pyc"):
        compiled = SourcelessFileLoader("__main__", script)
        return cast("CodeType", compiled.get_code("__main__"))
    loader = SourceFileLoader("__main__", script)
    return loader.source_to_code(loader.get_data(script), script)


main()
