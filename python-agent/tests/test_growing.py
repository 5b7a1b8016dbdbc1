from __future__ import annotations

import os
import socket
from collections import Counter
from contextlib import ExitStack
from pathlib import Path

import pytest

from hognose._growing import Census, Gains, folded
from hognose._redaction import Redaction
from hognose.probes.descriptors import Descriptors


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("worker-17", "worker-#"),
        ("Thread-3 (send)", "Thread-# (send)"),
        ("ThreadPoolExecutor-12_0", "ThreadPoolExecutor-#_#"),
        ("request 3f2a9c1b-77aa-4b01-9e00-abcdefabcdef", "request #"),
        ("feedback", "feedback"),
        ("job deadbeef0", "job #"),
        ("MainThread", "MainThread"),
        ("", ""),
    ],
)
def test_what_tells_one_of_a_kind_from_the_next_does_not_count(name: str, kind: str) -> None:
    """Numbers, decimal and hexadecimal; words stay."""
    assert folded(name) == kind


def test_what_gained_most_is_told_first() -> None:
    """Not what there is most of; nothing before enough have come on top, and three at most."""
    gains = Gains(least=5)

    assert gains.after({"socket": 900, "file": 10}) == []
    assert gains.after({"socket": 900, "file": 14}) == []
    told = gains.after({"socket": 890, "file": 40, "pipe": 9, "a": 1, "b": 1}, "/srv/receipts")

    assert told == [
        {"kind": "file", "count": 40, "gained": 30, "folder": "/srv/receipts"},
        {"kind": "pipe", "count": 9, "gained": 9, "folder": ""},
        {"kind": "a", "count": 1, "gained": 1, "folder": ""},
    ]


def test_what_stopped_rising_is_forgotten_after_twenty_readings() -> None:
    """It was a pool that filled."""
    gains = Gains(least=5)
    told = [bool(gains.after({"worker-#": count})) for count in [30, *[60] * 25]]

    assert told == [False, *[True] * 20, *[False] * 5]


def test_names_without_end_are_no_kinds() -> None:
    """Each thread a name of its own: nothing is known of what they share, and little is kept."""
    gains = Gains(least=5)
    gains.after({"MainThread": 40})

    letters = "abcdefghijklmnopqrstuvwxyz"
    alike = {f"{a}{b}" * 50: 1 for a in letters for b in letters}
    told = gains.after({"MainThread": 40} | alike)

    assert len(told) == 3
    assert all(each["gained"] == 1 and len(each["kind"]) == 60 for each in told)


def test_a_number_is_asked_for_once_and_seldom_again() -> None:
    """Of ten asked at a time one is asked again, in turn."""
    asked: list[int] = []

    def ask(number: int) -> str:
        asked.append(number)
        return "file"

    census = Census(ask, 10)
    for reading in range(5):
        census.of(range(5 * reading + 5))

    assert Counter(asked[:5]) == Counter(range(5))
    assert len(asked) == 25 + 4


def test_of_very_many_new_numbers_some_stand_for_the_others() -> None:
    """So that all of them count, and none costs more."""
    asked: list[int] = []

    def ask(number: int) -> str:
        asked.append(number)
        return "file"

    census = Census(ask, 10)

    assert Counter(census.of(range(1000)).values()) == {"file": 1000}
    assert len(asked) == 10
    assert Counter(census.of(range(500)).values()) == {"file": 500}


def test_a_number_that_was_given_again_is_noticed() -> None:
    """Within as many readings as it takes to ask for each once more."""
    kinds = dict.fromkeys(range(10), "file")
    census = Census(kinds.__getitem__, 10)
    census.of(kinds)
    kinds[7] = "socket"

    told = [Counter(census.of(kinds).values())["socket"] for _ in range(11)]

    assert told[-1] == 1


def test_descriptors_that_rise_in_number_are_told_by_kind(tmp_path: Path) -> None:
    """With the folder that most files are in, and never the name of a file."""
    receipts = tmp_path / "receipts-2026" / "secret-customer"
    receipts.mkdir(parents=True)
    descriptors = Descriptors(lambda: None)
    with ExitStack() as stack:
        for _ in range(70):
            stack.enter_context(open(os.devnull))
        assert "growing_descriptors" not in descriptors.read()
        for number in range(40):
            stack.enter_context((receipts / f"{number}").open("w"))
        for _ in range(10):
            stack.enter_context(socket.socket())
        for end in os.pipe() + os.pipe():
            stack.callback(os.close, end)

        told = descriptors.read()["growing_descriptors"]

    assert [(each["kind"], each["gained"]) for each in told] == [
        ("file", 40),
        ("socket", 10),
        ("pipe", 4),
    ]
    folder = told[0]["folder"]
    assert folded(str(receipts)).startswith(folder)
    assert folder.count("/") <= 4


@pytest.mark.parametrize(
    ("target", "kind"),
    [
        ("/dev/null", "/dev/null"),
        ("/dev/pts/3", "/dev/pts/#"),
        ("anon_inode:[eventpoll]", "eventpoll"),
        ("anon_inode:inotify", "inotify"),
        ("/memfd:a name (deleted)", "memfd"),
        ("net:[4026531840]", "net"),
        ("/dev/shm/psm_1", "file"),
        ("/srv/upload (deleted)", "file"),
    ],
)
def test_devices_and_what_the_kernel_names_are_kinds(
    tmp_path: Path, target: str, kind: str
) -> None:
    """A device by its path, an anonymous one by what it is."""
    descriptors = Descriptors(lambda: None, tmp_path)
    for number in range(64):
        (tmp_path / str(number)).symlink_to("socket:[17]")
    descriptors.read()
    for number in range(100, 120):
        (tmp_path / str(number)).symlink_to(target)

    told = descriptors.read()["growing_descriptors"]

    assert [(each["kind"], each["gained"]) for each in told] == [(kind, 20)]


@pytest.mark.parametrize(
    ("patterns", "told"),
    [
        ((), "shop/receipts"),
        (("/srv/shop/*",), "hidden"),
        (("/srv/shop/receipts",), "hidden"),
        (("/srv/shop/receipts/*",), "hidden"),
        (("shop/receipts/*",), "hidden"),
        (("/home/*",), "shop/receipts"),
    ],
)
def test_a_folder_is_hidden_and_shortened_like_a_file(patterns: tuple[str, ...], told: str) -> None:
    """By a pattern for what is in it, too."""
    redaction = Redaction(patterns, "short", lambda: ("/srv/",))

    figures = redaction.told(
        {"growing_descriptors": [{"kind": "file", "folder": "/srv/shop/receipts"}]}
    )

    assert figures["growing_descriptors"] == [{"kind": "file", "folder": told}]
