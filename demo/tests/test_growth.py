"""The list grows without end, the cache fills and stops."""

import asyncio
import gc
import importlib
import sys
import tracemalloc
from collections.abc import Iterator

import pytest

from shop.faults import bounded_cache, growing_list
from shop.faults.growing_list import CARTS, FULL, LINES_PER_CALL


@pytest.fixture(autouse=True)
def _empty() -> Iterator[None]:
    yield
    CARTS.clear()
    bounded_cache.CACHE.clear()


def _call(module: object, times: int) -> None:
    async def calls() -> None:
        for _ in range(times):
            await module.cart()  # type: ignore[attr-defined]

    asyncio.run(calls())


def test_surviving_memory_was_allocated_on_the_planted_line() -> None:
    """
    What a call leaves behind, about 160 KB, is found where the fault says.
    """
    tracemalloc.start()
    try:
        _call(growing_list, 4)
        gc.collect()
        largest = tracemalloc.take_snapshot().statistics("lineno")[0]
    finally:
        tracemalloc.stop()

    culprit = growing_list.FAULT.culprit
    assert (largest.traceback[0].filename, largest.traceback[0].lineno) == (
        culprit.file,
        culprit.line,
    )
    assert 4 * 130_000 < largest.size < 4 * 200_000


def test_list_grows_with_every_call() -> None:
    """
    Nothing is ever forgotten.
    """
    _call(growing_list, 7)

    assert len(CARTS) == 7 * LINES_PER_CALL


def test_list_ends_where_the_machine_would_suffer() -> None:
    """
    A full list takes what still fits, and says so in its answer.
    """
    CARTS.extend([("", "", 0)] * (FULL - 300))

    assert asyncio.run(growing_list.cart()) == {"lines": 300, "kept": FULL}
    assert asyncio.run(growing_list.cart()) == {"lines": 0, "kept": FULL}


def test_retention_names_the_list() -> None:
    """
    The dotted name leads to the container itself.
    """
    module, _, name = growing_list.FAULT.retention.rpartition(".")

    assert getattr(importlib.import_module(module), name) is CARTS


def test_full_cache_grows_no_further() -> None:
    """
    As many blocks are allocated after the cache was filled twice more as before them.
    """
    size = bounded_cache.CACHE.maxlen
    assert size is not None
    _call(bounded_cache, size // LINES_PER_CALL + 1)
    gc.collect()
    before = sys.getallocatedblocks()

    _call(bounded_cache, 2 * size // LINES_PER_CALL + 1)
    gc.collect()

    assert len(bounded_cache.CACHE) == size
    assert sys.getallocatedblocks() - before < 0.01 * before
