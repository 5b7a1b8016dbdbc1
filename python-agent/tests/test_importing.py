"""A service and the agent's thread that import the same at the same moment."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest
from installation import Installation

from hognose._importing import import_alone

# Goes on within a package's `__init__` when told to, and then imports a module of its.
INIT = """
import meeting
meeting.within.set()
assert meeting.go_on.wait(30)
from crossed import part
"""

DEADLINE = 30.0


class Meeting(ModuleType):
    def __init__(self) -> None:
        super().__init__("meeting")
        self.within = threading.Event()
        self.go_on = threading.Event()


@pytest.fixture
def meeting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Meeting]:
    """A package `crossed`, which stops half-way through its import."""
    (tmp_path / "crossed").mkdir()
    (tmp_path / "crossed" / "__init__.py").write_text(INIT, "utf-8")
    (tmp_path / "crossed" / "part.py").write_text("WHOLE = True\n", "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    meeting = Meeting()
    monkeypatch.setitem(sys.modules, "meeting", meeting)
    yield meeting
    for name in ("outer", "crossed", "crossed.part"):
        sys.modules.pop(name, None)


def in_a_thread(work: Callable[[], object]) -> Future[object]:
    """What comes of it, also where it waits for ever."""
    done: Future[object] = Future()

    def run() -> None:
        try:
            done.set_result(work())
        except BaseException as failure:  # noqa: BLE001 - told by whoever asks for the result
            done.set_exception(failure)

    threading.Thread(target=run, daemon=True).start()
    return done


def until_somebody_waits() -> None:
    """For the lock of a module."""
    deadline = time.monotonic() + DEADLINE
    while not sys.modules["_frozen_importlib"]._blocking_on:
        assert time.monotonic() < deadline, "nobody waits"


@pytest.mark.parametrize("packages", [("crossed",), ("outer", "crossed")])
def test_who_wants_a_part_waits_for_the_whole(
    meeting: Meeting, tmp_path: Path, packages: tuple[str, ...]
) -> None:
    """Both get all of it: also of a package that another one needs."""
    (tmp_path / "outer.py").write_text("import crossed\n", "utf-8")
    ours = in_a_thread(lambda: import_alone(*packages))
    assert meeting.within.wait(DEADLINE)
    theirs = in_a_thread(lambda: import_module("crossed.part"))
    until_somebody_waits()
    meeting.go_on.set()

    ours.result(DEADLINE)
    assert theirs.result(DEADLINE) is sys.modules["crossed.part"]
    assert sys.modules["crossed"].part.WHOLE


def test_an_import_of_the_services_is_waited_for(meeting: Meeting) -> None:
    """Ours begins when theirs is over."""
    looks: list[float] = []

    def look(seconds: float) -> None:
        looks.append(seconds)
        meeting.go_on.set()

    theirs = in_a_thread(lambda: import_module("crossed.part"))
    assert meeting.within.wait(DEADLINE)
    import_alone("crossed", sleep=look)

    assert theirs.result(DEADLINE) is sys.modules["crossed.part"]
    assert set(looks) == {0.01}


def test_one_that_does_not_end_is_not_waited_for_longer(meeting: Meeting) -> None:
    """CPython's own locks hold then."""
    theirs = in_a_thread(lambda: import_module("crossed.part"))
    assert meeting.within.wait(DEADLINE)
    ours = in_a_thread(lambda: import_alone("crossed", patience=0.0))
    until_somebody_waits()
    meeting.go_on.set()

    ours.result(DEADLINE)
    assert theirs.result(DEADLINE) is sys.modules["crossed.part"]


def test_a_package_that_is_not_there_keeps_nothing_locked() -> None:
    """Who asks for it afterwards is told at once."""
    for _ in range(2):
        with pytest.raises(ModuleNotFoundError, match="'not_there'"):
            in_a_thread(lambda: import_alone("not_there")).result(DEADLINE)


# Packages that load modules of their own and that nobody imports from within first: `a.b` before
# `a` does harm only where `a/__init__.py` imports `a.b`.
HARMLESS = {"collections", "ctypes", "importlib", "re", "urllib"}

IMPORTS = """
import sys
before = set(sys.modules)
import hognose._wiring, hognose._publish, confluent_kafka
new = [name for name in sys.modules if name not in before and hasattr(sys.modules[name], "__spec__")]
print(*{name.rpartition(".")[0] for name in new} - {""})
"""


def test_every_package_of_which_the_agent_imports_modules_is_imported_alone() -> None:
    """A dependency that imports another package comes to light here."""
    ran = subprocess.run(
        [sys.executable, "-c", IMPORTS],
        capture_output=True,
        text=True,
        check=True,
        timeout=DEADLINE,
    )

    others = {name for name in ran.stdout.split() if name.partition(".")[0] != "hognose"}
    alone = {"psutil", "confluent_kafka", "asyncio", "concurrent.futures"}
    assert others - {"concurrent", "typing"} - HARMLESS == alone


@pytest.mark.parametrize(
    ("package", "wanted"),
    [
        ("psutil", "from psutil._common import bytes2human"),
        ("asyncio", "from asyncio.streams import StreamReader"),
        ("confluent_kafka", "from confluent_kafka.serialization import StringSerializer"),
    ],
)
def test_a_service_starts_that_imports_what_the_agent_does(
    installation: Installation, package: str, wanted: str
) -> None:
    """At the moment at which the agent is in the middle of it; and the agent starts, too."""
    installation.write(f"""
        import sys
        from living import live_to_be_heard
        while {package!r} not in sys.modules:
            pass
        {wanted}
        live_to_be_heard()
        """)

    with installation.running(["python", "shop.py"]) as running:
        code = running.result()
        said = running.err

    assert (code, said) == (0, "")
