"""Who this process is, and what it says about itself when it starts."""

from __future__ import annotations

import os
import platform
import re
import socket
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from hognose._program import command_line, is_spawned, only_forks, program
from hognose._signals import Package, Process, Started
from hognose._whereabouts import whereabouts

# Packages that decide how a service behaves, by the name of their distribution.
_TELLING = {
    "aiohttp", "anyio", "asgiref", "celery", "daphne", "django", "fastapi", "flask", "gevent",
    "gunicorn", "httpx", "hypercorn", "numpy", "pandas", "pydantic", "pydantic_core", "requests",
    "sanic", "sqlalchemy", "starlette", "torch", "tornado", "uvicorn", "uvloop", "uwsgi",
}  # fmt: skip

_PROC = Path("/proc")

_SECRET_NAME = re.compile(r"pass|secret|token|key|credential|auth", re.IGNORECASE)
_URL_PASSWORD = re.compile(r"(\w+://[^:/@\s]*:)[^@/\s]+@")
_MASK = "***"
_COMMAND_LENGTH = 4096


def this_process(
    service: str, unix_nanos: Callable[[], int] = time.time_ns, pid: int | None = None
) -> Process:
    """
    The identity of this interpreter from here on.

    It begins when the agent does: a program that replaces itself by another keeps its process
    number and the kernel's start time, yet its counters begin again.
    """
    return {
        "service": service,
        "host": socket.gethostname(),
        "pid": os.getpid() if pid is None else pid,
        "started_at_ms": unix_nanos() // 1_000_000,
    }


def record_key(process: Process) -> bytes:
    """The Kafka key of everything about the process."""
    return "{service}/{host}/{pid}/{started_at_ms}".format(**process).encode()


def started(command: Sequence[str] = (), paths: Iterable[str] = ()) -> Started:
    """What is worth knowing about the process once. Cost: one listing of each folder of `paths`."""
    command = command or command_line()
    return {
        "command": masked(command),
        "python": platform.python_version(),
        "packages": telling_packages(paths or sys.path),
        "parent_pid": os.getppid(),
        "worker_kind": worker_kind(command),
        **whereabouts(),
    }


def masked(command: Sequence[str]) -> str:
    """The command line, without the values of options whose names promise a secret."""
    words: list[str] = []
    for before, word in zip(("", *command), command, strict=False):
        name, equals, _ = word.partition("=")
        if equals and _SECRET_NAME.search(name):
            word = f"{name}={_MASK}"
        elif before.startswith("-") and "=" not in before and _SECRET_NAME.search(before):
            word = _MASK
        words.append(_URL_PASSWORD.sub(rf"\1{_MASK}@", word))
    return " ".join(words)[:_COMMAND_LENGTH]


def telling_packages(paths: Iterable[str]) -> list[Package]:
    """Name and version of the telling packages installed there, by the names of their folders."""
    found: dict[str, str] = {}
    for path in map(Path, paths):
        if not path.is_dir():
            continue
        for folder in path.glob("*.dist-info"):
            name, _, version = folder.name.removesuffix(".dist-info").partition("-")
            if name.lower() in _TELLING:
                found.setdefault(name.lower(), version)
    return [{"name": name, "version": found[name]} for name in sorted(found)]


def worker_kind(
    command: Sequence[str], proc: Path = _PROC, environ: Mapping[str, str] = os.environ
) -> str:
    """
    Under which server, task queue or pool the process works; empty when under none.

    Told from command lines, its own and its parent's, and from modules that are there already.
    """
    if "uwsgi" in sys.modules:
        return "uwsgi"
    multiprocessing = sys.modules.get("multiprocessing.process")
    is_child = multiprocessing is not None and multiprocessing.parent_process() is not None
    if is_child or is_spawned(command):
        return _server(_parents_command(proc)) or _server(command) or "multiprocessing"
    return "" if _only_supervises(command, environ) else _server(command)


def _server(command: Sequence[str]) -> str:
    name = (program(command) or [""])[0].partition(".")[0]
    return _SERVERS.get(name, "")


def _only_supervises(command: Sequence[str], environ: Mapping[str, str]) -> bool:
    """Whether it starts processes with an interpreter of their own, which do the work."""
    return (program(command) or [""])[0] in _SPAWNING and only_forks(command, environ)


def _parents_command(proc: Path) -> list[str]:
    try:
        text = (proc / str(os.getppid()) / "cmdline").read_text("utf-8", "replace")
    except OSError:
        return []
    return text.rstrip("\0").split("\0")


_SERVERS = {
    name: name
    for name in (
        "arq", "celery", "daphne", "dramatiq", "granian", "gunicorn", "hypercorn",
        "mod_wsgi-express", "rq", "sanic", "uvicorn", "uwsgi", "waitress-serve",
    )
} | {"fastapi": "uvicorn"}  # fmt: skip

# Those of them whose workers do not have the command line of the one that starts them.
_SPAWNING = ("fastapi", "hypercorn", "uvicorn")
