"""The file sink: records in one file, as `capture.proto` describes it, in place of Kafka."""

from __future__ import annotations

import os
import sys
from collections import Counter
from pathlib import Path

from hognose._descriptor import Descriptor
from hognose._encode import encode_delimited
from hognose._outbox import Record
from hognose._settings import SettingsError

if sys.platform != "win32":
    from fcntl import LOCK_EX, LOCK_UN, flock
else:
    # Processes that share a file there must not: each needs `{pid}` in its path.
    LOCK_EX = LOCK_UN = 0

    def flock(file: int, operation: int) -> None:
        """Windows has no such lock."""


_NOT_INHERITED = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)

FIRST_LINE = b"hognose-capture 1\n"
# The newest form within: that of samples.
SCHEMA = 2


def capture_path(template: str, pid: int) -> Path:
    """The file of one process: `{pid}` in the path stands for its number."""
    return Path(template.replace("{pid}", str(pid)))


def check_capture(template: str) -> None:
    """Raise `SettingsError` unless a capture can be written there."""
    path = capture_path(template, os.getpid())
    try:
        _check(path)
    except SettingsError:
        raise
    except (OSError, ValueError) as wrong:
        # Too long a name, a zero in it, or no characters of a file system at all.
        raise SettingsError(
            f"{str(path)!r} is no path: expected that of a file ({wrong})"
        ) from None


def _check(path: Path) -> None:
    if b"\0" in os.fsencode(path):
        raise ValueError("embedded null byte")
    if path.is_dir():
        raise SettingsError(f"{path} is a folder: expected a file to append to")
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        raise SettingsError(f"{path} cannot be written: expected a writable file or folder")


class Capture:
    """
    Appends records to a file that other processes may append to as well.

    An entry is one write under the file's lock, and what a full disk cut off is taken back, so that
    the file is whole entries at all times. What could not be written is counted and gone.
    """

    def __init__(self, path: Path, writer: str, dropped: Counter[str]) -> None:
        self._writer = writer
        self._dropped = dropped
        self.last_delivery_ms: int | None = None
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | _NOT_INHERITED, 0o644)
        self._descriptor = Descriptor(self._file)

    def send(self, record: Record) -> bool:
        entry = encode_delimited("CaptureEntry", {"record": record._asdict()})
        try:
            self._append(entry, record.timestamp_ms)
            self.last_delivery_ms = record.timestamp_ms
        except OSError:
            self._dropped["file"] += 1
        return True

    def flush(self, seconds: float) -> None:
        """Nothing waits here: the entry was written when it was sent."""

    def give_up(self) -> None:
        """Nothing waits here."""

    def close(self, seconds: float) -> None:  # noqa: ARG002
        self._descriptor.close()

    @property
    def waiting(self) -> int:
        return 0

    def _append(self, entry: bytes, now_ms: int) -> None:
        if not self._descriptor.is_ours():
            raise OSError("the service has closed the file, and may have opened another one")
        flock(self._file, LOCK_EX)
        try:
            size = os.fstat(self._file).st_size
            data = entry if size else self._header(now_ms) + entry
            try:
                written = os.write(self._file, data)
            except OSError:
                written = 0
            if written < len(data):
                self._take_back(size)
                raise OSError(f"wrote {written} of {len(data)} bytes")
        finally:
            flock(self._file, LOCK_UN)

    def _take_back(self, size: int) -> None:
        if os.fstat(self._file).st_size > size:
            os.ftruncate(self._file, size)

    def _header(self, now_ms: int) -> bytes:
        header = {"writer": self._writer, "written_at_ms": now_ms, "schema": SCHEMA}
        return FIRST_LINE + encode_delimited("CaptureEntry", {"header": header})
