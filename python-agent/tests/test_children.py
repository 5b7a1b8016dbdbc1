from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from hognose._figures import Skipped
from hognose.probes.children import Children


def process(proc: Path, pid: int, children: str, stat: str = "") -> None:
    folder = proc / str(pid) / "task" / str(pid)
    folder.mkdir(parents=True)
    (folder / "children").write_text(children)
    if stat:
        (proc / str(pid) / "stat").write_text(stat)


def stat(name: str, ticks: int, pages: int) -> str:
    before = " ".join(["0"] * 10)
    return f"7 ({name}) S {before} {ticks} 0 0 0 " + " ".join(["0"] * 6) + f" {pages} 0\n"


def test_children_and_theirs_are_added_up(tmp_path: Path) -> None:
    """Whatever a process is called; one that has ended meanwhile is not there."""
    process(tmp_path, 1, "2 3 ")
    process(tmp_path, 2, "4", stat("a) S (b", 100, 10))
    process(tmp_path, 3, "", "")
    process(tmp_path, 4, "", stat("worker", 50, 5))

    told = Children(tmp_path, pid=1).read()["children"]

    waited = sum(os.times()[2:4])
    assert told["count"] == 2
    assert told["rss_bytes"] == 15 * os.sysconf("SC_PAGE_SIZE")
    assert told["cpu_seconds_total"] - waited == pytest.approx(
        150 / os.sysconf("SC_CLK_TCK"), abs=0.1
    )


def test_what_children_have_spent_never_falls(tmp_path: Path) -> None:
    """Nobody waits for a child whose parent ignores that it ends; the next one comes on top."""
    process(tmp_path, 1, "2")
    process(tmp_path, 2, "", stat("worker", 10_000, 10))
    process(tmp_path, 3, "", stat("worker", 5_000, 10))
    children = Children(tmp_path, pid=1)
    told = []
    for living in ("2", "2", "", "", "3", "2", "2"):
        (tmp_path / "1" / "task" / "1" / "children").write_text(living)
        told.append(children.read()["children"]["cpu_seconds_total"])

    second = os.sysconf("SC_CLK_TCK")
    spent = [each - sum(os.times()[2:4]) for each in told]
    assert spent == pytest.approx(
        [ticks / second for ticks in (10_000, 10_000, 10_000, 10_000, 15_000, 20_000, 20_000)],
        abs=0.1,
    )


def test_what_is_back_at_the_next_reading_was_never_lost(tmp_path: Path) -> None:
    """A child may be waited for while the others are read."""
    process(tmp_path, 1, "2")
    process(tmp_path, 2, "", stat("worker", 10_000, 10))
    children = Children(tmp_path, pid=1)
    told = []
    for living in ("2", "", "2"):
        (tmp_path / "1" / "task" / "1" / "children").write_text(living)
        told.append(children.read()["children"]["cpu_seconds_total"])

    assert told == pytest.approx([told[0]] * 3, abs=0.1)


def test_half_a_sum_is_not_told(tmp_path: Path) -> None:
    """Neither for too many processes nor where the kernel does not tell."""
    process(tmp_path, 1, " ".join(str(pid) for pid in range(2, 300)))
    for pid in range(2, 300):
        process(tmp_path, pid, "", stat("x", 1, 1))
    process(tmp_path / "other", 1, "")

    with pytest.raises(Skipped, match="more than 200 processes"):
        Children(tmp_path, pid=1).read()
    assert Children(tmp_path / "none", pid=1).read() == {}
    assert Children(tmp_path / "other", pid=1).read()["children"]["count"] == 0


def test_children_are_known_by_their_parents_where_the_kernel_has_no_lists(tmp_path: Path) -> None:
    """And who is nobody's child here is left out, like what is no process."""
    (tmp_path / "meminfo").touch()
    for pid, parent in ((1, 0), (2, 1), (3, 2), (4, 9)):
        (tmp_path / str(pid)).mkdir()
        fields = stat("x", 100, 10).replace(" S 0 ", f" S {parent} ")
        (tmp_path / str(pid) / "stat").write_text(fields)

    assert Children(tmp_path, pid=1).read()["children"]["count"] == 2


def test_a_real_child_is_counted() -> None:
    """And no more when it has ended; its CPU stays."""
    before = Children().read()["children"]
    with subprocess.Popen(
        [sys.executable, "-c", "print(flush=True); input()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as child:
        # Before it has begun it may have no page of its own yet.
        assert child.stdout
        assert child.stdout.readline()
        during = Children().read()["children"]
        child.communicate(b"\n")
    after = Children().read()["children"]

    assert during["count"] == before["count"] + 1
    assert during["rss_bytes"] > before["rss_bytes"]
    assert after["count"] == before["count"]
    assert after["cpu_seconds_total"] > before["cpu_seconds_total"]
