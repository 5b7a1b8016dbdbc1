from __future__ import annotations

import gc
import os
import time
from collections.abc import Mapping
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import Any, cast

import psutil
import pytest

from hognose import _figures, _happenings
from hognose._encode import encode
from hognose._figures import Figures
from hognose._happenings import LoopBlock
from hognose._identity import Process
from hognose._rounds import Rounds
from hognose._schema import MESSAGES
from hognose.probes.allocator import glibc_heap, read_blocks
from hognose.probes.collector import Collector
from hognose.probes.container import Container
from hognose.probes.descriptors import Descriptors
from hognose.probes.loops import Watchdog
from hognose.probes.loops.look import Look, Usage
from hognose.probes.process import count_descriptors, read_memory_detail, read_process

MIB = 2**20


def files(root: Path, texts: Mapping[str, str]) -> Path:
    for name, text in texts.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


WORDS = {**vars(_figures), **vars(_happenings), "Process": Process}


@pytest.mark.parametrize("name", [name for name in WORDS if name in MESSAGES])
def test_figures_and_happenings_are_named_as_in_the_contract(name: str) -> None:
    """A probe's words are the proto's fields."""
    assert set(WORDS[name].__annotations__) <= set(MESSAGES[name])


def test_a_part_of_a_sample_is_named_as_in_the_contract() -> None:
    """What probes read are fields of `Sample`, what is said are kinds of `Event`."""
    parts = ("Sample", "Memory", "Container", "Kernel")
    assert set(Figures.__annotations__) <= {name for part in parts for name in MESSAGES[part]}
    assert set(_happenings.Happening.__annotations__) <= set(MESSAGES["Event"])
    assert set(_happenings.Site.__annotations__) == set(MESSAGES["AllocationGrowth.Site"])
    assert set(_happenings.Package.__annotations__) == set(MESSAGES["Started.Package"])


def test_the_process_is_read_as_the_kernel_tells_it() -> None:
    """CPU, memory, threads, switches, faults and I/O of this very process."""
    process = psutil.Process()
    held = bytearray(8 * MIB)

    figures = read_process(process)

    assert figures["rss_bytes"] > len(held)
    assert figures["cpu_user_seconds_total"] > 0
    assert figures["threads"] >= 1
    assert figures["page_faults_minor_total"] > 0
    assert figures["io_read_bytes_total"] >= 0
    assert encode("Sample", figures)


def test_descriptors_and_memory_detail_are_read() -> None:
    """An open file counts; memory of one's own is part of the resident."""
    process = psutil.Process()
    descriptors = Descriptors(lambda: None)
    before = descriptors.read()["open_fds"]
    with open(os.devnull):
        assert descriptors.read()["open_fds"] == before + 1
        assert count_descriptors(process) == before + 1

    detail = read_memory_detail(process)
    assert 0 < detail["uss_bytes"] <= detail["pss_bytes"]


def test_memory_detail_adds_up_what_is_private(tmp_path: Path) -> None:
    """Swap is told with it; without the file psutil is asked, and without both nothing is told."""
    rollup = files(
        tmp_path,
        {
            "rollup": "5581-7ffc ---p 00000000 00:00 0    [rollup]\nRss: 900 kB\nPss: 500 kB\n"
            "Private_Clean: 30 kB\nPrivate_Dirty: 400 kB\nSwap: 8 kB\nSwapPss: 8 kB\n"
        },
    )

    told = read_memory_detail(None, rollup / "rollup")

    assert told == {"uss_bytes": 430 * 1024, "pss_bytes": 500 * 1024, "swap_bytes": 8 * 1024}
    assert read_memory_detail(psutil.Process(), tmp_path / "absent")["uss_bytes"] > 0
    assert read_memory_detail(None, tmp_path / "absent") == {}


def test_what_the_system_hides_is_left_out(tmp_path: Path) -> None:
    """Without psutil's view of the process there is still what the C library knows."""

    class Hidden:
        def oneshot(self) -> Any:
            return nullcontext()

        def __getattr__(self, name: str) -> Any:
            raise psutil.AccessDenied(1)

    for process in (None, cast("psutil.Process", Hidden())):
        figures = read_process(process)
        assert figures["cpu_user_seconds_total"] > 0
        assert figures["threads"] >= 1
        assert "rss_bytes" not in figures
        hidden = Descriptors(partial(count_descriptors, process), tmp_path / "absent")
        assert "open_fds" not in hidden.read()
        assert encode("Sample", figures)


