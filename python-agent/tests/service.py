"""Real services under the agent, and what they published into a capture."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from contract import Contract
from google.protobuf import proto

# No service here should take longer, whatever the machine.
DEADLINE = 30.0


# What a program does until its first sample is in the capture.
READY = """\
import os, sys, time
def await_samples(count=1):
    while not os.path.exists(os.environ["CAPTURE"]) or (
        open(os.environ["CAPTURE"], "rb").read().count(b"hognose.samples") < count
    ):
        time.sleep(0.01)
"""


class Service:
    """A program in a folder of its own; its capture is beside it."""

    def __init__(self, folder: Path, contract: Contract) -> None:
        self.folder = folder
        self.capture = folder / "shop.capture"
        self._contract = contract

    def write(self, source: str, name: str = "shop.py") -> Path:
        """Save a program; answers its path."""
        path = self.folder / name
        path.write_text(textwrap.dedent(source), "utf-8")
        return path

    def environment(self, settings: Mapping[str, str]) -> dict[str, str]:
        """This process's, with the agent's settings: a capture, and samples four times a second."""
        plain = {k: v for k, v in os.environ.items() if not k.startswith("HOGNOSE_")}
        ours = {
            "HOGNOSE_SERVICE": "shop",
            "HOGNOSE_SINK": f"file:{self.capture}",
            "HOGNOSE_INTERVAL": "250ms",
            "CAPTURE": str(self.capture),
        }
        return {**plain, **ours, **settings}

    def run(
        self, *command: str | Path, settings: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run to the end, by default as `python shop.py`; what it wrote is in the answer."""
        return subprocess.run(
            [str(each) for each in command] or [sys.executable, str(self.folder / "shop.py")],
            cwd=self.folder,
            env=self.environment(settings or {}),
            capture_output=True,
            text=True,
            timeout=DEADLINE,
            check=False,
        )

    def start(
        self, settings: Mapping[str, str] | None = None, *arguments: str
    ) -> subprocess.Popen[str]:
        """Start `python shop.py`; the caller ends it."""
        return subprocess.Popen(
            [sys.executable, str(self.folder / "shop.py"), *arguments],
            cwd=self.folder,
            env=self.environment(settings or {}),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def published(self) -> list[dict[str, Any]]:
        """Samples and events in the order of the file, as protobuf JSON."""
        with BytesIO(self.capture.read_bytes()) as file:
            assert file.readline() == b"hognose-capture 1\n"
            entries = []
            entry_class = type(self._contract.new("CaptureEntry"))
            while (entry := proto.parse_length_prefixed(entry_class, file)) is not None:
                entries.append(entry)
        assert entries[0].HasField("header")
        return [_told(self._contract, entry.record) for entry in entries[1:]]

    def events(self, kind: str) -> list[Any]:
        return [record[kind] for record in self.published() if kind in record]

    def samples(self) -> list[dict[str, Any]]:
        return [record for record in self.published() if "rss_bytes" in record]


def one_process(records: list[dict[str, Any]]) -> list[int]:
    """The sequence numbers of records that are all of one process."""
    assert len({json.dumps(record["process"]) for record in records}) == 1
    return [int(record["sequence"]) for record in records]


def by_pid(records: list[dict[str, Any]]) -> dict[int, list[dict[str, Any]]]:
    pids: dict[int, list[dict[str, Any]]] = {}
    for record in records:
        pids.setdefault(int(record["process"]["pid"]), []).append(record)
    return pids


def lines(source: str, marker: str) -> Sequence[int]:
    """The numbers of a program's lines that hold the marker, counted from 1."""
    text = textwrap.dedent(source).splitlines()
    return [number for number, line in enumerate(text, 1) if marker in line]


def _told(contract: Contract, record: Any) -> dict[str, Any]:
    return contract.told(record.topic, record.key, record.value, record.timestamp_ms)
