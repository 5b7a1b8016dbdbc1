"""How many entries has a container, and how large is one? Without running code of the service's."""

from __future__ import annotations

import functools
import sys
from collections import deque
from collections.abc import Callable
from itertools import islice
from typing import Any

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

_PLAIN = (str, bytes, bytearray, int, float, complex, list, tuple, dict, set, frozenset)


def is_container(value: Any) -> bool:
    return type(value) is Cache or _length_of(value) is not None


def size_of(container: Any) -> int:
    """
    Its entries; those of a cache are its results.

    A subclass's own `__len__` is not asked. Raises `TypeError` for what is no container.
    """
    if type(container) is Cache:
        return int(container.cache_info().currsize)
    length = _length_of(container)
    if length is None:
        raise TypeError(f"{type(container).__qualname__}: expected a container")
    return length(container)


def entry_bytes(container: Any) -> int:
    """
    About how large one entry is, members included one level deep; 0 where that cannot be told.

    The newest entries of a list are weighed and some of the others, since a set or a dictionary
    that changes meanwhile can only be asked for its first ones.
    """
    kind = type(container)
    try:
        if issubclass(kind, list):
            entries: list[Any] = list.__getitem__(container, slice(-_WEIGHED, None))
            return _mean([_weight(entry) for entry in entries])
        if issubclass(kind, dict):
            pairs = list(islice(dict.items(container), _WEIGHED))
            return _mean([_weight(key) + _weight(value) for key, value in pairs])
        if issubclass(kind, set):
            return _mean([_weight(entry) for entry in islice(set.__iter__(container), _WEIGHED)])
        if issubclass(kind, deque):
            return _mean([_weight(entry) for entry in islice(deque.__iter__(container), _WEIGHED)])
    except RuntimeError:
        # It changed in the middle.
        return 0
    return 1 if issubclass(kind, bytearray) else 0


def _length_of(value: Any) -> Callable[[Any], int] | None:
    kind = type(value)
    found = _LENGTHS.get(kind)
    if found is None:
        found = next((_LENGTHS[base] for base in kind.__mro__ if base in _LENGTHS), None)
    return found


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