def test_a_collection_is_counted_with_its_pause() -> None:
    """While the probe is entered, and no longer."""
    times = iter([10.0, 10.004, 20.0, 20.5])
    with Collector(clock=lambda: next(times)) as collector:
        gc.collect()
        gc.collect()
    gc.collect()

    figures = collector.read()["gc"]
    assert figures["pause_seconds"]["sum_seconds"] == pytest.approx(0.504)
    assert sum(figures["pause_seconds"]["counts"]) == 2
    assert figures["generation"][2]["pause_seconds"] == figures["pause_seconds"]
    assert len(figures["generation"]) == 3
    assert figures["generation"][2]["collections_total"] >= 3
    assert collector.paused_seconds() == pytest.approx(0.504)


def test_pauses_are_told_apart_by_generation() -> None:
    """Of all together, and of each but the youngest, whose pauses are the rest."""
    times = iter([1.0, 1.0004, 2.0, 2.002, 3.0, 3.03, 4.0, 4.00005])
    collector = Collector(clock=lambda: next(times))
    for generation in (0, 1, 2, 0):
        collector._on_collection("start", {"generation": generation})
        collector._on_collection("stop", {"generation": generation})

    figures = collector.read()["gc"]
    youngest, middle, oldest = figures["generation"]
    assert "pause_seconds" not in youngest
    assert middle["pause_seconds"]["counts"] == [0, 0, 0, 1]
    assert oldest["pause_seconds"]["counts"] == [0, 0, 0, 0, 0, 0, 0, 1]
    assert figures["pause_seconds"]["counts"] == [1, 1, 0, 1, 0, 0, 0, 1]
    assert figures["pause_seconds"]["sum_seconds"] == pytest.approx(0.03245)


def test_the_collectors_callback_starts_no_collection() -> None:
    """It runs in the middle of allocations, and creates nothing that is counted as one."""
    collector = Collector()
    callback = collector._on_collection
    info = {"generation": 0}
    threshold = gc.get_threshold()
    gc.collect()
    # From here on nearly every tracked object starts a collection.
    gc.set_threshold(1)
    try:
        before = gc.get_stats()[0]["collections"]
        for _ in range(1000):
            callback("start", info)
            callback("stop", info)
        after = gc.get_stats()[0]["collections"]
    finally:
        gc.set_threshold(*threshold)

    assert after - before < 10


def test_blocks_follow_what_is_allocated() -> None:
    """A hundred thousand objects are at least as many blocks."""
    before = read_blocks()["allocated_blocks"]
    held = [object() for _ in range(100_000)]

    assert read_blocks()["allocated_blocks"] >= before + len(held)


def test_glibc_tells_what_is_in_use() -> None:
    """A large buffer is in use until it is freed; without glibc nothing is told."""
    read = glibc_heap()
    before = read()["malloc_used_bytes"]
    held = bytearray(32 * MIB)

    assert read()["malloc_used_bytes"] >= before + len(held)
    assert glibc_heap(cast("Any", object()))() == {}


def test_a_container_of_version_2_is_read(tmp_path: Path) -> None:
    """The nearest limit counts, be it an ancestor's."""
    membership = files(tmp_path, {"cgroup": "0::/pod/web\n"}) / "cgroup"
    root = files(
        tmp_path / "fs",
        {
            "pod/memory.max": "536870912\n",
            "pod/cpu.max": "150000 100000\n",
            "pod/cpu.stat": "usage_usec 9\nnr_throttled 2\nthrottled_usec 4750000\n",
            "pod/web/memory.max": "max\n",
            "pod/web/memory.current": "201326592\n",
            "pod/web/memory.events": "low 0\noom 2\noom_kill 1\n",
            "pod/web/cpu.max": "max 100000\n",
        },
    )

    container = Container(root=root, membership=membership)

    assert container.read() == {
        "memory_limit_bytes": 536870912,
        "memory_usage_bytes": 201326592,
        "oom_kills_total": 1,
        "cpu_limit_cores": 1.5,
        "throttled_seconds_total": 4.75,
    }
    assert container.has_cpu_limit
    assert container.throttled_seconds() == 4.75


def test_a_container_of_version_1_is_read(tmp_path: Path) -> None:
    """Each controller has a folder of its own; the host's path may be hidden from the container."""
    membership = files(
        tmp_path, {"cgroup": "5:memory:/docker/abc\n4:cpu,cpuacct:/docker/abc\n0::/docker/abc\n"}
    )
    root = files(
        tmp_path / "fs",
        {
            "memory/memory.limit_in_bytes": "268435456\n",
            "memory/memory.usage_in_bytes": "1048576\n",
            "memory/memory.oom_control": "oom_kill_disable 0\nunder_oom 0\noom_kill 3\n",
            "cpu/docker/abc/cpu.cfs_quota_us": "50000\n",
            "cpu/docker/abc/cpu.cfs_period_us": "100000\n",
            "cpu/docker/abc/cpu.stat": "nr_periods 5\nthrottled_time 1500000000\n",
        },
    )

    assert Container(root=root, membership=membership / "cgroup").read() == {
        "memory_limit_bytes": 268435456,
        "memory_usage_bytes": 1048576,
        "oom_kills_total": 3,
        "cpu_limit_cores": 0.5,
        "throttled_seconds_total": 1.5,
    }


