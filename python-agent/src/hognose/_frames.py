"""
Stacks: read them from a running thread, tell whose code they are in, say them on the wire.

Only file, line and function are ever kept; no local variable and no argument leaves the process.
"""

from __future__ import annotations

import re
import sysconfig
from collections import deque
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib.machinery import EXTENSION_SUFFIXES
from os import path
from pathlib import Path
from types import FrameType, TracebackType
from typing import NamedTuple

from hognose._happenings import Frame, Stack

# Files whose owner is remembered: a service has hundreds.
_FILES = 2048

# Frames of one stack that are kept, the innermost.
_DEPTH = 128

# The contract allows an event 64 KiB; the rest of the event needs some of it.
_STACK_BYTES = 60 * 2**10

_PACKAGE = path.dirname(path.abspath(__file__)) + path.sep
_STDLIB = tuple(
    {
        path.join(folder, "")
        for name in ("stdlib", "platstdlib")
        for folder in (sysconfig.get_path(name), path.realpath(sysconfig.get_path(name)))
    }
)
_INSTALLED = re.compile(r"[/\\](?:site|dist)-packages[/\\]")
_COMPILED = tuple(EXTENSION_SUFFIXES)
_FUNCTION = re.compile(r"(\s*)(?:async\s+)?def\s+(\w+)")


class Place(NamedTuple):
    """A line of code that is being executed; the file as its code object has it."""

    file: str
    line: int
    function: str


Places = tuple[Place, ...]

# Installed packages, by their top-level names, that are the service itself.
Own = frozenset[str]


def walk(frame: FrameType | None) -> Places:
    """
    The places of a thread's stack, innermost last.

    Walked by hand because `traceback` reads source files: 15 µs for 60 frames.
    """
    places: list[Place] = []
    while frame is not None and len(places) < _DEPTH:
        code = frame.f_code
        # A frame between two lines has none.
        places.append(Place(code.co_filename, frame.f_lineno or code.co_firstlineno, code.co_name))
        frame = frame.f_back
    places.reverse()
    return tuple(places)


def raised(trace: TracebackType | None) -> Places:
    """The places that an exception came through, the innermost last. Cost: 0.3 µs a frame."""
    places: deque[Place] = deque(maxlen=_DEPTH)
    while trace is not None:
        frame = trace.tb_frame
        code = frame.f_code
        file = code.co_filename
        if not file.startswith((path.sep, "<")):
            file = _beside_module(file, frame)
        places.append(Place(file, trace.tb_lineno or 0, code.co_name))
        trace = trace.tb_next
    return tuple(places)


def _beside_module(file: str, frame: FrameType) -> str:
    """
    Where the file of a compiled module would be, had it been installed with it.

    Cython and mypyc name files from the folder of the build. Whatever else has a relative name was
    compiled while the program ran, or has been imported from a relative folder.
    """
    module = dict.get(frame.f_globals, "__file__")
    name = dict.get(frame.f_globals, "__name__")
    if not (isinstance(module, str) and isinstance(name, str) and module.endswith(_COMPILED)):
        return file
    folder = path.dirname(module)
    packages = name.split(".")[:-1]
    if file.split(path.sep)[0] in packages[:1]:
        folder = path.join(folder, *[path.pardir] * len(packages))
    return path.normpath(path.join(folder, file))


def is_ours(file: str) -> bool:
    """Whether the file is the agent's."""
    return file.startswith(_PACKAGE)


@lru_cache(_FILES)
def is_stdlib(file: str) -> bool:
    if file.startswith("<frozen "):
        return True
    return file.startswith(_STDLIB) and not _INSTALLED.search(file)


@lru_cache(_FILES)
def is_users(file: str, own: Own = frozenset()) -> bool:
    """
    Whether it is the service's own code: not of the language, not installed, not the agent's.

    `own` names the installed packages that are the service.
    """
    if is_stdlib(file) or is_ours(file):
        return False
    installed = _INSTALLED.search(file)
    return installed is None or _package(file[installed.end() :]) in own


def _package(path_within: str) -> str:
    return re.split(r"[/\\]", path_within, maxsplit=1)[0].removesuffix(".py")


