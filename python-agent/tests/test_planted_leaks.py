"""
A leak of each kind in a real process: its container and its line are named, and of those that have
no line in Python none is.
"""

from __future__ import annotations

import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from contract import Contract
from service import DEADLINE, Service, lines

# Grows for a hundred samples, and on until `found` is not empty. What it does besides is what services do: things that come and go.
PACED = """
import os, time
from collections import deque
recent = deque(maxlen=500)
def samples():
    try:
        with open(os.environ["CAPTURE"], "rb") as file:
            return file.read().count(b"hognose.samples")
    except FileNotFoundError:
        return 0
n = 0
until = time.monotonic() + 100
while samples() < 110 or (not found and time.monotonic() < until):
    step(n)
    recent.extend({"order": str(n + each)} for each in range(50))
    n += 500
    time.sleep(0.03)
"""

# What a reading of containers finds, which is put off by a thousand times its cost, and six of which
# must see one grow: on a busy machine that takes more than a hundred samples.
FINDING = """
from hognose.probes.retention import Containers
found = []
def take(containers, take=Containers.take):
    taken = take(containers)
    found.extend(each for each in taken if each["growth_per_hour"] > 0)
    return taken
Containers.take = take
"""
NOTHING_TO_FIND = "found = [None]\n"

LEAKS = {
    "MODULE_GLOBAL HISTORY": """
        HISTORY = {}
        def grow(n):
            HISTORY[n] = "order " + str(n)  # leaks
        """,
    "MODULE_GLOBAL STORE.rows": """
        class Store:
            def __init__(self): self.rows = []
        STORE = Store()
        def grow(n):
            STORE.rows.append({"order": n})  # leaks
        """,
    "CLASS_ATTRIBUTE Basket.seen": """
        class Basket:
            seen = set()
            def add(self, n):
                self.seen.add((n, str(n)))  # leaks
        def grow(n): Basket().add(n)
        """,
    "DEFAULT_ARGUMENT remember(known)": """
        def remember(n, known=[]):
            known.append("order %d" % n)  # leaks
        grow = remember
        """,
    "CLOSURE remembering.<locals>.grow[known]": """
        def remembering():
            known = []
            def grow(n):
                known.append([n])  # leaks
            return grow
        grow = remembering()
        """,
    "LRU_CACHE price": """
        import functools
        @functools.lru_cache(maxsize=None)
        def price(n):
            return "price of " + str(n)  # leaks
        def grow(n):
            price(n)  # leaks
        """,
}
STEP = """
def step(n):
    for each in range(500): grow(n + each)
"""

SITELESS = {
    "native": """
        import ctypes
        libc = ctypes.CDLL(None)
        libc.malloc.restype = ctypes.c_void_p
        def step(n):
            block = libc.malloc(100_000)
            ctypes.memset(block, 1, 100_000)
        """,
    # Objects of ever another size, of which one in each pool stays: no other size fits in there.
    "fragmentation": """
        def fragmenting():
            kept = []
            for size in range(496, 32, -16):
                blocks = [bytes(size - 33) for _ in range(4_000_000 // size)]
                kept.append(blocks[:: 16_000 // size])
                del blocks
                yield
        rounds = fragmenting()
        def step(n):
            if n % 7500 == 0: next(rounds, None)
        """,
}

Ran = dict[str, tuple[str, Service]]


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory, contract: Contract) -> Iterator[Ran]:
    """All of them at once, each in a process of its own: they mostly sleep."""
    services: Ran = {}
    processes: list[subprocess.Popen[str]] = []
    sources = {
        **{name: textwrap.dedent(leak) + STEP + FINDING + PACED for name, leak in LEAKS.items()},
        **{
            name: textwrap.dedent(grows) + NOTHING_TO_FIND + PACED
            for name, grows in SITELESS.items()
        },
    }
    settings = {"HOGNOSE_INTERVAL": "100ms", "HOGNOSE_TRACING_INTERVAL": "1s"}
    for name, source in sources.items():
        service = Service(tmp_path_factory.mktemp("leak"), contract)
        service.write(source)
        services[name] = (source, service)
        processes.append(service.start({**settings, "HOGNOSE_SERVICE": f"shop-{len(processes)}"}))
    try:
        for process in processes:
            _, errors = process.communicate(timeout=DEADLINE * 4)
            assert (process.returncode, errors) == (0, "")
        yield services
    finally:
        for process in processes:
            process.kill()


def sites(service: Service) -> list[dict[str, Any]]:
    """The largest site of each window."""
    return [
        growth["sites"][0] for growth in service.events("allocation_growth") if "sites" in growth
    ]


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize("planted", LEAKS)
def test_container_and_line_are_named(ran: Ran, planted: str) -> None:
    """The container by its kind and name, the line by most of the windows."""
    source, service = ran[planted]
    kind, _, name = planted.partition(" ")

    grown = [each for each in service.events("retention") if each.get("growth_per_hour", 0) > 0]
    assert {(each["kind"], each["name"]) for each in grown} == {(kind, f"__main__:{name}")}
    assert all(each["entry_types"] for each in grown)

    leaking = set(lines(source, "# leaks"))
    innermost = [site["frames"][-1] for site in sites(service)]
    assert innermost, "no window"
    right = [
        frame
        for frame in innermost
        if Path(frame["file"]).name == "shop.py" and frame["line"] in leaking
    ]
    assert len(right) == len(innermost)


@pytest.mark.skipif(sys.platform != "linux", reason="glibc's heap")
@pytest.mark.parametrize("planted", SITELESS)
def test_no_line_and_no_container_is_blamed_for_what_is_not_pythons(ran: Ran, planted: str) -> None:
    """Though memory grows by megabytes, which is seen."""
    _, service = ran[planted]
    told = service.samples()
    growth = int(told[-1]["rss_bytes"]) - int(told[0]["rss_bytes"])

    assert growth > 10 * 2**20
    assert service.events("retention") == []
    assert sites(service) == []


def test_continuous_tracing_tells_the_live_bytes_and_their_sites(service: Service) -> None:
    """From the start on, and at every tracing interval."""
    source = (
        textwrap.dedent(LEAKS["MODULE_GLOBAL HISTORY"])
        + STEP
        + NOTHING_TO_FIND
        + PACED.replace("110", "30")
    )
    service.write(source)

    ended = service.run(
        settings={
            "HOGNOSE_INTERVAL": "100ms",
            "HOGNOSE_TRACING": "continuous",
            "HOGNOSE_TRACING_INTERVAL": "500ms",
        }
    )

    told = [int(sample["traced_bytes"]) for sample in service.samples()]
    assert (ended.returncode, ended.stderr) == (0, "")
    assert told[-1] > told[0] + 100_000
    assert sites(service)[0]["frames"][-1]["line"] in lines(source, "# leaks")


@pytest.mark.skipif(sys.platform != "linux", reason="glibc's heap")
def test_what_fragments_is_not_traced(ran: Ran) -> None:
    """The allocator's own figures have answered the question."""
    assert ran["fragmentation"][1].events("allocation_growth") == []
    assert ran["native"][1].events("allocation_growth") != []
