"""
What is done from within one call into C, where no other thread has the GIL in between.

Between two of our own instructions the service may let go of what we look at: it would then die on
our thread, where its finalizers do not expect to run.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from operator import methodcaller
from typing import Any, TypeVar, cast

# Calls what it is given, and is itself no Python code.
CALL = methodcaller("__call__")

_T = TypeVar("_T")


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
