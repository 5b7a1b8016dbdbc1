"""
Threads that native libraries (BLAS, OpenMP) keep for themselves.

A pool that is larger than the CPU quota makes a service slower, not faster. Where the service has
imported threadpoolctl, that is asked. Otherwise the libraries are found among the files that are
mapped into the process, and each is asked by ctypes with the functions that threadpoolctl uses.
Cost: 0.7 ms a reading, for the list of mapped files; a library is opened once.
"""

from __future__ import annotations

import ctypes
import os
import re
import sys
from collections.abc import Callable, Iterable
from os import path
from pathlib import Path

from hognose._figures import Figures, NativePool

_MAPS = Path("/proc/self/maps")

# By the beginning of the library's file: what it is called, and functions that answer its size.
_LIBRARIES: dict[str, tuple[str, tuple[str, ...]]] = {
    "libscipy_openblas": ("openblas", ()),
    "libopenblas": ("openblas", ()),
    "libblas": ("openblas", ()),
    "libmkl_rt": ("mkl", ("MKL_Get_Max_Threads",)),
    "libblis": ("blis", ("bli_thread_get_num_threads",)),
    "libflexiblas": ("flexiblas", ("flexiblas_get_num_threads",)),
    "libgomp": ("libgomp", ("omp_get_max_threads",)),
    "libiomp": ("libiomp", ("omp_get_max_threads",)),
    "libomp": ("libomp", ("omp_get_max_threads",)),
}

# OpenBLAS is built with names of its own for each of its users.
_OPENBLAS = tuple(
    f"{prefix}openblas_get_num_threads{suffix}"
    for prefix in ("", "scipy_")
    for suffix in ("", "64_", "_64", "64", "_")
)

_FILE = re.compile(r"\s(/\S.*)$", re.MULTILINE)
_MOST = 16

_Size = Callable[[], int]


class NativePools:
    """The libraries that were found, and the functions that tell their sizes."""

    def __init__(self, maps: Path = _MAPS) -> None:
        self._maps = maps
        self._known: dict[str, tuple[str, _Size]] = {}
        self._unknown: set[str] = set()

    def read(self) -> Figures:
        """Each library once a file, in the order of their names; nothing where there is none."""
        controller = sys.modules.get("threadpoolctl")
        told = _asked(controller) if controller is not None else None
        if told is None:
            self._find()
            told = [(name, size()) for name, size in self._known.values()]
        pools: list[NativePool] = [
            {"library": name, "threads": size} for name, size in sorted(told) if size > 0
        ]
        return {"native_pools": pools[:_MOST]} if pools else {}

    def _find(self) -> None:
        for file in _mapped(self._maps):
            if file in self._known or file in self._unknown:
                continue
            found = _library(file)
            if found is None:
                self._unknown.add(file)
            else:
                self._known[file] = found


def _asked(controller: object) -> list[tuple[str, int]] | None:
    """What threadpoolctl says; None when it cannot say."""
    try:
        pools = controller.threadpool_info()  # type: ignore[attr-defined]
        return [
            (
                str(pool["prefix"] if pool["internal_api"] == "openmp" else pool["internal_api"]),
                int(pool["num_threads"]),
            )
            for pool in pools
        ]
    except Exception:  # noqa: BLE001 - a half-imported or foreign module of that name
        return None


def _mapped(maps: Path) -> Iterable[str]:
    try:
        text = maps.read_text("utf-8", "replace")
    except OSError:
        return ()
    return {file for file in _FILE.findall(text) if path.basename(file).startswith(_BEGINNINGS)}


_BEGINNINGS = tuple(_LIBRARIES)


def _library(file: str) -> tuple[str, _Size] | None:
    """Its name and the function that tells its size; None when it has none that is known."""
    name, functions = next(
        known for start, known in _LIBRARIES.items() if path.basename(file).startswith(start)
    )
    try:
        # Only what is loaded already: nothing is to be started in the service.
        library = ctypes.CDLL(file, mode=os.RTLD_NOLOAD | os.RTLD_LAZY)
    except OSError:
        return None
    for function in functions or _OPENBLAS:
        try:
            size = getattr(library, function)
        except AttributeError:
            continue
        size.restype = ctypes.c_int
        size.argtypes = []
        return name, size
    return None
