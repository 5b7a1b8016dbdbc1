"""Planted leaks of every kind, in modules that are really modules."""

from __future__ import annotations

import pytest
from planted import Process, growing, module

from hognose.probes.retention.growth import Growth

LEAKS = {
    "MODULE_GLOBAL shop:HISTORY": """
        HISTORY = []
        def grow(n): HISTORY.append(str(n))
        """,
    "MODULE_GLOBAL shop:STORE.rows": """
        class Store:
            def __init__(self): self.rows = {}
        STORE = Store()
        def grow(n): STORE.rows[n] = n
        """,
    "CLASS_ATTRIBUTE shop:Basket.seen": """
        class Basket:
            seen = set()
        def grow(n): Basket.seen.add(n)
        """,
    "DEFAULT_ARGUMENT shop:grow(sofar)": """
        def grow(n, sofar=[]): sofar.append(n)
        """,
    "DEFAULT_ARGUMENT shop:Basket.add(extra)": """
        class Basket:
            def add(self, n, *, extra={}): extra[n] = n
        def grow(n): Basket().add(n)
        """,
    "CLOSURE shop:remembering.<locals>.remember[known]": """
        from collections import deque
        def remembering():
            known = deque()
            def remember(n): known.append(n)
            return remember
        grow = remembering()
        """,
    "CLOSURE shop:memo.<locals>.wrapper[results]": """
        import functools
        def memo(function):
            results = {}
            @functools.wraps(function)
            def wrapper(n): return results.setdefault(n, function(n))
            wrapper.__qualname__ = "memo.<locals>.wrapper"
            return wrapper
        @memo
        def grow(n): return n
        """,
    "LRU_CACHE shop:grow": """
        import functools
        @functools.lru_cache(maxsize=None)
        def grow(n): return n
        """,
    "LRU_CACHE shop:Basket.price": """
        import functools
        class Basket:
            @functools.lru_cache(maxsize=5000)
            def price(self, n): return n
        def grow(n): Basket().price(n)
        """,
}


@pytest.mark.parametrize("planted", LEAKS)
def test_each_kind_of_leak_is_named(planted: str) -> None:
    """A hundred entries a minute, told at the sixth reading after it was found."""
    shop = module(LEAKS[planted])
    process = Process(shop)

    def leak(minute: int) -> None:
        for n in range(100):
            shop.grow(minute * 100 + n)

    (told,) = growing(process.minutes(7, leak))

    assert f"{told['kind']} {told['name']}" == planted
    assert told["entries"] == 600
    assert told["growth_per_hour"] == pytest.approx(6000)


def test_a_cache_tells_how_well_it_works() -> None:
    """Hits, misses and, where there is one, its limit."""
    shop = module(LEAKS["LRU_CACHE shop:Basket.price"])
    other = module(LEAKS["LRU_CACHE shop:grow"], "other")

    def leak(minute: int) -> None:
        for n in range(50):
            shop.grow(minute * 50 + n)
            other.grow(minute * 50 + n)
            other.grow(minute * 50 + n)

    bounded, unbounded = sorted(
        growing(Process(shop, other).minutes(7, leak)), key=lambda each: each["name"], reverse=True
    )

    assert (bounded["hits"], bounded["misses"], bounded["max_size"]) == (0, 300, 5000)
    assert (unbounded["hits"], unbounded["misses"]) == (300, 300)
    assert "max_size" not in unbounded


@pytest.mark.parametrize(
    "sizes",
    [
        pytest.param([500] * 40, id="still"),
        pytest.param([n % 5 * 90 for n in range(40)], id="fills and is emptied"),
        pytest.param([0] * 8 + [900] * 32, id="one step"),
        pytest.param(list(range(9)) + [9] * 31, id="a handful"),
    ],
)
def test_what_does_not_keep_growing_is_not_told(sizes: list[int]) -> None:
    """Growth only."""
    shop = module("HISTORY = []")

    def fill(minute: int) -> None:
        shop.HISTORY[:] = range(sizes[minute])

    assert Process(shop).minutes(40, fill) == []


def test_growth_that_goes_on_is_told_again_after_ten_readings() -> None:
    """And not at each reading."""
    shop = module("HISTORY = []")

    told = Process(shop).minutes(27, lambda _: shop.HISTORY.extend(range(100)))

    assert [each["entries"] for each in told] == [600, 1600, 2600]


def test_a_cache_without_a_limit_is_told_once_before_it_grows() -> None:
    """Of the service's own; what has no arguments cannot grow, what has a limit will stop."""
    source = """
        import functools
        @functools.lru_cache(maxsize=None)
        def price(n): return str(n)
        @functools.cache
        def settings(): return {}
        @functools.lru_cache
        def bounded(n): return n
        """
    shop, library = module(source), module(source, "library")
    library.__file__ = "/usr/lib/python3/dist-packages/library.py"
    shop.price(3)

    (told,) = Process(shop, library).minutes(25)

    assert told == {
        "name": "shop:price",
        "kind": "LRU_CACHE",
        "entries": 1,
        "growth_per_hour": 0.0,
        "sample_bytes": told["sample_bytes"],
        "entry_types": "int -> str",
        "hits": 0,
        "misses": 1,
    }


def test_a_deque_with_a_limit_says_so() -> None:
    """While it fills it grows like a leak; whoever reads of it must know that it will end."""
    source = """
        from collections import deque
        class Own(deque):
            maxlen = "mine"
        RECENT = Own([], 5000)
        OPEN = deque()
        def grow(n):
            RECENT.append(n)
            OPEN.append(n)
        """
    shop = module(source)

    told = Process(shop).minutes(7, lambda _: [shop.grow(n) for n in range(100)])

    assert {each["name"]: each.get("max_size") for each in told} == {
        "shop:RECENT": 5000,
        "shop:OPEN": None,
    }


def test_growth_needs_two_readings_for_a_rate() -> None:
    """Before that there is none."""
    growth = Growth()
    growth.observe(0.0, 5)

    assert growth.per_hour == 0.0
    assert not growth.is_due
