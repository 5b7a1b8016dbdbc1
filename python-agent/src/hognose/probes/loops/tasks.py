"""
Unfinished tasks by coroutine, and the age of the oldest.

Cost: 0.4 to 0.9 µs a task, in strides of 1,000 between which other threads run. What is asked of
a task is asked within one call: none is held beyond it, and none can die on our thread.
This module imports asyncio, so it is itself imported only once the service has done so.
"""

from __future__ import annotations

import asyncio
import sys
import weakref
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from types import CodeType, CoroutineType, GeneratorType, NoneType
from typing import Any

from hognose._figures import TaskGroup
from hognose._one_call import looked_up, types_of
from hognose._untouched import held_by

# The most numerous coroutines of a loop that are told.
_GROUPS = 10

# Tasks whose age is known, in a process: the first that were seen. Each costs about 200 bytes.
_FOLLOWED = 2000

# Characters of a coroutine's name: the contract's 256 units of UTF-16 hold as many.
_LONGEST = 128

_Ref = weakref.ref[asyncio.Task[Any]]


@dataclass(slots=True)
class _Group:
    coroutine: str
    oldest: float
    count: int = 0


class Census:
    """Groups tasks, and remembers since when it has seen each. No task is kept alive."""

    def __init__(self) -> None:
        self._seen: dict[_Ref, float] = {}

    def take(
        self, by_loop: dict[asyncio.AbstractEventLoop, list[_Ref]], now: float
    ) -> dict[asyncio.AbstractEventLoop, list[TaskGroup]]:
        """The groups of every loop, the most numerous first; `now` in seconds."""
        before, self._seen = self._seen, {}
        left = _FOLLOWED - len(before)
        told = {}
        for loop, refs in by_loop.items():
            groups: dict[Any, _Group] = {}
            for ref, key in zip(refs, _keys(refs), strict=True):
                if key is None:
                    continue
                since = before.get(ref)
                if since is None and left > 0:
                    left -= 1
                    since = now
                if since is not None:
                    self._seen[ref] = since
                _add(groups, key, ref, now if since is None else since)
            told[loop] = _largest(groups.values(), now)
        return told


def _keys(refs: list[_Ref]) -> list[CodeType | type | None]:
    """The code of each task's coroutine; of an unknown kind its class; None where it is gone."""
    kinds = types_of(refs, "_coro")
    keys: list[CodeType | type | None] = [None if kind is NoneType else kind for kind in kinds]
    for kind, code in ((CoroutineType, "cr_code"), (GeneratorType, "gi_code")):
        places = [place for place, each in enumerate(kinds) if each is kind]
        codes = looked_up([refs[place] for place in places], "_coro", code)
        for place, found in zip(places, codes, strict=True):
            keys[place] = found
    return keys


def _add(groups: dict[Any, _Group], key: CodeType | type, ref: _Ref, since: float) -> None:
    group = groups.get(key)
    if group is None:
        group = groups[key] = _Group(_name(key, ref), since)
    group.count += 1
    group.oldest = min(group.oldest, since)


def _name(key: CodeType | type, ref: _Ref) -> str:
    if isinstance(key, type):
        return _joined(key.__module__, key.__qualname__)
    (name,) = looked_up([ref], "_coro", "__qualname__")
    scopes = [looked_up([ref], "_coro", each, "f_globals")[0] for each in ("cr_frame", "gi_frame")]
    scope = next((each for each in scopes if each is not None), None)
    module = _module_of(key.co_filename) if scope is None else scope.get("__name__", "")
    return _joined(module, name or key.co_name)


def _largest(groups: Iterable[_Group], now: float) -> list[TaskGroup]:
    by_count = sorted(groups, key=lambda each: each.count, reverse=True)
    return [
        {
            "coroutine": each.coroutine,
            "count": each.count,
            "oldest_seconds": max(0.0, now - each.oldest),
        }
        for each in by_count[:_GROUPS]
    ]


def coroutine_name(coroutine: Any) -> str:
    """Module and qualified name of the function; of an unknown kind, those of its class."""
    kind = type(coroutine)
    if kind in (CoroutineType, GeneratorType):
        is_plain = kind is CoroutineType
        frame = coroutine.cr_frame if is_plain else coroutine.gi_frame
        code = coroutine.cr_code if is_plain else coroutine.gi_code
        module = frame.f_globals.get("__name__", "") if frame else _module_of(code.co_filename)
        name = coroutine.__qualname__
    else:
        module, name = kind.__module__, kind.__qualname__
    return _joined(module, name)


def _joined(module: str, name: str) -> str:
    return legible(f"{module}.{name}" if module else name)


@lru_cache(64)
def _module_of(file: str) -> str:
    """The module of a coroutine that has ended, by its file: its globals are gone."""
    for name, module in list(sys.modules.items()):
        if held_by(module).get("__file__") == file:
            return name
    return ""


def coroutine_line(coroutine: object) -> tuple[str, int] | None:
    """File and line at which it waits or, when it has ended, begins; None when unknown."""
    if not isinstance(coroutine, CoroutineType):
        return None
    code, frame = coroutine.cr_code, coroutine.cr_frame
    line = frame.f_lineno if frame is not None else None
    return code.co_filename, line or code.co_firstlineno


def legible(name: str) -> str:
    """Without control characters; a long one keeps its end."""
    shown = "".join(each if each.isprintable() else "?" for each in name)
    return shown if len(shown) <= _LONGEST else "…" + shown[1 - _LONGEST :]
