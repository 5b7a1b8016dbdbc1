"""
Find the containers that outlive a request, module by module.

Everything is looked up in dictionaries of modules, classes and functions, never by `getattr`.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from types import CellType, FunctionType, ModuleType
from typing import Any, cast

from hognose._signals import Retention, RetentionKind
from hognose.probes.retention.sizes import (
    Cache,
    entry_bytes,
    entry_types,
    is_container,
    is_unbounded,
    limit_of,
    size_of,
)

# In a library, only what is already so large is followed: most of its containers are tables.
_LIBRARY_LEAST = 256

# Names of modules' and classes' own workings.
_OWN_WORKINGS = ("__", "_abc_")

# What these hold is kept alive by somebody else.
_WEAK = (weakref.WeakKeyDictionary, weakref.WeakSet, weakref.WeakValueDictionary)

_Reach = Callable[[], Any]


@dataclass(frozen=True, slots=True)
class Found:
    """
    A container by the way to it: `reach` answers it, or None when it is no longer there.

    `name` is `module:name within`, as for entry points.
    """

    name: str
    kind: RetentionKind
    reach: _Reach

    @property
    def key(self) -> str:
        return f"{self.kind} {self.name}"

    # A cache of the service's own that nothing but its arguments limits.
    is_unbounded: bool = False

    def size(self) -> int | None:
        """Its entries; None when there is no container any more."""
        return size_of(self.reach())

    def told(self, entries: int, per_hour: float) -> Retention:
        container = self.reach()
        told: Retention = {
            "name": self.name,
            "kind": self.kind,
            "entries": entries,
            "growth_per_hour": per_hour,
            "sample_bytes": entry_bytes(container),
            "entry_types": entry_types(container),
        }
        if type(container) is Cache:
            info = container.cache_info()
            told["hits"], told["misses"] = info.hits, info.misses
        limit = limit_of(container)
        if limit is not None:
            told["max_size"] = limit
        return told


def is_own_module(name: str, module: object, is_own: Callable[[str], bool]) -> bool:
    """Whether it is the service's own, where `is_own` tells that of a file."""
    # Some programs put other things than modules among their modules.
    file = vars(module).get("__file__") if _is_a(module, ModuleType) else None
    return name == "__main__" or (isinstance(file, str) and is_own(file))


def containers(name: str, module: object, is_own: Callable[[str], bool]) -> Iterator[Found]:
    """The containers of one module; of a library's, those that are large."""
    if not _is_a(module, ModuleType) or name.partition(".")[0] == "hognose":
        return
    own = is_own_module(name, module, is_own)
    least = 0 if own else _LIBRARY_LEAST
    for found in _of_module(cast("ModuleType", module)):
        size = found.size()
        if size is not None and size >= least:
            unbounded = own and found.kind == "LRU_CACHE" and is_unbounded(found.reach())
            yield replace(found, is_unbounded=True) if unbounded else found


def _of_module(module: ModuleType) -> Iterator[Found]:
    """What the module's own names lead to; what it has imported is found where it is defined."""
    home = weakref.ref(module)
    label = f"{module.__name__}:"
    for name, value in _members(module):
        if is_container(value) and type(value) is not Cache:
            yield Found(label + name, "MODULE_GLOBAL", _member_of(home, name))
        elif type(value) is Cache or _is_a(value, FunctionType):
            yield from _of_function(value, module.__name__)
        elif _is_a(value, type):
            if value.__module__ == module.__name__:
                yield from _of_class(value, label)
        elif not _is_a(value, ModuleType):
            yield from _of_instance(home, label, name, value)


def _of_class(kind: type, label: str) -> Iterator[Found]:
    home = weakref.ref(kind)
    for name, value in _members(kind):
        if _is_a(value, staticmethod) or _is_a(value, classmethod):
            value = value.__func__
        elif _is_a(value, property):
            value = value.fget
        if type(value) is Cache or _is_a(value, FunctionType):
            yield from _of_function(value, kind.__module__)
        elif is_container(value):
            yield Found(
                f"{label}{kind.__qualname__}.{name}", "CLASS_ATTRIBUTE", _member_of(home, name)
            )


