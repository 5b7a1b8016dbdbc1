"""
What is done from within one call into C, where no other thread has the GIL in between.

Between two of our own instructions the service may let go of what we look at: it would then die on
our thread, where its finalizers do not expect to run.
"""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import repeat
from operator import methodcaller
from typing import Any, TypeVar, cast

# Calls what it is given, and is itself no Python code.
CALL = methodcaller("__call__")

# What is looked up in one call: a fraction of a millisecond.
_STRIDE = 1000

_T = TypeVar("_T")

_Refs = Sequence[weakref.ref[Any]]


def without_collections(get: Callable[[], _T]) -> _T:
    """
    What `get` answers, which is itself no Python code.

    A collection in the middle would look at each new object, and lets other threads run. One that
    got the GIL while the collector is off could fork a child that has it off for all its life.
    """
    if not gc.isenabled():
        return get()
    steps: tuple[Callable[[], Any], ...] = (gc.isenabled, gc.disable, get, gc.enable)
    try:
        was_enabled, _, got, _ = map(CALL, steps)
    except BaseException:
        gc.enable()
        raise
    if not was_enabled:
        # By the service, since it was asked.
        gc.disable()
    return cast("_T", got)


def looked_up(refs: _Refs, *names: str) -> list[Any]:
    """
    For each reference an attribute of what it refers to, or an attribute of that, and so on.

    None where there is none, or nothing is left that is referred to.
    """
    return _in_strides(refs, partial(_attributes, names=names))


def types_of(refs: _Refs, *names: str) -> list[type]:
    """For each reference the type of such an attribute."""
    return _in_strides(refs, lambda stride: map(type, _attributes(stride, names)))


def _attributes(refs: _Refs, names: Sequence[str]) -> Iterator[Any]:
    found: Iterator[Any] = map(weakref.ref.__call__, refs)
    for name in names:
        found = map(getattr, found, repeat(name), repeat(None))
    return found


def _in_strides(refs: _Refs, ask: Callable[[_Refs], Iterator[_T]]) -> list[_T]:
    found: list[_T] = []
    for start in range(0, len(refs), _STRIDE):
        found += without_collections(partial(list, ask(refs[start : start + _STRIDE])))
    return found
