"""
Which installed packages are the service itself?

A service that is installed like a library has none of its code outside of site-packages. What it
is called is told by how it was started: the application named on the command line, the module or
the console script that runs, Django's settings.
"""

from __future__ import annotations

import os
import re
import sys
import sysconfig
from collections.abc import Mapping, Sequence
from types import ModuleType

from hognose._program import command_line, program

# What services are started by, and never the service.
_LAUNCHERS = {
    "aiohttp", "celery", "coverage", "daphne", "ddtrace", "debugpy", "django", "fastapi",
    "fastapi_cli", "flask", "gevent", "granian", "gunicorn", "hognose", "hypercorn",
    "opentelemetry", "pdb", "pytest", "runpy", "sanic", "tornado", "uvicorn", "uvloop", "uwsgi",
    "waitress", "watchfiles",
}  # fmt: skip

# `shop.web:app`, `shop.web:create_app()`, `shop.wsgi`, `celery -A shop`.
_APPLICATION = re.compile(r"(?:--app=)?([^\W\d]\w*)(?:\.[^\W\d]\w*)*:[^\W\d][\w.]*(?:\(.*\))?")
_MODULE = re.compile(r"(?:--app=)?([^\W\d]\w*)(?:\.[^\W\d]\w*)+")
_NAMED_BY = ("-A", "--app")


def own_packages(
    command: Sequence[str] = (),
    environ: Mapping[str, str] = os.environ,
    main: ModuleType | None = None,
) -> frozenset[str]:
    """
    Names of top-level packages. Cost: about 10 µs.

    Asked when it is needed rather than once: a console script's function is known only after its
    import.
    """
    main = main or sys.modules.get("__main__")
    names = {
        *_on_command_line(program(command or command_line())[1:]),
        *(_modules_run(main) if main is not None else ()),
        environ.get("DJANGO_SETTINGS_MODULE", ""),
    }
    packages = {name.partition(".")[0] for name in names}
    return frozenset(packages - _LAUNCHERS - {"", "__main__"} - sys.stdlib_module_names)


def _on_command_line(arguments: Sequence[str]) -> list[str]:
    found = []
    for before, argument in zip(("", *arguments), arguments, strict=False):
        match = _APPLICATION.fullmatch(argument) or _MODULE.fullmatch(argument)
        if match:
            found.append(match[1])
        elif before in _NAMED_BY and argument.isidentifier():
            found.append(argument)
    return found


def _modules_run(main: ModuleType) -> list[str]:
    """The module that `-m` runs, or the modules that a console script takes its function from."""
    if main.__spec__ is not None:
        return [main.__spec__.name]
    folder = os.path.dirname(getattr(main, "__file__", None) or "")
    if folder != sysconfig.get_path("scripts"):
        return []
    return [
        str(vars(value).get("__module__", "")) if isinstance(value, type) else value.__module__
        for value in list(vars(main).values())
        if isinstance(value, (type, type(own_packages)))
    ]
