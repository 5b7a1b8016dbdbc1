"""Planted leaks of every kind, in modules that are really modules."""

from __future__ import annotations

import functools
import gc
import sys
import textwrap
import weakref
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from hognose._budget import Budget
from hognose._happenings import Retention
from hognose._pages import shares_pages
from hognose.probes.retention import Containers
from hognose.probes.retention.growth import Growth
from hognose.probes.retention.sizes import entry_bytes, entry_types, size_of
from hognose.probes.retention.types import Types

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

    def __init__(self, *modules: ModuleType, is_sharing: bool = False) -> None:
        self.modules = {each.__name__: each for each in modules}
        self.now = 0.0
        self.search_costs = 0.0
        self.cpu = 0.0
        self.containers = Containers(
            modules=lambda: self.modules,
            clock=lambda: self.now,
            cpu_clock=self.cpu_clock,
            is_sharing=lambda: is_sharing,
        )

    def cpu_clock(self) -> float:
        self.cpu += self.search_costs
        return self.cpu

    def minutes(self, count: int, each: Callable[[int], object] = abs) -> list[Retention]:
        """What is told in so many minutes; `each` is called before each reading."""
        told: list[Retention] = []
        for n in range(count):
            each(n)
            assert self.containers.read() == {}
            told += self.containers.take()
            self.now += 60.0
        return told


def growing(told: list[Retention]) -> list[Retention]:
    """Without the caches that are told for having no limit."""
    return [each for each in told if each["growth_per_hour"] > 0]


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


def test_libraries_do_not_keep_the_service_from_being_searched() -> None:
    """However many there are, and though only one module a reading is searched."""
    libraries = [module("T = {}", f"library{n}") for n in range(100)]
    for each in libraries:
        each.__file__ = f"/srv/lib/site-packages/{each.__name__}.py"
    shop = module("")
    process = Process(*libraries, shop)
    process.search_costs = 1.0
    process.minutes(15)
    shop.LATE = []

    (told,) = process.minutes(12, lambda _: shop.LATE.extend(range(50)))

    assert told["name"] == "shop:LATE"


def test_every_library_is_reached_however_often_the_service_is_searched_again() -> None:
    """One module a reading, the service's own at every tenth."""
    libraries = [module("TABLE = list(range(300))", f"library{n}") for n in range(30)]
    for library in libraries:
        library.__file__ = f"/usr/lib/python3/dist-packages/{library.__name__}.py"
    process = Process(module("ROWS = []"), *libraries)
    process.search_costs = 1.0

    process.minutes(40)

    followed = set(process.containers._followed)
    assert followed == {"MODULE_GLOBAL shop:ROWS"} | {
        f"MODULE_GLOBAL library{n}:TABLE" for n in range(30)
    }


def test_of_a_library_only_what_is_large_is_followed() -> None:
    """Most of its containers are tables that never change."""
    small, large = module("T = []", "small"), module("T = list(range(300))", "large")
    small.__file__ = large.__file__ = "/srv/lib/site-packages/x.py"
    process = Process(small, large)

    def leak(_: int) -> None:
        small.T.extend(range(20))
        large.T.extend(range(20))

    assert [each["name"] for each in process.minutes(7, leak)] == ["large:T"]


def test_a_container_that_keeps_nothing_alive_is_not_followed() -> None:
    """What it holds is somebody else's, and grows there."""
    shop = module("""
        import weakref
        class Order: pass
        HELD = []
        KEYS, VALUES = weakref.WeakKeyDictionary(), weakref.WeakValueDictionary()
        SET = weakref.WeakSet()
        def grow(n):
            order = Order()
            HELD.append(order)
            KEYS[order] = n
            VALUES[n] = order
            SET.add(order)
        """)
    process = Process(shop)

    def leak(minute: int) -> None:
        for n in range(100):
            shop.grow(minute * 100 + n)

    assert [each["name"] for each in growing(process.minutes(7, leak))] == ["shop:HELD"]


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
    assert size_of(3) is None
    assert size_of([]) == 0


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


def test_only_the_services_own_modules_are_searched_while_pages_are_shared() -> None:
    """A library's container would be found otherwise."""
    library = module("TABLE = list(range(500))", "library")
    library.__file__ = "/usr/lib/python3/dist-packages/library.py"
    shop = module("ROWS = []")

    shared, alone = Process(library, shop, is_sharing=True), Process(library, shop)
    shared.minutes(12)
    alone.minutes(12)

    assert list(shared.containers._followed) == ["MODULE_GLOBAL shop:ROWS"]
    assert list(alone.containers._followed) == [
        "MODULE_GLOBAL shop:ROWS",
        "MODULE_GLOBAL library:TABLE",
    ]


@pytest.mark.parametrize(
    ("rollup", "shares"),
    [
        ("Rss:  90000 kB\nShared_Clean: 90000 kB\nShared_Dirty: 100 kB\n", False),
        ("Rss:  90000 kB\nShared_Clean: 10 kB\nShared_Dirty: 52000 kB\n", True),
        ("", False),
    ],
)
def test_shared_pages_are_those_that_were_written_before_the_fork(
    tmp_path: Path, rollup: str, shares: bool
) -> None:
    """Libraries' code is shared by everybody."""
    path = tmp_path / "smaps_rollup"
    path.write_text(rollup)

    assert shares_pages(path) is shares
    assert shares_pages(tmp_path / "none") is False


def test_growth_needs_two_readings_for_a_rate() -> None:
    """Before that there is none."""
    growth = Growth()
    growth.observe(0.0, 5)

    assert growth.per_hour == 0.0
    assert not growth.is_due


class Ticket:
    pass


def scans(types: Types, heap: list[Any], new: int, count: int = 8) -> list[Retention]:
    """So many scans, before each of which new objects have come."""
    told: list[Retention] = []
    for _ in range(count):
        heap += [Ticket() for _ in range(new)]
        told += types.scan()
    return told


def test_a_type_that_keeps_growing_is_told() -> None:
    """By module and name, once in a while; what stays as it is is not."""
    heap: list[Any] = []
    minutes = iter(range(0, 6000, 60))
    types = Types(
        Budget(share=1000.0),
        clock=lambda: float(next(minutes)),
        is_sharing=lambda: False,
        objects=lambda: [*heap, *map(str, range(500))],
    )

    (told,) = scans(types, heap, 250)

    assert told["name"] == f"{__name__}.Ticket"
    assert told["kind"] == "TYPE"
    assert told["growth_per_hour"] == pytest.approx(15_000)
    assert scans(types, heap, 0, 30) == []


def test_a_scan_that_would_pause_for_too_long_is_left_out() -> None:
    """And counted; nothing is listed for it."""
    asked: list[int] = []

    def objects() -> list[Any]:
        asked.append(1)
        return []

    types = Types(Budget(pause=0.0), is_sharing=lambda: False, objects=objects)

    assert types.scan() == []
    assert types.skipped == {"types: pause": 1}
    assert asked == []


def test_no_scan_while_pages_are_shared_unless_they_are_frozen() -> None:
    """Frozen objects are not listed, so that nothing shared is touched."""
    budget = Budget()
    types = Types(budget, is_sharing=lambda: True, objects=lambda: [Ticket()] * 3)

    types.scan()
    assert types.skipped == {"types: shared pages": 1}
    many = [[each] for each in range(5000)]
    gc.freeze()
    try:
        types.scan()
    finally:
        gc.unfreeze()
        del many
    assert types.skipped == {"types: shared pages": 1}
    assert budget.longest_pause > 0
