"""Planted leaks of every kind, in modules that are really modules."""

from __future__ import annotations

import gc
import sys
import textwrap
import weakref
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from hognose._signals import Retention
from hognose.probes.retention import Containers
from hognose.probes.retention.growth import Growth
from hognose.probes.retention.sizes import entry_bytes, size_of

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


def module(source: str, name: str = "shop") -> Any:
    made = ModuleType(name)
    made.__file__ = f"/srv/{name}.py"
    exec(textwrap.dedent(source), vars(made))
    return made


class Process:
    """Containers of some modules, read once a minute."""

    def __init__(self, *modules: ModuleType) -> None:
        self.modules = {each.__name__: each for each in modules}
        self.now = 0.0
        self.containers = Containers(
            is_own=lambda file: file.startswith("/srv/"),
            modules=lambda: self.modules,
            clock=lambda: self.now,
            cpu_clock=lambda: 0.0,
        )

    def minutes(self, count: int, each: Callable[[int], object] = abs) -> list[Retention]:
        """What is told in so many minutes; `each` is called before each reading."""
        told: list[Retention] = []
        for n in range(count):
            each(n)
            assert self.containers.read() == {}
            told += self.containers.take()
            self.now += 60.0
        return told


@pytest.mark.parametrize("planted", LEAKS)
def test_each_kind_of_leak_is_named(planted: str) -> None:
    """A hundred entries a minute, told at the sixth reading after it was found."""
    shop = module(LEAKS[planted])
    process = Process(shop)

    def leak(minute: int) -> None:
        for n in range(100):
            shop.grow(minute * 100 + n)

    (told,) = process.minutes(7, leak)

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
        Process(shop, other).minutes(7, leak), key=lambda each: each["name"], reverse=True
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


def test_containers_that_come_later_are_found() -> None:
    """In a module that is new at once; in one that has been searched, within ten readings."""
    shop = module("")
    process = Process(shop)
    process.minutes(2)

    late = process.modules["late"] = module("ROWS = []", "late")
    shop.MORE = []

    def leak(_: int) -> None:
        shop.MORE.extend(range(50))
        late.ROWS.extend(range(50))

    first, second = process.minutes(15, leak)

    assert (first["name"], first["entries"]) == ("late:ROWS", 300)
    assert (second["name"], second["entries"]) == ("shop:MORE", 700)


def test_of_a_library_only_what_is_large_is_followed() -> None:
    """Most of its containers are tables that never change."""
    small, large = module("T = []", "small"), module("T = list(range(300))", "large")
    small.__file__ = large.__file__ = "/usr/lib/python3/x.py"
    process = Process(small, large)

    def leak(_: int) -> None:
        small.T.extend(range(20))
        large.T.extend(range(20))

    assert [each["name"] for each in process.minutes(7, leak)] == ["large:T"]


def test_nothing_of_the_services_is_kept_alive() -> None:
    """A container is known by the way to it; when that ends, it is forgotten."""

    class Row(list[int]):
        pass

    shop = module("def f(sofar=[]): pass")
    shop.HISTORY = Row(range(10))
    history, function = weakref.ref(shop.HISTORY), weakref.ref(shop.f)
    process = Process(shop)
    process.minutes(2)

    del shop.HISTORY, shop.f
    gc.collect()

    assert history() is None
    assert function() is None
    assert process.minutes(10) == []


def test_no_code_of_the_services_runs() -> None:
    """Neither its lengths, nor its attributes, nor its sizes."""
    shop = module(
        """
        class Wild(dict):
            def __len__(self): raise SystemExit(1)
            def __iter__(self): raise SystemExit(2)
            def items(self): raise SystemExit(3)
            def __sizeof__(self): raise SystemExit(4)
        class Lazy:
            def __getattribute__(self, name): raise SystemExit(5)
            @property
            def __class__(self): raise SystemExit(6)
        WILD, LAZY = Wild(), Lazy()
        """
    )

    def fill(minute: int) -> None:
        for n in range(20):
            dict.__setitem__(shop.WILD, minute * 20 + n, shop.Wild())

    (told,) = Process(shop).minutes(7, fill)

    assert told["name"] == "shop:WILD"
    assert told["entries"] == 120
    assert told["sample_bytes"] > 0


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
    with pytest.raises(TypeError, match="int: expected a container"):
        size_of(3)


def test_growth_needs_two_readings_for_a_rate() -> None:
    """Before that there is none."""
    growth = Growth()
    growth.observe(0.0, 5)

    assert growth.per_hour == 0.0
    assert not growth.is_due