def _of_instance(home: Callable[[], Any], label: str, name: str, value: object) -> Iterator[Found]:
    """The containers of an object that a module holds, such as a store or a registry."""
    if any(_is_a(value, kind) for kind in _WEAK):
        return
    for attribute, held in _attributes(value):
        if is_container(held):
            reach = _attribute_of(_member_of(home, name), attribute)
            yield Found(f"{label}{name}.{attribute}", "MODULE_GLOBAL", reach)


def _of_function(function: Any, module: str) -> Iterator[Found]:
    """Its cache, its default arguments and its closure; through decorators, too."""
    if type(function) is Cache:
        wrapped = vars(function).get("__wrapped__")
        if vars(function).get("__module__", module) == module:
            yield Found(f"{module}:{_qualname(function)}", "LRU_CACHE", weakref.ref(function))
        if _is_a(wrapped, FunctionType):
            yield from _of_function(wrapped, module)
        return
    if function.__module__ != module:
        return
    home = weakref.ref(function)
    label = f"{module}:{function.__qualname__}"
    for argument, reach in _defaults(function, home):
        if is_container(reach()):
            yield Found(f"{label}({argument})", "DEFAULT_ARGUMENT", reach)
    for at, (variable, cell) in enumerate(_cells(function)):
        if is_container(cell) and type(cell) is not Cache:
            yield Found(f"{label}[{variable}]", "CLOSURE", _cell_of(home, at))
        elif _is_a(cell, FunctionType) and cell is not function and not cell.__closure__:
            yield from _of_function(cell, module)


def _defaults(function: FunctionType, home: _Reach) -> Iterator[tuple[str, _Reach]]:
    defaults = function.__defaults__ or ()
    code = function.__code__
    first = code.co_argcount - len(defaults)
    for at in range(len(defaults)):
        yield code.co_varnames[first + at], _default_of(home, at)
    for name in function.__kwdefaults__ or ():
        yield name, _keyword_default_of(home, name)


def _cells(function: FunctionType) -> Iterator[tuple[str, Any]]:
    cells = function.__closure__ or ()
    return (
        (name, _held(cell)) for name, cell in zip(function.__code__.co_freevars, cells, strict=True)
    )


def _held(cell: CellType) -> Any:
    try:
        return cell.cell_contents
    except ValueError:
        # Not assigned yet.
        return None


def _is_a(value: object, kind: type) -> bool:
    # `isinstance` would ask the value for its `__class__`, which can be the service's code, and an
    # abstract class would keep a note of each type that it was ever asked about.
    return type.__subclasscheck__(kind, type(value))


def _qualname(cache: Any) -> str:
    return str(vars(cache).get("__qualname__", "lru_cache"))


def _members(owner: Any) -> list[tuple[str, Any]]:
    return [
        (name, value)
        for name, value in list(vars(owner).items())
        if isinstance(name, str) and not name.startswith(_OWN_WORKINGS)
    ]


def _attributes(value: object) -> list[tuple[str, Any]]:
    """What the object itself holds, unless its class has taken the matter into its own hands."""
    try:
        held = object.__getattribute__(value, "__dict__")
    except AttributeError:
        return []
    return list(held.items()) if type(held) is dict else []


def _member_of(home: _Reach, name: str) -> _Reach:
    def reach() -> Any:
        owner = home()
        return None if owner is None else vars(owner).get(name)

    return reach


def _attribute_of(home: _Reach, name: str) -> _Reach:
    return lambda: dict(_attributes(home())).get(name)


def _default_of(home: _Reach, at: int) -> _Reach:
    def reach() -> Any:
        function = home()
        defaults = () if function is None else function.__defaults__ or ()
        return defaults[at] if at < len(defaults) else None

    return reach


def _keyword_default_of(home: _Reach, name: str) -> _Reach:
    def reach() -> Any:
        function = home()
        return None if function is None else (function.__kwdefaults__ or {}).get(name)

    return reach


def _cell_of(home: _Reach, at: int) -> _Reach:
    def reach() -> Any:
        function = home()
        held = [] if function is None else list(_cells(function))
        return held[at][1] if at < len(held) else None

    return reach
