"""
What the service's modules, classes and objects hold, read past whatever they do when they are
asked.

`vars`, `isinstance` and a plain attribute ask the object or its class, which can be the service's
code: `importlib.util.LazyLoader` imports a module whose `__dict__` is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType
from typing import Any, cast

_OF_MODULE: Any = vars(ModuleType)["__dict__"]
_OF_TYPE: Any = vars(type)["__dict__"]


def is_a(value: object, kind: type) -> bool:
    # An abstract class would also keep a note of each type that it was ever asked about.
    return type.__subclasscheck__(kind, type(value))


def held_by(owner: object) -> Mapping[str, Any]:
    """The dictionary of a module or a class; an empty one of anything else."""
    if is_a(owner, ModuleType):
        return cast("Mapping[str, Any]", _OF_MODULE.__get__(owner))
    return cast("Mapping[str, Any]", _OF_TYPE.__get__(owner)) if is_a(owner, type) else {}


def told_by(kind: type, name: str) -> Any:
    """What a class says of itself, such as its `__module__`, whatever its metaclass says."""
    return type.__getattribute__(kind, name)