def culprit(places: Places, own: Own = frozenset()) -> Place | None:
    """
    The innermost place of the service's own code.

    Where there is none, the innermost outside of the standard library, else simply the innermost.
    Code without a file, such as a dataclass's generated methods, comes after code with one.
    """
    inward = places[::-1]
    users = [place for place in inward if is_users(place.file, own)]
    with_file = [place for place in users if not place.file.startswith("<")]
    installed = [place for place in inward if _is_installed(place.file)]
    return next(iter(with_file or users or installed or inward), None)


def _is_installed(file: str) -> bool:
    return not is_stdlib(file) and not is_ours(file)


def told(place: Place) -> Frame:
    return {"file": absolute(place.file), "line": place.line, "function": place.function}


def calling(frame: FrameType | None, own: Own = frozenset()) -> Place | None:
    """The culprit among a frame and its callers, found without looking further than to it."""
    otherwise: Place | None = None
    for _ in range(_DEPTH):
        if frame is None:
            break
        code = frame.f_code
        place = Place(code.co_filename, frame.f_lineno or code.co_firstlineno, code.co_name)
        if is_users(place.file, own) and not place.file.startswith("<"):
            return place
        if otherwise is None and _is_installed(place.file):
            otherwise = place
        frame = frame.f_back
    return otherwise


def site(place: Place) -> str:
    """As figures have it: "/srv/shop/cart.py:17 in add"."""
    return f"{absolute(place.file)}:{place.line} in {place.function}"


@lru_cache(_FILES)
def absolute(file: str) -> str:
    """A name that code has made up stays, and so does any where the current folder is gone."""
    try:
        return file if file.startswith("<") else path.abspath(file)
    except OSError:
        return file


def told_stacks(counted: Iterable[tuple[Places, int]]) -> tuple[list[Stack], bool]:
    """
    Stacks for an event, the most counted first, and whether some were cut.

    What does not fit loses its outermost frames first, then whole stacks.
    """
    return told_threads(("", places, count) for places, count in counted)


def told_threads(counted: Iterable[tuple[str, Places, int]]) -> tuple[list[Stack], bool]:
    """The same for stacks of several threads, each with its name."""
    stacks: list[Stack] = []
    left = _STACK_BYTES
    cut = False
    for thread, places, count in sorted(counted, key=lambda each: each[2], reverse=True):
        frames, left = _fitting([told(place) for place in places], left - _size(thread))
        cut = cut or len(frames) < len(places) or len(places) == _DEPTH
        if frames:
            stack: Stack = {"frames": frames, "count": count}
            stacks.append({**stack, "thread": thread} if thread else stack)
    return stacks, cut


def _fitting(frames: Sequence[Frame], left: int) -> tuple[list[Frame], int]:
    """As many innermost frames as fit into `left` bytes, and what is left after them."""
    kept: list[Frame] = []
    left -= 16
    for frame in reversed(frames):
        left -= _size(frame["file"]) + _size(frame["function"]) + 16
        if left < 0:
            left = 0
            break
        kept.append(frame)
    return kept[::-1], left


def _size(text: str) -> int:
    # Names may hold what no text can be encoded with.
    return len(text.encode(errors="backslashreplace"))


class Functions:
    """
    Tells the function that a line of a source file belongs to, where only file and line are known.

    By indentation rather than by parsing: parsing a long file would hold the GIL for many
    milliseconds, and a function name is an aid to the reader, never evidence. Files are read once.
    """

    def __init__(self) -> None:
        self._lines: dict[str, list[str]] = {}

    def around(self, file: str, line: int) -> str:
        """The function's name; `<module>` outside of any, empty when there is no source."""
        lines = self._lines.get(file)
        if lines is None:
            lines = self._lines[file] = _source(file)
        return enclosing_function(lines, line) if lines else ""


def _source(file: str) -> list[str]:
    try:
        # For `splitlines` other characters end a line, too, such as a form feed.
        return Path(file).read_text("utf-8", "replace").split("\n")
    except OSError:
        return []


def enclosing_function(lines: Sequence[str], line: int) -> str:
    """The name in the nearest `def` above the line (counted from 1) that is indented less."""
    if not 1 <= line <= len(lines):
        return ""
    own = _FUNCTION.match(lines[line - 1])
    indent = _indent(lines[line - 1]) + (1 if own else 0)
    for above in reversed(lines[: line - 1] if not own else lines[:line]):
        if not above.strip():
            continue
        match = _FUNCTION.match(above)
        if match and len(match[1]) < indent:
            return match[2]
        indent = min(indent, _indent(above)) if above.lstrip()[0] not in "#)]}\"'" else indent
    return "<module>"


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())
