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
from typing import TypedDict

from hognose._happenings import Package, Started
from hognose._program import command_line, is_spawned, only_forks, program
from hognose._whereabouts import whereabouts

# Packages that decide how a service behaves, by the name of their distribution.
_TELLING = {
    "aiohttp", "anyio", "asgiref", "celery", "daphne", "django", "fastapi", "flask", "gevent",
    "gunicorn", "httpx", "hypercorn", "numpy", "pandas", "pydantic", "pydantic_core", "requests",
    "sanic", "sqlalchemy", "starlette", "torch", "tornado", "uvicorn", "uvloop", "uwsgi",
}  # fmt: skip

_PROC = Path("/proc")

_TELLING_NAMES = "pass|pwd|secret|token|key|credential|auth|signature"
_SECRET_NAME = re.compile(_TELLING_NAMES, re.IGNORECASE)
_MASK = "***"

# What is replaced wherever it stands in a word; the first group stays, and so does the second.
_WITHIN = [
    re.compile(form)
    for form in (
        # The password of an address, whatever is in it.
        r"(\w+://[^:/@\s]*:)\S+(@)",
        # A header, or its value.
        r"(?i)(\b(?:bearer|basic|digest|token) +)[^\s,\"']+()",
        rf"(?i)((?<![\w-])(?:[\w-]*(?:{_TELLING_NAMES})[\w-]*|cookie): +"
        r"(?!(?:bearer|basic|digest|token) ))[^\"']+()",
        rf"(?i)((?<![\w-])x-[\w-]*(?:{_TELLING_NAMES})[\w-]*:)[^\"']+()",
        # A field of a query, a connection string or JSON whose name promises a secret.
        rf"(?i)((?:^|[?&;,\s])[^=&;,\s]*(?:{_TELLING_NAMES})[^=&;,\s]*\s*=\s*)"
        r"(?:'(?:\\.|[^'\\])*'?|\"(?:\\.|[^\"\\])*\"?|[^&;\s'\"])+()",
        r"(?i)([?&]sig=)[^&;\s]+()",
        rf"(?i)([\"'][^\"']*(?:{_TELLING_NAMES})[^\"']*[\"'] *: *[\"'])[^\"']*()",
        # What looks like a secret by itself: web tokens, and those of some large houses.
        r"()\beyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?()",
        r"()\b(?:AKIA|ASIA)[A-Z0-9]{16}\b()",
        r"()\b(?:gh[opsur]_|github_pat_|glpat-|xox[abprs]-|sk-|sk_live_|AIza)[\w-]{16,}()",
    )
]
_COMMAND_LENGTH = 4096

# Searching takes up to the cube of a word's length, and a command line may have two million
# characters: a longer word, such as a document as JSON, is told as a secret is.
_LONGEST_WORD = 1024


class Process(TypedDict):
    service: str
    host: str
    pid: int
    started_at_ms: int


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
        "packages": telling_packages(paths or list(sys.path)),
        "parent_pid": os.getppid(),
        "worker_kind": worker_kind(command),
        **whereabouts(),
    }


def masked(command: Sequence[str]) -> str:
    """
    The command line, without what promises to be a secret.

    Those are the values of options with telling names, passwords in addresses, headers, queries,
    connection strings and JSON, what has the shape of a well-known token, the text of a program
    after `-c`, and words of more than a thousand characters.
    """
    words: list[str] = []
    code = program(command)[1:2] if program(command)[:1] == ["-c"] else []
    length = 0
    for before, word in zip(("", *command), command, strict=False):
        if length > _COMMAND_LENGTH:
            break
        name, equals, _ = word.partition("=")
        if len(word) > _LONGEST_WORD or (before == "-c" and [word] == code):
            word = _MASK
        elif equals and _SECRET_NAME.search(name) and not re.search(r"[\s/?{]", name):
            word = f"{name}={_MASK}"
        elif before.startswith("-") and "=" not in before and _SECRET_NAME.search(before):
            word = _MASK
        for form in _WITHIN:
            word = form.sub(rf"\1{_MASK}\2", word)
        words.append(word)
        length += len(word) + 1
    return " ".join(words)[:_COMMAND_LENGTH]


def telling_packages(paths: Iterable[object]) -> list[Package]:
    """
    Name and version of the telling packages installed there, by the names of their folders.

    A path is what a service makes of it: what cannot be listed, for whatever reason, holds none.
    """
    found: dict[str, str] = {}
    for path in paths:
        try:
            entries = os.listdir(path or os.curdir) if isinstance(path, str) else []
        except (OSError, ValueError):
            continue
        for entry in entries:
            name, _, version = entry.removesuffix(".dist-info").partition("-")
            if entry.endswith(".dist-info") and name.lower() in _TELLING:
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
