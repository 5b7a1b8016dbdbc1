"""Which containers are found and followed, and that nothing of theirs is touched."""

from __future__ import annotations

import gc
import sys
import weakref
from importlib.util import LazyLoader, module_from_spec, spec_from_file_location
from pathlib import Path

import pytest
from planted import Process, growing, module

from hognose._pages import shares_pages
from hognose.probes.loops.tasks import _module_of


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
        class Proud(type):
            def __getattribute__(self, name): raise SystemExit(7)
        class Kind(metaclass=Proud):
            ROWS = []
        class Rows(list, metaclass=Proud): pass
        WILD, LAZY, PROUD = Wild(), Lazy(), Rows()
        """
    )

    def fill(minute: int) -> None:
        for n in range(20):
            dict.__setitem__(shop.WILD, minute * 20 + n, shop.Wild())

    (told,) = Process(shop).minutes(7, fill)

    assert told["name"] == "shop:WILD"
    assert told["entries"] == 120
    assert told["sample_bytes"] > 0


def test_a_module_that_is_imported_lazily_stays_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Until the service wants it: its import is the service's code."""
    (tmp_path / "lazy.py").write_text("raise SystemExit(1)\n", "utf-8")
    spec = spec_from_file_location("lazy", tmp_path / "lazy.py")
    assert spec is not None
    assert spec.loader is not None
    lazy = module_from_spec(spec)
    LazyLoader(spec.loader).exec_module(lazy)
    monkeypatch.setitem(sys.modules, "lazy", lazy)

    process = Process(module(""))
    process.modules["lazy"] = lazy
    process.minutes(12)
    assert _module_of("/srv/nobody.py") == ""

    with pytest.raises(SystemExit):
        vars(lazy)


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
