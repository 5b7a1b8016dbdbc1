"""
What modules, classes and functions hold, and ways to it that keep none of them alive.

Everything is looked up in dictionaries, never by `getattr`: that can be the service's code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import CellType, FunctionType
from typing import Any

from hognose._untouched import held_by

# Answers what is at the end of a way, or None when it is no longer there.
Reach = Callable[[], Any]

# Names of modules' and classes' own workings.
_OWN_WORKINGS = ("__", "_abc_")


def members(owner: Any) -> list[tuple[str, Any]]:
    return [
        (name, value)
        for name, value in list(held_by(owner).items())
        if isinstance(name, str) and not name.startswith(_OWN_WORKINGS)
    ]


def attributes(value: object) -> list[tuple[str, Any]]:
    """What the object itself holds, unless its class has taken the matter into its own hands."""
    try:
        held = object.__getattribute__(value, "__dict__")
    except AttributeError:
        return []
    return list(held.items()) if type(held) is dict else []


def defaults(function: FunctionType, home: Reach) -> Iterator[tuple[str, Reach]]:
    positional = function.__defaults__ or ()
    code = function.__code__
    first = code.co_argcount - len(positional)
    for at in range(len(positional)):
        yield code.co_varnames[first + at], default_of(home, at)
    for name in function.__kwdefaults__ or ():
        yield name, keyword_default_of(home, name)


def cells(function: FunctionType) -> Iterator[tuple[str, Any]]:
    closure = function.__closure__ or ()
    names = function.__code__.co_freevars
    return ((name, _held(cell)) for name, cell in zip(names, closure, strict=True))


def _held(cell: CellType) -> Any:
    try:
        return cell.cell_contents
    except ValueError:
        # Not assigned yet.
        return None


def member_of(home: Reach, name: str) -> Reach:
    def reach() -> Any:
        owner = home()
        return None if owner is None else held_by(owner).get(name)

    return reach


def attribute_of(home: Reach, name: str) -> Reach:
    return lambda: dict(attributes(home())).get(name)


def default_of(home: Reach, at: int) -> Reach:
    def reach() -> Any:
        function = home()
        positional = () if function is None else function.__defaults__ or ()
        return positional[at] if at < len(positional) else None

    return reach


def keyword_default_of(home: Reach, name: str) -> Reach:
    def reach() -> Any:
        function = home()
        return None if function is None else (function.__kwdefaults__ or {}).get(name)

    return reach


def cell_of(home: Reach, at: int) -> Reach:
    def reach() -> Any:
        function = home()
        held = [] if function is None else list(cells(function))
        return held[at][1] if at < len(held) else None

    return reach
