"""
What program a Python process runs, told from its command line before the program has begun.

Imported by processes that only fork, so it imports next to nothing itself.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import FrameType

# Interpreter options that take the next argument as their value.
_WITH_VALUE = ("-X", "-W", "--check-hash-based-pycs")

# Interpreter options that may stand before -m and -c in the same word, as in -Im.
_SWITCHES = "bBdEiIOPqsSuvx"

# What Debian, deadsnakes, macOS and PyPy append to a Python's name.
_BUILDS = ("", "dbg", "nogil", "intel64", "c")

# Celery's options before its command that take the next argument as their value, and the switches
# of its worker that are one letter.
_CELERY_WITH_VALUE = (
    "-A", "--app", "-b", "--broker", "--result-backend", "--loader", "--config", "--workdir",
)  # fmt: skip
_CELERY_SWITCHES = "BDE"

_FORKSERVER = "from multiprocessing.forkserver import "
_SPAWN = "from multiprocessing.spawn import "
_TRACKER = "from multiprocessing.resource_tracker import "


def command_line() -> list[str]:
    """What this process was started with; also where Python is only a part of the program."""
    if sys.orig_argv:
        return sys.orig_argv
    try:
        with open("/proc/self/cmdline", "rb") as file:
            words = file.read().split(b"\0")
    except OSError:
        return [sys.executable]
    return [os.fsdecode(word) for word in words if word]


def program(command: Sequence[str]) -> list[str]:
    """
    The program's name and its arguments, of a command such as `sys.orig_argv`.

    A script's name is without folders and `.py`, a module's as given to `-m`; code given to `-c`
    is `-c` and the code. Empty for an interactive interpreter.
    """
    rest = list(command)
    if rest and is_python(rest[0]):
        rest = _without_options(rest[1:])
        flag, joined = _module_or_code(rest[0]) if rest else ("", "")
        if flag:
            rest = [joined, *rest[1:]] if joined else rest[1:]
            return rest if flag == "m" else ["-c", *rest]
    if not rest:
        return []
    return [os.path.basename(rest[0]).removesuffix(".py"), *rest[1:]]


def only_forks(command: Sequence[str], environ: Mapping[str, str] = os.environ) -> bool:
    """Whether the program's own process does no work but start those that do."""
    name, *arguments = program(command) or [""]
    if name == "-c":
        # From 3.14 on it imports `sys` before.
        code = arguments[0].removeprefix("import sys; ") if arguments else ""
        return code.startswith(_FORKSERVER)
    if name == "celery":
        return _celerys_command(arguments) == "worker" and not _celery_pool(arguments)
    if name == "uvicorn":
        return _uvicorn_supervises(arguments, environ)
    if name == "fastapi":
        # It runs uvicorn, for developers with its reloader.
        reloads = arguments[:1] == ["dev"] and "--no-reload" not in arguments
        return reloads or _uvicorn_supervises(arguments, environ)
    if name == "hypercorn":
        return _hypercorn_supervises(arguments)
    if name == "flask":
        return "WERKZEUG_RUN_MAIN" not in environ and _flask_reloads(arguments, environ)
    if arguments[:1] == ["runserver"] and _is_djangos(name, environ):
        return "RUN_MAIN" not in environ and "--noreload" not in arguments
    return name in ("granian", "gunicorn", "gunicorn.app.wsgiapp")


def is_spawned(command: Sequence[str]) -> bool:
    """Whether it is a child of `multiprocessing` that is an interpreter of its own."""
    return "".join(program(command)[:2]).startswith("-c" + _SPAWN)


def is_uwsgi(command: Sequence[str]) -> bool:
    """Whether it is uWSGI, which has Python in it and forks without Python's knowledge."""
    return program(command)[:1] == ["uwsgi"]


def is_celery(command: Sequence[str]) -> bool:
    return program(command)[:1] == ["celery"]


def is_ours(command: Sequence[str]) -> bool:
    """Whether the program starts the agent by itself, or is no service's process at all."""
    name, *arguments = program(command) or [""]
    if name == "-c":
        return arguments[0].startswith(_TRACKER) if arguments else False
    return name in ("hognose", "hognose-run")


def is_about_to_exec() -> bool:
    """Whether this is a child of `subprocess` with a `preexec_fn`, about to be another program."""
    frame: FrameType | None = sys._getframe()
    while frame is not None:
        code = frame.f_code
        if code.co_name == "_execute_child" and code.co_filename.endswith("subprocess.py"):
            return True
        frame = frame.f_back
    return False


def is_python(path: str) -> bool:
    """By the name of its file: that of an interpreter, its version and its build."""
    name, _, build = os.path.basename(path).removesuffix(".exe").partition("-")
    version = name.removeprefix("python" if name.startswith("python") else "pypy")
    if version == name or build not in _BUILDS:
        return False
    return not version or (version[0].isdigit() and not version.strip("0123456789.td"))


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


def _celerys_command(arguments: list[str]) -> str:
    """`worker` of `celery -A worker worker`; empty when there is none."""
    before = ""
    for argument in arguments:
        if not argument.startswith("-") and before not in _CELERY_WITH_VALUE:
            return argument
        before = argument
    return ""


def _celery_pool(arguments: list[str]) -> str:
    """The pool of a Celery worker when it does not fork; empty for the default, prefork."""
    pool = _option(arguments, "--pool")
    for word, after in zip(arguments, [*arguments[1:], ""], strict=True):
        # As in `-P solo`, `-Psolo` and `-BPsolo`.
        letters = word[1:].lstrip(_CELERY_SWITCHES) if word.startswith("-") else ""
        if letters.startswith("P"):
            pool = letters[1:] or after
    return "" if pool in ("prefork", "processes") else pool


def _uvicorn_supervises(arguments: list[str], environ: Mapping[str, str]) -> bool:
    if "--reload" in arguments or environ.get("UVICORN_RELOAD", "").lower() in _YES:
        return True
    asked = [_option(arguments, "--workers"), environ.get("UVICORN_WORKERS", "")]
    workers = next(filter(None, [*asked, environ.get("WEB_CONCURRENCY", "")]), "1")
    return workers.isdecimal() and int(workers) > 1


def _hypercorn_supervises(arguments: list[str]) -> bool:
    """One worker, too, is a process of its own; none is not, and a file may ask for none."""
    workers = _option(arguments, "--workers") or _option(arguments, "-w")
    has_file = _option(arguments, "--config") or _option(arguments, "-c")
    return workers != "0" if workers else not has_file


def _flask_reloads(arguments: list[str], environ: Mapping[str, str]) -> bool:
    if "run" not in arguments or "--no-reload" in arguments:
        return False
    if "--reload" in arguments or "--debug" in arguments:
        return True
    debug = environ.get("FLASK_DEBUG", "").lower() not in _FLASKS_NO
    return debug and "--no-debug" not in arguments


def _is_djangos(name: str, environ: Mapping[str, str]) -> bool:
    """Whether the program is Django's own, or a service's by that name or for its settings."""
    return name in ("manage", "django", "django-admin") or "DJANGO_SETTINGS_MODULE" in environ


def _option(arguments: list[str], name: str) -> str:
    """The value of `--name value` or `--name=value`; empty when it is not given."""
    for at, argument in enumerate(arguments):
        given, equals, value = argument.partition("=")
        if given == name:
            return value if equals else "".join(arguments[at + 1 : at + 2])
    return ""


# What click takes for true in an environment variable, and Flask for false.
_YES = ("1", "on", "t", "true", "y", "yes")
_FLASKS_NO = ("", "0", "false", "no")
