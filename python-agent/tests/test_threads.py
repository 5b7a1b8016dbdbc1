from __future__ import annotations

import threading
from pathlib import Path

import pytest

from hognose._figures import Skipped
from hognose.probes.growing_threads import GrowingThreads
from hognose.probes.threads import Threads, python_names


def tasks(root: Path, **spent: tuple[int, int]) -> None:
    """Threads by number, as `t12`, with milliseconds of CPU and of waiting."""
    for number, (cpu, runqueue) in spent.items():
        folder = root / number.removeprefix("t")
        folder.mkdir(exist_ok=True)
        (folder / "schedstat").write_text(f"{cpu}000000 {runqueue}000000 17\n")
        (folder / "comm").write_text("rdk:main\n")


def test_threads_are_told_by_name_the_busiest_first(tmp_path: Path) -> None:
    """A pool's threads are one name; what Python does not know has the kernel's name."""
    tasks(tmp_path, t1=(100, 5), t2=(2000, 40), t3=(1000, 2), t4=(10, 0))
    names = {1: "MainThread", 2: "pool-0_1", 3: "pool-0_2"}

    figures = Threads(tmp_path, lambda: names).read()

    told = [(each["name"], each["cpu_seconds_total"]) for each in figures["thread_cpu"]]
    assert told == [("pool-#_#", 3.0), ("MainThread", 0.1), ("rdk:threads", 0.01)]
    assert figures["thread_cpu"][0]["runqueue_seconds_total"] == pytest.approx(0.042)


def test_the_agents_threads_are_told_together(tmp_path: Path) -> None:
    """Its own are one name and librdkafka's another, not thirty bytes a sample for each."""
    tasks(tmp_path, t1=(30, 3), t2=(20, 2), t3=(10, 1), t4=(4, 0), t5=(2, 0))
    (tmp_path / "5" / "comm").write_text("rdk:broker12\n")
    names = {1: "hognose-agent", 2: "hognose-watchdog", 3: "hognose"}

    told = {
        each["name"]: (
            round(each["cpu_seconds_total"], 6),
            round(each["runqueue_seconds_total"], 6),
        )
        for each in Threads(tmp_path, lambda: names).read()["thread_cpu"]
    }

    assert told == {
        "hognose-agent": (0.05, 0.005),
        "hognose": (0.01, 0.001),
        "rdk:threads": (0.006, 0.0),
    }


def test_what_a_thread_has_spent_stays_when_it_has_ended(tmp_path: Path) -> None:
    """Totals never fall, not even when another thread gets its number."""
    names = {2: "worker"}
    threads = Threads(tmp_path, lambda: names)
    tasks(tmp_path, t2=(500, 0))
    threads.read()
    tasks(tmp_path, t2=(100, 0))

    (told,) = threads.read()["thread_cpu"]

    assert told["cpu_seconds_total"] == pytest.approx(0.6)


def test_names_are_bounded(tmp_path: Path) -> None:
    """A service that names a thread after each request is not kept by name."""
    tasks(tmp_path, t1=(10, 0))
    names = {1: "x"}
    threads = Threads(tmp_path, lambda: names)
    for n in range(150):
        names[1] = "request-" + "abcdefghij"[n // 10 % 10] * (n // 100 + 1) + "klmnopqrst"[n % 10]
        tasks(tmp_path, t1=(10 + 10 * n, 0))
        threads.read()

    largest = threads.read()["thread_cpu"][0]

    assert largest["name"] == "others"
    assert largest["cpu_seconds_total"] == pytest.approx(0.5)


def test_nothing_is_read_where_it_would_cost_too_much(tmp_path: Path) -> None:
    """Above 300 threads, and where there is no such folder."""
    for number in range(301):
        (tmp_path / str(number)).mkdir()

    with pytest.raises(Skipped, match="301 threads"):
        Threads(tmp_path).read()
    assert Threads(tmp_path / "absent").read() == {}


def test_this_very_process_is_read() -> None:
    """With the names that Python knows."""
    assert python_names()[threading.get_native_id()] == threading.current_thread().name

    names = [each["name"] for each in Threads().read()["thread_cpu"]]

    assert "MainThread" in names


def test_threads_that_rise_in_number_are_told_by_name(tmp_path: Path) -> None:
    """Also above the number of threads whose CPU is read, and those that only the kernel knows."""
    names = dict.fromkeys(range(1, 31), "MainThread")
    growing = GrowingThreads(lambda: names, tmp_path)
    tasks(tmp_path, **{f"t{number}": (1, 0) for number in range(1, 31)})
    assert growing.read() == {}

    names |= {number: f"Thread-{number} (send)" for number in range(100, 500)}
    tasks(tmp_path, **{f"t{number}": (1, 0) for number in range(100, 510)})

    assert growing.read()["growing_threads"] == [
        {"kind": "Thread-# (send)", "count": 400, "gained": 400, "folder": ""},
        {"kind": "rdk:main", "count": 10, "gained": 10, "folder": ""},
    ]


def test_few_threads_are_not_told_by_name(tmp_path: Path) -> None:
    """Pools fill when a service starts."""
    growing = GrowingThreads(dict, tmp_path)
    for number in range(23):
        tasks(tmp_path, **{f"t{number}": (1, 0)})
        assert growing.read() == {}
    assert GrowingThreads(dict, tmp_path / "absent").read() == {}
