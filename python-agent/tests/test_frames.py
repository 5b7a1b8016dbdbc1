from __future__ import annotations

import asyncio
import json
import sys
import sysconfig
from pathlib import Path

import pytest

import hognose
from hognose._frames import (
    Place,
    absolute,
    calling,
    culprit,
    is_ours,
    is_stdlib,
    is_users,
    raised,
    site,
    told_stacks,
    walk,
)
from hognose._redaction import import_roots

STDLIB = sysconfig.get_path("stdlib")
INSTALLED = f"{STDLIB}/site-packages/requests/api.py"
AGENT = str(Path(hognose.__path__[0], "_agent.py"))


def test_a_walk_ends_with_the_innermost_line() -> None:
    """As a traceback does."""

    def inner() -> tuple[Place, ...]:
        return walk(sys._getframe())

    here = sys._getframe().f_lineno + 1
    places = inner()

    assert places[-1] == Place(__file__, inner.__code__.co_firstlineno + 1, "inner")
    assert places[-2] == Place(__file__, here, "test_a_walk_ends_with_the_innermost_line")


@pytest.mark.parametrize(
    ("file", "whose"),
    [
        ("/srv/shop/orders.py", "user"),
        ("/srv/shop/.venv/lib/python3.11/site-packages/requests/api.py", "installed"),
        ("/usr/lib/python3/dist-packages/yaml/loader.py", "installed"),
        (INSTALLED, "installed"),
        (f"{STDLIB}/asyncio/events.py", "stdlib"),
        ("<frozen runpy>", "stdlib"),
        ("<string>", "user"),
        (AGENT, "agent"),
    ],
)
def test_each_file_belongs_to_somebody(file: str, whose: str) -> None:
    """The user's code is what is neither the language's nor installed nor ours."""
    assert is_users(file) == (whose == "user")
    assert is_stdlib(file) == (whose == "stdlib")
    assert is_ours(file) == (whose == "agent")


def test_an_installed_service_is_the_users_own_code() -> None:
    """By its package's name: a module or a folder right within site-packages."""
    own = frozenset({"shop"})

    assert is_users("/srv/lib/python3.12/site-packages/shop/web/api.py", own)
    assert is_users("/srv/lib/python3.12/site-packages/shop.py", own)
    assert not is_users("/srv/lib/python3.12/site-packages/shopping/api.py", own)
    assert not is_users("/srv/lib/python3.12/site-packages/requests/shop.py", own)


@pytest.mark.parametrize(
    ("files", "found"),
    [
        (["/srv/app.py", "/srv/shop.py", INSTALLED, f"{STDLIB}/socket.py"], 1),
        (["/srv/app.py", "<string>"], 0),
        ([f"{STDLIB}/runpy.py", "<string>", f"{STDLIB}/socket.py"], 1),
        ([f"{STDLIB}/runpy.py", INSTALLED, f"{STDLIB}/socket.py"], 1),
        ([f"{STDLIB}/runpy.py", AGENT, f"{STDLIB}/socket.py"], 2),
    ],
)
def test_the_culprit_is_the_innermost_line_of_the_users_code(files: list[str], found: int) -> None:
    """Where there is none, the innermost that is installed, and else the innermost at all."""
    places = tuple(Place(file, 1, "f") for file in files)

    assert culprit(places) == places[found]
    assert culprit(()) is None


def test_stacks_fit_into_an_event_and_say_what_was_cut() -> None:
    """The most counted come first and lose nothing before the others do."""
    deep = tuple(Place(f"/srv/{'x' * 200}/{n}.py", n, "f") for n in range(100))
    other = tuple(Place(f"/srv/{'y' * 900}/{n}.py", n, "f") for n in range(100))

    stacks, cut = told_stacks([(other, 1), (deep, 9)])

    assert cut
    assert [stack["count"] for stack in stacks] == [9, 1]
    assert len(stacks[0]["frames"]) == 100
    assert 0 < len(stacks[1]["frames"]) < 100
    assert stacks[1]["frames"][-1]["line"] == 99
    assert told_stacks([(deep[:3], 1)])[1] is False