def test_the_tightest_limit_counts(tmp_path: Path) -> None:
    """Of all levels of nesting, in both versions; each quota counts what it held back."""
    one = files(
        tmp_path / "one",
        {
            "cgroup": "5:memory:/pod/web\n4:cpu,cpuacct:/pod/web\n",
            "memory/pod/memory.limit_in_bytes": "1000000\n",
            "memory/pod/web/memory.limit_in_bytes": "9223372036854771712\n",
            "memory/pod/web/memory.stat": "cache 5\nhierarchical_memory_limit 900000\n",
            "cpu,cpuacct/pod/cpu.cfs_quota_us": "150000\n",
            "cpu,cpuacct/pod/cpu.cfs_period_us": "100000\n",
            "cpu,cpuacct/pod/cpu.stat": "throttled_time 500000000\n",
            "cpu,cpuacct/pod/web/cpu.cfs_quota_us": "200000\n",
            "cpu,cpuacct/pod/web/cpu.cfs_period_us": "100000\n",
            "cpu,cpuacct/pod/web/cpu.stat": "throttled_time 250000000\n",
        },
    )
    two = files(
        tmp_path / "two",
        {
            "cgroup": "0::/pod/web\n",
            "pod/memory.max": "700000\n",
            "pod/cpu.max": "50000 100000\n",
            "pod/cpu.stat": "throttled_usec 2000000\n",
            "pod/web/memory.max": "800000\n",
            "pod/web/cpu.max": "100000 100000\n",
            "pod/web/cpu.stat": "throttled_usec 1000000\n",
        },
    )

    first = Container(root=one, membership=one / "cgroup").read()
    second = Container(root=two, membership=two / "cgroup").read()

    assert first == {
        "memory_limit_bytes": 900000,
        "cpu_limit_cores": 1.5,
        "throttled_seconds_total": 0.75,
    }
    assert second == {
        "memory_limit_bytes": 700000,
        "cpu_limit_cores": 0.5,
        "throttled_seconds_total": 3.0,
    }


def test_pressure_is_that_of_the_cgroup(tmp_path: Path) -> None:
    """Of the lines for some task; what is missing or unreadable is left out."""
    root = files(
        tmp_path,
        {
            "cgroup": "0::/web\n",
            "web/cpu.pressure": "some avg10=1.00 avg60=0.00 avg300=0.00 total=12500000\n",
            "web/memory.pressure": "full avg10=0.00 avg60=0.00 avg300=0.00 total=7\n",
            "web/io.pressure": "some avg10=0.00 avg60=0.00 avg300=0.00 total=250000\nfull total=1\n",
        },
    )

    assert Container(root=root, membership=root / "cgroup").read() == {
        "cpu_pressure_seconds_total": 12.5,
        "io_pressure_seconds_total": 0.25,
    }


@pytest.mark.parametrize(
    "membership", ["", "nonsense\n", "0::/../../elsewhere\n", "4:memory\n0::\n", "\xff\n"]
)
def test_an_odd_membership_is_no_failure(tmp_path: Path, membership: str) -> None:
    """What cannot be followed is read at the root; nothing outside of it ever is."""
    root = files(tmp_path / "fs", {"memory.current": "5\n"})
    files(tmp_path, {"elsewhere/memory.current": "6\n"})
    (tmp_path / "cgroup").write_bytes(membership.encode("latin-1"))

    assert Container(root=root, membership=tmp_path / "cgroup").read() == {"memory_usage_bytes": 5}


def test_a_limit_may_change_while_the_process_runs(tmp_path: Path) -> None:
    """As Kubernetes does it when it resizes a pod in place."""
    root = files(tmp_path, {"cgroup": "0::/\n", "memory.max": "100\n", "cpu.max": "max 100000\n"})
    container = Container(root=root, membership=root / "cgroup")
    assert container.read() == {"memory_limit_bytes": 100}

    files(root, {"memory.max": "200\n", "cpu.max": "50000 100000\n"})

    figures = container.read()
    assert (figures["memory_limit_bytes"], figures["cpu_limit_cores"]) == (200, 0.5)
    assert container.has_cpu_limit


def test_no_limit_is_no_figure(tmp_path: Path) -> None:
    """Version 1 writes "unlimited" as a number larger than any memory, version 2 as a word."""
    unlimited = files(
        tmp_path / "one",
        {
            "cgroup": "5:memory:/\n4:cpu:/\n",
            "memory/memory.limit_in_bytes": "9223372036854771712\n",
            "cpu/cpu.cfs_quota_us": "-1\n",
            "cpu/cpu.cfs_period_us": "100000\n",
        },
    )
    word = files(
        tmp_path / "two", {"cgroup": "0::/\n", "memory.max": "max\n", "cpu.max": "max 1\n"}
    )

    assert Container(root=unlimited, membership=unlimited / "cgroup").read() == {}
    assert Container(root=word, membership=word / "cgroup").read() == {}
    assert Container(root=tmp_path / "none", membership=tmp_path / "none").read() == {}


