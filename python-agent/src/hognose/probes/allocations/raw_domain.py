"""
Python's raw allocator, the one that C code uses without the GIL: it is kept out of tracing.

A thread that waits for the GIL within tracemalloc's hook on it, while tracing is stopped, writes
afterwards to what has been freed, and the process dies: CPython before 3.12.9 and 3.13.2
(gh-128679). Where the hook is right it still makes such threads wait for the GIL, and next to
nothing that it sees has a site.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from functools import partial
from typing import Any

from hognose._one_call import CALL

# `PYMEM_DOMAIN_RAW`.
_RAW = 0


class _Allocator(ctypes.Structure):
    """`PyMemAllocatorEx`."""

    _fields_ = tuple(
        (name, ctypes.c_void_p) for name in ("ctx", "malloc", "calloc", "realloc", "free")
    )


class RawDomain:
    """Whoever hands out raw memory: C's malloc, or what the service has put in its place."""

    def __init__(self, library: Any = ctypes.pythonapi) -> None:
        saved = ctypes.byref(_Allocator())
        try:
            self._save = partial(library.PyMem_GetAllocator, _RAW, saved)
            self._restore = partial(library.PyMem_SetAllocator, _RAW, saved)
        except AttributeError:
            self.is_known = False
        else:
            self.is_known = True

    def kept_out(self, start: Callable[[], object]) -> None:
        """
        Start tracing, and have raw memory handed out as before.

        All is called from C, where no other thread has the GIL in between: none can stop tracing
        while the hook is there, and one that had just started it keeps its own. Stopping puts the
        same allocator back.
        """
        _, _, _ = map(CALL, (self._save, start, self._restore))
