from __future__ import annotations

import fcntl
import os
import sys
from collections import Counter
from pathlib import Path

import pytest
from contract import GOLDEN, golden_bytes
from installation import RUN
from service import READY, Service, by_pid

from hognose._capture import Capture, capture_path, check_capture
from hognose._outbox import Record
from hognose._settings import SettingsError

RECORD = Record(
    "hognose.samples",
    b"shop/shop-7c9f-2x/4711/1795255200123",
    golden_bytes("sample_zeros"),
    1795258800250,
)


def test_a_capture_is_the_golden_one(tmp_path: Path) -> None:
    """Line, header and record come out byte for byte as the fixture that Java reads."""
    capture = Capture(tmp_path / "shop.capture", "hognose-agent 0.1.0", Counter())

    assert capture.send(RECORD)
    capture.close(0)

    assert (tmp_path / "shop.capture").read_bytes() == (GOLDEN / "small.capture").read_bytes()


def test_two_writers_share_one_header(service: Service) -> None:
    """Their entries follow each other whole, and the file begins once."""
    writers = [Capture(service.capture, "test", Counter()) for _ in range(2)]

    for _ in range(3):
        for writer in writers:
            writer.send(RECORD)

    assert len(service.published()) == 6


def test_a_full_disk_costs_records_and_nothing_else() -> None:
    """Writing to a device without room is counted, entry by entry."""
    dropped: Counter[str] = Counter()
    capture = Capture(Path("/dev/full"), "test", dropped)

    assert capture.send(RECORD)
    assert capture.send(RECORD)

    assert dropped == {"file": 2}


def test_what_a_full_disk_cut_off_is_taken_back(service: Service) -> None:
    """A file size limit ends a write in the middle; the file still ends with a whole entry."""
    import resource
    import signal

    dropped: Counter[str] = Counter()
    capture = Capture(service.capture, "test", dropped)
    capture.send(RECORD)
    whole = service.capture.stat().st_size
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (whole + 10, limit[1]))
    try:
        capture.send(RECORD)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
        signal.signal(signal.SIGXFSZ, ignored)

    assert service.capture.stat().st_size == whole
    assert dropped == {"file": 1}
    capture.send(RECORD)
    assert len(service.published()) == 2


def test_the_lock_is_not_kept(tmp_path: Path) -> None:
    """Another process can write as soon as an entry is written."""
    path = tmp_path / "shop.capture"
    Capture(path, "test", Counter()).send(RECORD)

    with path.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_the_path_can_hold_the_process(tmp_path: Path) -> None:
    """Each process may have a file of its own."""
    assert capture_path(f"{tmp_path}/shop-{{pid}}.capture", 4711) == tmp_path / "shop-4711.capture"


@pytest.mark.parametrize(
    ("name", "complaint"),
    [
        ("", "is a folder: expected a file to append to"),
        ("missing/shop.capture", "cannot be written: expected a writable file or folder"),
    ],
)
def test_a_path_that_cannot_be_written_is_refused(
    tmp_path: Path, name: str, complaint: str
) -> None:
    """It is said before the service starts, and names the path."""
    with pytest.raises(SettingsError, match=complaint) as refused:
        check_capture(os.path.join(tmp_path, name))

    assert str(tmp_path) in str(refused.value)


@pytest.mark.parametrize(
    "under", [[], [RUN], [sys.executable, "-m", "hognose"]], ids=["installed", "run", "module"]
)
def test_a_path_is_that_of_the_folder_that_a_service_is_started_in(
    service: Service, under: list[str]
) -> None:
    """Wherever it goes before the file is opened, and for its children under a command of ours."""
    service.write("import time\ntime.sleep(0.5)\n", "child.py")
    service.write(
        READY
        + """
import subprocess
child = os.path.abspath("child.py")
os.chdir("/")
if sys.argv[1:]: subprocess.run([sys.executable, child], check=True)
await_samples()
"""
    )
    program = ["shop.py", "spawn"] if under else ["shop.py"]
    command = [*under, *program] if "-m" in under else [*under, sys.executable, *program]

    ended = service.run(*command, settings={"HOGNOSE_SINK": "file:shop.capture"})

    assert (ended.returncode, ended.stderr) == (0, "")
    assert len(by_pid(service.published())) == len(program)


@pytest.mark.parametrize("name", ["\0", "a" * 5000, "\ud800"])
def test_what_no_file_system_takes_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """In the sentence of a setting, at the start and not at the first record."""
    monkeypatch.chdir(tmp_path)

    with pytest.raises(SettingsError, match="is no path: expected that of a file"):
        check_capture(name)