def test_a_limit_by_setting_goes_before_the_containers(tmp_path: Path) -> None:
    """For a process whose limit its cgroup does not know; what the cgroup uses has no part in it."""
    root = files(
        tmp_path,
        {"cgroup": "0::/\n", "memory.max": "536870912\n", "memory.current": "400000000\n"},
    )

    container = Container(64 * MIB, root=root, membership=root / "cgroup")

    assert container.read() == {"memory_limit_bytes": 64 * MIB}


def test_this_machines_container_can_be_read() -> None:
    """Whatever it tells fits the contract."""
    encode("Sample", Container().read())


class Clocks:
    """A wall clock and a CPU clock; reading a probe moves the latter."""

    def __init__(self) -> None:
        self.now = 0.0
        self.cpu = 0.0
        # When the reader slept, by the CPU clock.
        self.slept_at: list[float] = []

    def rounds(self) -> Rounds:
        return Rounds(
            clock=lambda: self.now,
            cpu_clock=lambda: self.cpu,
            sleep=lambda _: self.slept_at.append(self.cpu),
        )


def test_a_probe_is_read_at_its_beats_and_its_figures_are_repeated() -> None:
    """What is not due says what it said last."""
    clocks = Clocks()
    rounds = clocks.rounds()
    readings = iter(range(1, 100))
    rounds.add("threads", lambda: {"threads": next(readings)}, every=3)

    assert [rounds.read()["threads"] for _ in range(7)] == [1, 1, 1, 2, 2, 2, 3]


def test_a_guarded_probe_waits_a_thousand_times_what_it_cost() -> None:
    """So that it never costs more than a thousandth."""
    clocks = Clocks()
    rounds = clocks.rounds()
    readings = iter(range(1, 100))

    def read() -> Figures:
        clocks.cpu += 0.026
        return {"uss_bytes": next(readings)}

    rounds.add("memory detail", read, guarded=True)
    told = []
    for _ in range(6):
        told.append(rounds.read()["uss_bytes"])
        clocks.now += 10.0

    assert told == [1, 1, 1, 2, 2, 2]
    assert rounds.longest_hold == pytest.approx(0.026)


def test_others_get_the_gil_between_readings_that_take_long_together() -> None:
    """After a millisecond's worth, not after each, and anew in each round."""
    clocks = Clocks()
    rounds = clocks.rounds()

    def read() -> Figures:
        clocks.cpu += 0.0004
        return {}

    for number in range(7):
        rounds.add(f"probe {number}", read)
    rounds.read()

    assert clocks.slept_at == pytest.approx([0.0012, 0.0024])


def test_a_broken_probe_is_off_and_the_others_go_on(caplog: pytest.LogCaptureFixture) -> None:
    """One log line, its name in the figures, and no figure of its own any more."""
    rounds = Clocks().rounds()
    readings: list[Figures] = [{"open_fds": 7}]
    rounds.add("descriptors", lambda: readings.pop())
    rounds.add("threads", lambda: {"threads": 2})

    assert rounds.read() == {"open_fds": 7, "threads": 2}
    assert [rounds.read() for _ in range(3)] == [{"threads": 2}] * 3
    assert rounds.disabled == ["descriptors"]
    assert [record.getMessage() for record in caplog.records] == [
        "probe 'descriptors' failed and is off until restart"
    ]


def test_readings_that_are_put_off_for_their_cost_are_counted() -> None:
    """By probe, each time that its beat came and it was not read."""
    clocks = Clocks()
    rounds = clocks.rounds()

    def costly() -> Figures:
        clocks.cpu += 0.025
        return {}

    rounds.add("memory detail", costly, guarded=True)
    for _ in range(4):
        rounds.read()
        clocks.now += 10.0

    assert rounds.skipped == {"memory detail": 2}


def test_searches_for_loops_that_are_put_off_for_their_cost_are_counted() -> None:
    """One for each time that a search would have been due."""

    class Loops:
        """Whose tasks take 30 ms to count."""

        def __len__(self) -> int:
            return 1

        def look(self, look: Look) -> list[LoopBlock]:  # noqa: ARG002
            return []

        def search(self, now: float) -> None:  # noqa: ARG002
            until = time.thread_time() + 0.03
            while time.thread_time() < until:
                pass

    watchdog = Watchdog(print, 0.1, search_every=10.0)
    watchdog._loops = Loops()  # type: ignore[assignment]
    for second in range(26):
        watchdog._look(Look(float(second), Usage()))

    assert watchdog.skipped_searches == 2
