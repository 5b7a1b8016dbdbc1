"""Windows of tracemalloc beside threads that take memory without the GIL."""

from __future__ import annotations

import _tracemalloc
import ctypes
import subprocess
import sys
from typing import Any, cast

import pytest

from hognose.probes.allocations import Allocations, Tracing
from hognose.probes.allocations.raw_domain import RawDomain
from hognose.probes.allocations.window import Window

THREADS_WITHOUT_THE_GIL = """
import _tracemalloc, lzma, os, sys, threading, time
from hognose.probes.allocations.sites import everything
from hognose.probes.allocations.window import Window

packed = lzma.compress(os.urandom(1000))[:100]
has_ended = False

def unpack():
    while not has_ended:
        lzma.LZMADecompressor().decompress(packed)

def give_turns():
    for _ in range(100):
        time.sleep(0)

for _ in range(6):
    threading.Thread(target=unpack, daemon=True).start()
window = Window(_tracemalloc)
give_turns()
window.abandon() if sys.argv[1] == "abandon" else window.close(everything)
give_turns()
has_ended = True
"""


@pytest.mark.parametrize("end", ["close", "abandon"])
def test_a_service_survives_the_end_of_windows(end: str) -> None:
    """Also one whose threads take memory without the GIL, as lzma does."""
    ran = subprocess.run(
        [sys.executable, "-X", "faulthandler", "-c", THREADS_WITHOUT_THE_GIL, end],
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert ran.returncode == 0, ran.stderr


def raw_allocator() -> bytes:
    """Where Python's raw allocator is, as the interpreter says it."""
    allocator = (ctypes.c_void_p * 5)()
    ctypes.pythonapi.PyMem_GetAllocator(0, ctypes.byref(allocator))
    return bytes(allocator)


def test_the_raw_allocator_is_the_services_own_throughout() -> None:
    """While a window is open, after its end, and where the service has put tracing in its place."""
    untouched = raw_allocator()
    window = Window(cast("Any", _tracemalloc))
    within = raw_allocator()
    window.abandon()
    after = raw_allocator()
    _tracemalloc.start(1)
    traced = raw_allocator()
    RawDomain().kept_out(lambda: _tracemalloc.start(1))
    still_traced = raw_allocator()
    _tracemalloc.stop()

    assert within == after == untouched
    assert still_traced == traced != untouched


@pytest.mark.parametrize("tracing", ["adaptive", "continuous"])
def test_there_is_no_window_where_the_raw_allocator_is_out_of_reach(tracing: Tracing) -> None:
    """Nothing is traced that could not be stopped."""
    allocations = Allocations(tracing, 60.0, raw=RawDomain(library=object()))

    assert not allocations.open()
    assert not _tracemalloc.is_tracing()
    assert allocations.skipped == {"allocations: raw allocator": 1}
