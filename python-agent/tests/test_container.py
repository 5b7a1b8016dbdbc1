from __future__ import annotations

from pathlib import Path

import pytest
from files import files

from hognose._encode import encode
from hognose.probes.container import Container

MIB = 2**20


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
