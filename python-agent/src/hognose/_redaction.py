"""
What leaves the process: names of files and functions that are hidden, and paths made short.

Everything that the agent says passes here once, just before it is encoded, so that no probe can
forget it. Cost: nothing unless one of the two is asked for; then 30 µs a message and 1 µs a frame.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import Any

HIDDEN = "hidden"

_FILES = 2048
_FRAME = {"file", "line", "function"}

# Texts that name code wherever they stand; `name` does so in these messages only.
_CODE = {"coroutine", "entry_types", "type", "category", "message"}
_NAMED = ({"name", "site"}, {"name", "entries"})

# "/srv/shop/cart.py:17 in add", or "shop.cart.add at /srv/shop/cart.py:17".
_SITE = re.compile(r"(?:(?P<code>\S+) at )?(?P<file>.+):(?P<line>\d+)(?: in (?P<function>.+))?")
_SEPARATOR = re.compile(r"[/\\]")
_DOTTED = re.compile(r"\w+(?:\.\w+)*")


class Redaction:
    """
    `patterns` are as in a shell and hide what they match: a path, whole or short, or a package or
    module by its dotted name with all that is in it. `paths` is `whole` or `short`.

    `roots` answers the folders that code is imported from, each with its separator. It is asked for
    each message: Python and servers put the service's own there after the agent has begun.
    """

    def __init__(
        self,
        patterns: Iterable[str] = (),
        paths: str = "whole",
        roots: Callable[[], Iterable[str]] = lambda: import_roots(),
    ) -> None:
        self._patterns = tuple(patterns)
        self._shortens = paths == "short"
        self._find_roots = roots
        self._roots: tuple[str, ...] = ()
        self._matches_file = lru_cache(_FILES)(self._file_matches)
        self._hides_code = lru_cache(_FILES)(self._code_matches)

    def told(self, message: Mapping[str, Any]) -> dict[str, Any]:
        """A copy of a message, or a part of one, in which nothing hidden is left."""
        if not self._patterns and not self._shortens:
            return dict(message)
        self._roots = tuple(self._find_roots())
        return self._told(message)

    def _told(self, message: Mapping[str, Any]) -> dict[str, Any]:
        return {name: self._value(name, value) for name, value in message.items()}

    def _value(self, name: str, value: Any) -> Any:
        if isinstance(value, Mapping):
            return self._message(value)
        if isinstance(value, list):
            return _merged([self._value(name, each) for each in value])
        if isinstance(value, str) and value:
            if name == "site":
                return self._site(value)
            if name == "command":
                return " ".join(map(self._word, value.split(" ")))
            if name == "folder":
                return self._folder(value)
            if name in _CODE and self._hides_code(value):
                return HIDDEN
        return value

    def _message(self, message: Mapping[str, Any]) -> dict[str, Any]:
        if message.keys() >= _FRAME:
            return self._frame(message)
        told = self._told(message)
        if any(message.keys() >= keys for keys in _NAMED) and self._hides_code(told["name"]):
            told["name"] = HIDDEN
        site = told.get("site")
        if site == HIDDEN or (isinstance(site, dict) and site.get("file") == HIDDEN):
            # What is said about a hidden place may quote from it.
            told.update({name: HIDDEN for name in ("message",) if name in told})
        return told

    def _frame(self, frame: Mapping[str, Any]) -> dict[str, Any]:
        if self._hides_file(frame["file"]):
            return {**frame, "file": HIDDEN, "line": 0, "function": HIDDEN}
        return {**frame, "file": self._short(frame["file"])}

    def _site(self, text: str) -> str:
        match = _SITE.fullmatch(text)
        if match is None:
            return HIDDEN if self._hides_code(text) else text
        if self._hides_file(match["file"]) or (match["code"] and self._hides_code(match["code"])):
            return HIDDEN
        start, end = match.span("file")
        return text[:start] + self._short(match["file"]) + text[end:]

    def _folder(self, folder: str) -> str:
        """A pattern for what is in it hides it, too."""
        if self._hides_file(folder) or self._hides_file(f"{folder}/"):
            return HIDDEN
        return self._short(f"{folder}/").rstrip("/") or "."

    def _word(self, word: str) -> str:
        return HIDDEN if self._hides_file(word) or self._hides_code(word) else word

    def _short(self, file: str) -> str:
        return relative(file, self._roots) if self._shortens else file

    def _hides_file(self, file: str) -> bool:
        return self._matches_file(file, self._roots)

    def _file_matches(self, file: str, roots: tuple[str, ...]) -> bool:
        """Below none of the roots it may have been imported from any folder that it lies in."""
        shorts = [file[len(root) :] for root in roots if file.startswith(root)] or _tails(file)
        return any(
            fnmatchcase(path, pattern) for path in (file, *shorts) for pattern in self._patterns
        ) or any(self._code_matches(_dotted(short)) for short in shorts)

    def _code_matches(self, text: str) -> bool:
        return any(
            fnmatchcase(start, pattern)
            for name in _DOTTED.findall(text)
            for start in _starts(name)
            for pattern in self._patterns
        )


def relative(file: str, roots: Iterable[str]) -> str:
    """The path below the innermost of the folders that it lies in; as it is below none."""
    within = [root for root in roots if file.startswith(root)]
    return file[len(max(within, key=len)) :] if within else file


def import_roots(paths: Iterable[str] = ()) -> tuple[str, ...]:
    """The folders that modules are imported from, and the current one, each with its separator."""
    folders = set[str]()
    for path in [*(paths or list(sys.path)), os.curdir]:
        # The current folder may have been removed, and services have put other things on the path.
        with suppress(OSError, TypeError):
            folders.add(os.path.join(os.path.abspath(path), ""))
    return tuple(sorted(folders - {os.path.sep}))


def _tails(file: str) -> list[str]:
    """The path, and what is left of it below each of its folders."""
    return [file, *(file[match.end() :] for match in _SEPARATOR.finditer(file))]


def _dotted(short: str) -> str:
    """The module that a file is, by its path below where it is imported from."""
    return _SEPARATOR.sub(".", re.sub(r"(?:[/\\]__init__)?\.\w+$", "", short))


def _starts(name: str) -> list[str]:
    parts = name.split(".")
    return [".".join(parts[:count]) for count in range(1, len(parts) + 1)]


def _merged(values: list[Any]) -> list[Any]:
    """Counters and groups of tasks that are the same now, added up."""
    merged: dict[tuple[str, str], dict[str, Any]] = {}
    others = []
    for value in values:
        if not isinstance(value, dict) or not ("total" in value or "oldest_seconds" in value):
            others.append(value)
            continue
        key = (str(value.get("name", value.get("coroutine"))), str(value.get("site", "")))
        before = merged.get(key)
        if before is None:
            merged[key] = value
            continue
        for name in ("total", "count"):
            if name in value:
                before[name] += value[name]
        if "oldest_seconds" in value:
            before["oldest_seconds"] = max(before["oldest_seconds"], value["oldest_seconds"])
    return others + list(merged.values())
