"""
What program a Python process runs, told from its command line before the program has begun.

Imported by processes that only fork, so it imports next to nothing itself.
"""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

# Interpreter options that take the next argument as their value.
_WITH_VALUE = ("-X", "-W", "--check-hash-based-pycs")

# Interpreter options that may stand before -m and -c in the same word, as in -Im.
_SWITCHES = "bBdEiIOPqsSuvx"

_FORKSERVER = "from multiprocessing.forkserver import "
_TRACKER = "from multiprocessing.resource_tracker import "


def program(command: Sequence[str]) -> list[str]:
    """
    The program's name and its arguments, of a command such as `sys.orig_argv`.

    A script's name is without folders and `.py`, a module's as given to `-m`; code given to `-c`
    is `-c` and the code. Empty for an interactive interpreter.
    """
    rest = list(command)
    if rest and _is_python(rest[0]):
        rest = _without_options(rest[1:])
        flag, joined = _module_or_code(rest[0]) if rest else ("", "")
        if flag:
            rest = [joined, *rest[1:]] if joined else rest[1:]
            return rest if flag == "m" else ["-c", *rest]
    if not rest:
        return []
    return [os.path.basename(rest[0]).removesuffix(".py"), *rest[1:]]


def only_forks(command: Sequence[str]) -> bool:
    """Whether the program's own process does no work but fork those that do."""
    name, *arguments = program(command) or [""]
    if name == "-c":
        return arguments[0].startswith(_FORKSERVER) if arguments else False
    if name == "celery":
        return "worker" in arguments and not _celery_pool(arguments)
    return name in ("gunicorn", "gunicorn.app.wsgiapp")


def is_ours(command: Sequence[str]) -> bool:
    """Whether the program starts the agent by itself, or is no service's process at all."""
    name, *arguments = program(command) or [""]
    if name == "-c":
        return arguments[0].startswith(_TRACKER) if arguments else False
    return name in ("hognose", "hognose-run")


def _is_python(path: str) -> bool:
    return os.path.basename(path).startswith(("python", "pypy"))


def _without_options(arguments: list[str]) -> list[str]:
    at = 0
    while at < len(arguments) and arguments[at].startswith("-"):
        if _module_or_code(arguments[at])[0]:
            break
        at += 2 if arguments[at] in _WITH_VALUE else 1
    return arguments[at:]


def _module_or_code(word: str) -> tuple[str, str]:
    """`m` or `c` and what is joined to it, for the option that ends the interpreter's own."""
    if word.startswith("-"):
        rest = word[1:].lstrip(_SWITCHES)
        if rest.startswith(("m", "c")):
            return rest[0], rest[1:]
    return "", ""


def _celery_pool(arguments: list[str]) -> str:
    """The pool of a Celery worker when it does not fork; empty for the default, prefork."""
    for at, argument in enumerate(arguments):
        name, _, value = argument.partition("=")
        if name in ("-P", "--pool"):
            pool = value or "".join(arguments[at + 1 : at + 2])
            return "" if pool in ("prefork", "processes") else pool
    return ""
