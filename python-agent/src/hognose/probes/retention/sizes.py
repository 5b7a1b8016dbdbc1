"""How many entries has a container, and how large is one? Without running code of the service's."""

from __future__ import annotations

import functools
import gc
import sys
from collections import deque
from collections.abc import Callable
from itertools import islice
from types import FunctionType
from typing import Any

from hognose._untouched import is_a, told_by

_LENGTHS: dict[type, Callable[[Any], int]] = {
    dict: dict.__len__,
    list: list.__len__,
    set: set.__len__,
    deque: deque.__len__,
    bytearray: bytearray.__len__,
}

Cache = functools._lru_cache_wrapper

# Entries that are weighed for the size of one, and members of an entry that are added to it.
_WEIGHED = 3
_MEMBERS = 16

# Entries of a bounded cache up to which it is asked for them, and characters of types' names.
_ASKED = 4096
_LONGEST = 200

# Members of a tuple that are named.
_SHOWN = 4

# CO_VARARGS and CO_VARKEYWORDS.
_VARIABLE = 0x04 | 0x08

_LINK = "_lru_list_elem"

_PLAIN = (str, bytes, bytearray, int, float, complex, list, tuple, dict, set, frozenset)


def is_container(value: Any) -> bool:
    return size_of(value) is not None


def size_of(container: Any) -> int | None:
    """
    Its entries; those of a cache are its results. None for what is no container.

    A subclass's own `__len__` is not asked.
    """
    kind = type(container)
    length = _LENGTHS.get(kind)
    if length is None:
        if kind is Cache:
            return int(container.cache_info().currsize)
        length = next(
            (_LENGTHS[base] for base in told_by(kind, "__mro__") if base in _LENGTHS), None
        )
    return None if length is None else length(container)


def limit_of(container: Any) -> int | None:
    """The most entries that it will ever have; None where there is no limit."""
    limit: int | None = None
    if type(container) is Cache:
        limit = container.cache_info().maxsize
    elif is_a(container, deque):
        # Of the class itself: a subclass may have an attribute of that name.
        limit = vars(deque)["maxlen"].__get__(container)
    return limit


def is_unbounded(cache: Any) -> bool:
    """Whether a cache has no limit, and a function that can be asked for more than one thing."""
    wrapped = vars(cache).get("__wrapped__")
    code = wrapped.__code__ if is_a(wrapped, FunctionType) else None
    has_arguments = code is None or bool(
        code.co_argcount + code.co_kwonlyargcount + (code.co_flags & _VARIABLE)
    )
    return cache.cache_info().maxsize is None and has_arguments


def entry_bytes(container: Any) -> int:
    """
    About how large one entry is, members included one level deep; 0 where that cannot be told.

    The newest entries of a list are weighed and some of the others, since a set or a dictionary
    that changes meanwhile can only be asked for its first ones.
    """
    if is_a(container, bytearray):
        return 1
    return _mean([sum(map(_weight, entry)) for entry in _some(container)])


def entry_types(container: Any) -> str:
    """
    What the same entries are, by the names of their types: `str -> Order`, `tuple[str, int]`.

    Empty where that cannot be told.
    """
    columns = zip(*_some(container), strict=True)
    names = [" | ".join(dict.fromkeys(map(_type_name, column))) for column in columns]
    return " -> ".join(names)[:_LONGEST]


def _some(container: Any) -> list[tuple[Any, ...]]:
    """A few entries: key and value of a dictionary or a cache, one thing of the others."""
    kind = type(container)
    try:
        if kind is Cache:
            return _of_cache(container)
        if is_a(container, list):
            newest: list[Any] = list.__getitem__(container, slice(-_WEIGHED, None))
            return [(entry,) for entry in newest]
        if is_a(container, dict):
            return list(islice(dict.items(container), _WEIGHED))
        if is_a(container, set):
            return [(entry,) for entry in islice(set.__iter__(container), _WEIGHED)]
        if is_a(container, deque):
            return [(entry,) for entry in islice(deque.__iter__(container), _WEIGHED)]
    except RuntimeError:
        # It changed in the middle.
        return []
    return []


def _of_cache(cache: Any) -> list[tuple[Any, ...]]:
    """
    An unbounded cache keeps a dictionary; a bounded one's entries are seen by the collector only.

    To ask it for a large one's would hold the GIL.
    """
    info = cache.cache_info()
    if info.maxsize is not None and info.currsize > _ASKED:
        return []
    held = gc.get_referents(cache)
    if info.maxsize is None:
        own = vars(cache)
        inner = next((each for each in held if type(each) is dict and each is not own), {})
        return list(islice(inner.items(), _WEIGHED))
    # One by one: key, result, and the type of the link that holds the two.
    links = [at for at, each in enumerate(held) if type(each) is type and each.__name__ == _LINK]
    return [(held[at - 2], held[at - 1]) for at in links[: min(_WEIGHED, info.currsize)]]


def _type_name(value: object) -> str:
    """Of a tuple, with those of its members: it is how caches keep arguments."""
    kind = type(value)
    if kind is tuple and isinstance(value, tuple) and value:
        members = ", ".join(plain_name(type(each)) for each in value[:_SHOWN])
        return f"tuple[{members}{', …' if len(value) > _SHOWN else ''}]"
    return plain_name(kind)


def plain_name(kind: type) -> str:
    return str(told_by(kind, "__qualname__"))


def _mean(weights: list[int]) -> int:
    return sum(weights) // len(weights) if weights else 0


def _weight(entry: Any) -> int:
    """Bytes of the entry itself and of its first members."""
    if type(entry) in (list, tuple):
        return sys.getsizeof(entry) + sum(map(_shallow, entry[:_MEMBERS]))
    if type(entry) is dict:
        members = islice(entry.items(), _MEMBERS)
        return sys.getsizeof(entry) + sum(_shallow(k) + _shallow(v) for k, v in members)
    return _shallow(entry)


def _shallow(value: Any) -> int:
    # Only the language's own types are asked for their size: another's `__sizeof__` is its code.
    return sys.getsizeof(value) if type(value) in _PLAIN else object.__sizeof__(value)
