"""
Find the containers that outlive a request, module by module.

Everything is looked up in dictionaries of modules, classes and functions, never by `getattr`.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from types import FunctionType, ModuleType
from typing import Any, cast

from hognose._happenings import Retention, RetentionKind
from hognose._untouched import held_by, is_a, told_by
from hognose.probes.retention.sizes import (
    Cache,
    entry_bytes,
    entry_types,
    is_container,
    is_unbounded,
    limit_of,
    size_of,
)
from hognose.probes.retention.ways import (
    Reach,
    attribute_of,
    attributes,
    cell_of,
    cells,
    defaults,
    member_of,
    members,
)

# In a library, only what is already so large is followed: most of its containers are tables.
_LIBRARY_LEAST = 256

# What these hold is kept alive by somebody else.
_WEAK = (weakref.WeakKeyDictionary, weakref.WeakSet, weakref.WeakValueDictionary)


@dataclass(frozen=True, slots=True)
class Found:
    """
    A container by the way to it: `reach` answers it, or None when it is no longer there.

    `name` is `module:name within`, as for entry points.
    """

    name: str
    kind: RetentionKind
    reach: Reach

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
    file = held_by(module).get("__file__")
    return name == "__main__" or (isinstance(file, str) and is_own(file))


def containers(name: str, module: object, is_own: Callable[[str], bool]) -> Iterator[Found]:
    """The containers of one module; of a library's, those that are large."""
    if not is_a(module, ModuleType) or name.partition(".")[0] == "hognose":
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
    own_name = str(held_by(module).get("__name__", ""))
    label = f"{own_name}:"
    for name, value in members(module):
        if is_container(value) and type(value) is not Cache:
            yield Found(label + name, "MODULE_GLOBAL", member_of(home, name))
        elif type(value) is Cache or is_a(value, FunctionType):
            yield from _of_function(value, own_name)
        elif is_a(value, type):
            if told_by(value, "__module__") == own_name:
                yield from _of_class(value, label)
        elif not is_a(value, ModuleType):
            yield from _of_instance(home, label, name, value)


def _of_class(kind: type, label: str) -> Iterator[Found]:
    home = weakref.ref(kind)
    for name, value in members(kind):
        if is_a(value, staticmethod) or is_a(value, classmethod):
            value = value.__func__
        elif is_a(value, property):
            value = value.fget
        if type(value) is Cache or is_a(value, FunctionType):
            yield from _of_function(value, str(told_by(kind, "__module__")))
        elif is_container(value):
            yield Found(
                f"{label}{told_by(kind, '__qualname__')}.{name}",
                "CLASS_ATTRIBUTE",
                member_of(home, name),
            )


def _of_instance(home: Callable[[], Any], label: str, name: str, value: object) -> Iterator[Found]:
    """The containers of an object that a module holds, such as a store or a registry."""
    if any(is_a(value, kind) for kind in _WEAK):
        return
    for attribute, held in attributes(value):
        if is_container(held):
            reach = attribute_of(member_of(home, name), attribute)
            yield Found(f"{label}{name}.{attribute}", "MODULE_GLOBAL", reach)


def _of_function(function: Any, module: str) -> Iterator[Found]:
    """Its cache, its default arguments and its closure; through decorators, too."""
    if type(function) is Cache:
        wrapped = vars(function).get("__wrapped__")
        if vars(function).get("__module__", module) == module:
            yield Found(f"{module}:{_qualname(function)}", "LRU_CACHE", weakref.ref(function))
        if is_a(wrapped, FunctionType):
            yield from _of_function(wrapped, module)
        return
    if function.__module__ != module:
        return
    home = weakref.ref(function)
    label = f"{module}:{function.__qualname__}"
    for argument, reach in defaults(function, home):
        if is_container(reach()):
            yield Found(f"{label}({argument})", "DEFAULT_ARGUMENT", reach)
    for at, (variable, cell) in enumerate(cells(function)):
        if is_container(cell) and type(cell) is not Cache:
            yield Found(f"{label}[{variable}]", "CLOSURE", cell_of(home, at))
        elif is_a(cell, FunctionType) and cell is not function and not cell.__closure__:
            yield from _of_function(cell, module)


def _qualname(cache: Any) -> str:
    return str(vars(cache).get("__qualname__", "lru_cache"))
