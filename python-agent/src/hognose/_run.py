"""`hognose-run COMMAND...`: start a service with the agent in it, with nothing changed in it."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace

from hognose._interpreter import without_agent
from hognose._program import program
from hognose._resource import service_names
from hognose._settings import Settings, SettingsError, read_settings

_USAGE = """\
usage: hognose-run COMMAND [ARGUMENT...]

Runs COMMAND with the Hognose agent in every Python process that it starts.

  hognose-run uvicorn shop:app --workers 4
  HOGNOSE_SERVICE=shop HOGNOSE_BOOTSTRAP_SERVERS=kafka:9092 hognose-run gunicorn shop.wsgi
  HOGNOSE_SERVICE=shop HOGNOSE_SINK=file:/tmp/shop.capture hognose-run python shop.py

The agent must be installed where COMMAND's Python finds it: a Python without it is refused.
Settings are read from the environment; HOGNOSE_SERVICE is the command's name unless it is set.
"""

FROM_ENVIRONMENT = "settings come from the environment"

_BAD_USAGE = 2
_CANNOT_RUN = 126
_NOT_FOUND = 127


def main() -> int:
    """The console script. Answers an exit code, or becomes the command."""
    command = sys.argv[1:]
    if not command:
        return _complain("no command; hognose-run --help tells more", _BAD_USAGE)
    if command[0] in ("-h", "--help"):
        sys.stdout.write(_USAGE)
        return 0
    if command[0] == "--version":
        from hognose import __version__

        sys.stdout.write(f"hognose-run {__version__}\n")
        return 0
    if command[0].startswith("-"):
        return _complain(f"{command[0]}: expected a command; {FROM_ENVIRONMENT}", _BAD_USAGE)
    environ = with_service(os.environ, command)
    try:
        check_sink(checked_settings(environ))
    except SettingsError as wrong:
        return _complain(str(wrong), _BAD_USAGE)
    stranger = without_agent(command[0], environ)
    if stranger:
        return _complain(
            f"{stranger}: expected a Python with the agent, such as {sys.executable}", _BAD_USAGE
        )
    return _become(command, environ)


def with_service(environ: Mapping[str, str], command: Sequence[str]) -> dict[str, str]:
    """
    The environment for a command; the service is called after the command unless it is named.

    A file for records is that of this folder, wherever the command goes.
    """
    names = [
        environ.get("HOGNOSE_SERVICE", ""),
        *(name for _, name in service_names(environ)),
        *program(command)[:1],
    ]
    service = next((name for name in names if name.strip() and name != "-c"), "python")
    ours = {"HOGNOSE_SERVICE": service}
    if "HOGNOSE_SINK" in environ:
        ours["HOGNOSE_SINK"] = here(environ["HOGNOSE_SINK"])
    return {**environ, **ours}


def checked_settings(environ: Mapping[str, str], **keywords: str) -> Settings:
    """
    Settings whose file, if they name one, can be written. Raises `SettingsError`.

    It is opened later, when the program may have gone to another folder.
    """
    settings = read_settings(environ, **keywords)
    settings = replace(settings, sink=here(settings.sink))
    if settings.capture_path:
        from hognose._capture import check_capture

        check_capture(settings.capture_path)
    return settings


def here(sink: str) -> str:
    """The sink, with the path of a file as this folder has it."""
    kind, _, path = sink.strip().partition(":")
    if kind != "file" or not path or os.path.isabs(path):
        return sink
    try:
        return f"file:{os.path.join(os.getcwd(), path)}"
    except OSError:
        # The folder is gone: nothing can be written there.
        return sink


def check_sink(settings: Settings) -> None:
    """Raise `SettingsError` for a property that librdkafka refuses; it is asked if one is set."""
    if settings.kafka and not settings.capture_path:
        from hognose._publish import check_kafka

        check_kafka(settings)


def _become(command: Sequence[str], environ: Mapping[str, str]) -> int:
    sys.stdout.flush()
    try:
        os.execvpe(command[0], list(command), environ)  # noqa: S606 - the user's own command
    except FileNotFoundError:
        return _complain(f"{command[0]}: command not found", _NOT_FOUND)
    except OSError as wrong:
        return _complain(f"{command[0]}: {wrong.strerror}", _CANNOT_RUN)


def _complain(text: str, code: int) -> int:
    sys.stderr.write(f"hognose-run: {text}\n")
    return code