def test_files_are_told_absolute() -> None:
    """Code without a file keeps its name."""
    assert absolute("shop.py") == str(Path.cwd() / "shop.py")
    assert absolute("<string>") == "<string>"


def test_files_are_told_in_a_folder_that_was_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As they are named, for want of anything better."""
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()

    assert absolute("relative/to/nowhere.py") == "relative/to/nowhere.py"
    assert import_roots(["", "/srv"]) == ("/srv/",)


def test_an_exception_through_compiled_code_is_blamed_on_who_called_it() -> None:
    """Cython names its files from where they were built; they are where its module is."""
    uvloop = pytest.importorskip("uvloop")
    loop = uvloop.new_event_loop()
    try:
        loop.run_until_complete(loop.create_connection(asyncio.Protocol, "127.0.0.1", 1))
    except OSError as error:
        places = raised(error.__traceback__)
    finally:
        loop.close()

    found = culprit(places)
    assert found is not None
    assert found.file == __file__
    assert places[-1].file == str(Path(uvloop.__file__).parent / "loop.pyx")


@pytest.mark.parametrize(
    ("file", "name", "module", "told"),
    [
        ("shop/fast.pyx", "shop.fast", "/srv/shop/fast.so", "/srv/shop/fast.pyx"),
        ("shop/parts/a.pxi", "shop.fast", "/srv/shop/fast.so", "/srv/shop/parts/a.pxi"),
        ("fast.pyx", "shop.fast", "/srv/shop/fast.so", "/srv/shop/fast.pyx"),
        ("src/shop/fast.pyx", "shop.fast", "/srv/shop/fast.so", "/srv/shop/src/shop/fast.pyx"),
        ("fast.pyx", "fast", "/srv/fast.so", "/srv/fast.pyx"),
        ("/build/fast.pyx", "fast", "/srv/fast.so", "/build/fast.pyx"),
        ("<string>", "fast", "/srv/fast.so", "<string>"),
        ("rules/vat.txt", "shop.fast", "/srv/shop/fast.py", "rules/vat.txt"),
        ("rules/vat.txt", "shop.fast", None, "rules/vat.txt"),
    ],
)
def test_a_compiled_modules_file_is_beside_it(
    file: str, name: str, module: str | None, told: str
) -> None:
    """Of code that is compiled while the program runs nobody knows where its file is."""
    scope: dict[str, object] = {"__name__": name, "__file__": module}
    try:
        exec(compile("1 / 0", file, "exec"), scope)
    except ZeroDivisionError as error:
        places = raised(error.__traceback__)

    assert places[-1].file == told


def test_the_caller_is_told_from_the_innermost_frame_outwards() -> None:
    """The service's own code first, whatever library it has called."""
    seen: list[Place | None] = []
    decoder = json.JSONDecoder(object_hook=lambda _: seen.append(calling(sys._getframe(1))))

    decoder.decode("{}")

    (place,) = seen
    assert place is not None
    assert place.file == __file__
    assert place.function == "test_the_caller_is_told_from_the_innermost_frame_outwards"
    assert calling(None) is None


def test_the_places_of_an_exception_are_those_it_came_through() -> None:
    """Outermost first; of a recursion without end, the innermost."""

    def deep(left: int) -> None:
        if left == 0:
            raise ValueError
        deep(left - 1)

    try:
        deep(300)
    except ValueError as error:
        places = raised(error.__traceback__)

    line = deep.__code__.co_firstlineno
    assert len(places) == 128
    assert places[-1] == Place(__file__, line + 2, "deep")
    assert site(places[-1]) == f"{__file__}:{line + 2} in deep"
    assert raised(None) == ()
