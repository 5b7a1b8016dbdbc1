from __future__ import annotations

import os
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import Any, cast

import psutil
from files import files

from hognose._encode import encode
from hognose.probes.allocator import glibc_heap, read_blocks
from hognose.probes.descriptors import Descriptors
from hognose.probes.process import count_descriptors, read_memory_detail, read_process

MIB = 2**20


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
