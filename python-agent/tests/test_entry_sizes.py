"""What an entry of a container weighs, and what it is."""

from __future__ import annotations

import functools
import sys

from hognose.probes.retention.sizes import entry_bytes, entry_types, size_of


def test_an_entry_is_weighed_with_its_members() -> None:
    """One level deep, and nothing at all for what is empty."""
    assert entry_bytes(["x" * 1000] * 5) == sys.getsizeof("x" * 1000)
    assert entry_bytes([["x" * 1000]]) == sys.getsizeof(["x"]) + sys.getsizeof("x" * 1000)
    assert entry_bytes({1: "x" * 500}) == sys.getsizeof(1) + sys.getsizeof("x" * 500)
    assert entry_bytes({3}) == sys.getsizeof(3)
    assert entry_bytes([]) == 0
    assert entry_bytes(bytearray(9)) == 1


def test_what_is_no_container_has_no_size() -> None:
    """It is said, not told as zero."""
    assert size_of(3) is None
    assert size_of([]) == 0


class Order:
    pass


@functools.lru_cache(maxsize=8)
def bounded(*_: object, **__: object) -> Order:
    return Order()


@functools.cache
def unbounded(*_: object) -> str:
    return ""


def test_entries_are_told_by_the_names_of_their_types() -> None:
    """Keys and values of dictionaries and caches, members of tuples; never a value."""
    for cache in (bounded, unbounded):
        cache.cache_clear()
        cache("a")
    bounded(1, Order())

    assert entry_types({"a": Order(), "b": None}) == "str -> Order | NoneType"
    assert entry_types([("a", 1, Order())]) == "tuple[str, int, Order]"
    assert entry_types([tuple(range(9))]) == "tuple[int, int, int, int, …]"
    assert entry_types({b"x"}) == "bytes"
    assert entry_types(bounded) == "str | tuple[int, Order] -> Order"
    assert entry_types(unbounded) == "str -> str"
    assert entry_types([]) == ""
    assert entry_types(bytearray(b"x")) == ""


def test_a_large_bounded_cache_is_not_asked_for_its_entries() -> None:
    """The answer would be a list of all of them."""
    large = functools.lru_cache(maxsize=10_000)(lambda n: n)
    for n in range(5000):
        large(n)

    assert entry_types(large) == ""
    assert entry_bytes(large) == 0
