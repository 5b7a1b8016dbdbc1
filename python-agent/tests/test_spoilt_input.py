"""
Whatever comes, it is read or refused in the way that is promised, soon.

Inputs are made of their numbers alone, so that a finding can be had again; HOGNOSE_FUZZ_INPUTS says
how many there are, HOGNOSE_FUZZ_FIRST with which they begin.
"""

from __future__ import annotations

import os
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from contract import Contract
from google.protobuf import proto

from hognose._capture import Capture
from hognose._encode import EncodingError, encode
from hognose._identity import masked
from hognose._outbox import Record
from hognose._redaction import Redaction
from hognose._resource import attribute
from hognose._settings import Settings, SettingsError, read_settings

INPUTS = int(os.environ.get("HOGNOSE_FUZZ_INPUTS", "2000"))
FIRST = int(os.environ.get("HOGNOSE_FUZZ_FIRST", "0"))

SECRET = "quidquid-latine"

# Of CPU, for one input.
LONGEST = 2.0

TELLING = [
    "", " ", "\0", "\n", "=", ",", ":", "/", "\\", "%", "%zz", "'", '"', "--", "-c", "\x1b[2J", "*", "[", "[!",
    "nan", "inf", "-1", "0", "1e999", "9" * 40, "10s", "1MB", "SIGUSR1", "\u2028", "\udcff", "größe", "😀",
    "file:/tmp/x", "kafka:9092", "localhost:9092,", "password", "token=", "http://u:p@h", "a" * 5000,
]  # fmt: skip
KEYS = [
    "SERVICE", "VERSION", "BOOTSTRAP_SERVERS", "INTERVAL", "SINK", "OUTBOX", "HIDE", "PATHS", "BLOCK", "KAFKA_ACKS",
    "KAFKA_", "NONSENSE", "ENABLED", "SIGNAL", "PROFILE", "TRACE",
]  # fmt: skip


@pytest.fixture(params=range(8))
def chances(request: pytest.FixtureRequest) -> Iterator[random.Random]:
    """An eighth of all inputs, each from a chance of its own."""
    count = INPUTS // 8
    first = FIRST + request.param * count
    return (random.Random(number) for number in range(first, first + count))


def text(chance: random.Random) -> str:
    return "".join(chance.choice(TELLING) for _ in range(chance.randrange(4)))


def soon(chance: random.Random, run: Callable[[], object], *refusals: type[Exception]) -> object:
    began = time.process_time()
    try:
        return run()
    except refusals:
        return None
    finally:
        took = time.process_time() - began
        assert took < LONGEST, f"{took:.1f} s of CPU for {chance.getstate()[1][:3]}"


def test_settings_are_read_or_refused(chances: Iterator[random.Random]) -> None:
    """Nothing but a setting's own complaint, which is one line."""
    seen: Counter[bool] = Counter()
    for chance in chances:
        environ = {f"HOGNOSE_{key}": text(chance) for key in chance.sample(KEYS, 2)}
        environ["HOGNOSE_SERVICE"] = chance.choice(["shop", "shop", text(chance)])
        environ["OTEL_RESOURCE_ATTRIBUTES"] = text(chance)
        read = soon(chance, lambda environ=environ: read_settings(environ), SettingsError)  # type: ignore[misc]
        seen[isinstance(read, Settings)] += 1
    assert seen[False]
    assert seen[True]


def test_resource_attributes_are_read(chances: Iterator[random.Random]) -> None:
    """Somebody else's variable: nothing in it is a mistake of ours."""
    for chance in chances:
        environ = {"OTEL_RESOURCE_ATTRIBUTES": f"service.name={text(chance)},{text(chance)}"}
        name = soon(chance, lambda environ=environ: attribute(environ, "service.name"))  # type: ignore[misc]
        assert isinstance(name, str)


def test_command_lines_are_masked(chances: Iterator[random.Random]) -> None:
    """A password's value never leaves, whatever stands around it; no word takes long."""
    for chance in chances:
        words = [text(chance) for _ in range(chance.randrange(5))]
        at = chance.randrange(len(words) + 1)
        words[at:at] = [f"--db-password={SECRET}"] if chance.random() < 0.5 else ["--token", SECRET]
        told = soon(chance, lambda words=words: masked(["python", "shop.py", *words]))  # type: ignore[misc]
        assert SECRET not in str(told), words


def test_hidden_names_leave_nowhere(chances: Iterator[random.Random]) -> None:
    """In frames, sites, counters, containers and command lines, beside anything else."""
    redaction = Redaction(["secretly", "/srv/hidden/*", "["], ["/srv/"])
    for chance in chances:
        files = ["/srv/secretly/a.py", "/srv/hidden/b.py", f"/srv/shop/{text(chance)}.py"]
        file = chance.choice(files)
        message = {
            "culprit": {
                "file": file,
                "line": 7,
                "function": "secretly" if file in files[:2] else "pay",
            },
            "counters": [
                {"name": "exception/secretly.Error", "site": f"{file}:9 in pay", "total": 2},
                {"name": text(chance), "site": text(chance), "total": 1},
            ],
            "retention": {
                "name": "secretly.TABLE",
                "entries": 5,
                "entry_types": "str -> secretly.Rate",
            },
            "loops": [
                {"name": text(chance), "tasks": [{"coroutine": "secretly.work", "count": 1}]}
            ],
            "command": f"python /srv/hidden/b.py secretly {text(chance)}",
        }
        told = soon(chance, lambda message=message: redaction.told(message))  # type: ignore[misc]
        assert "secretly" not in str(told), message
        assert "/srv/hidden" not in str(told), message


def test_messages_are_written_or_refused(
    chances: Iterator[random.Random], contract: Contract
) -> None:
    """What the agent writes, the reference implementation reads."""
    for chance in chances:
        fields = {"sequence": 1, **dict(_field(chance) for _ in range(3))}
        written = soon(chance, lambda fields=fields: encode("Sample", fields), EncodingError)  # type: ignore[misc]
        if isinstance(written, bytes):
            contract.read("Sample", written)


def _field(chance: random.Random) -> tuple[str, Any]:
    """Of the right shape, as the types demand, and of any value."""
    numbers = [
        chance.randrange(-(2**65), 2**65),
        0,
        1,
        -1,
        2**31,
        2**63,
        2**64,
        True,
        text(chance),
        None,
    ]
    reals = [*numbers, float("nan"), float("inf"), -0.0]
    fields: list[tuple[str, Any]] = [
        ("process", {"service": text(chance), "pid": chance.choice(numbers)}),
        ("at_ms", chance.choice(numbers)),
        ("threads", chance.choice(numbers)),
        ("cpu_user_seconds_total", chance.choice(reals)),
        ("version", chance.choice([text(chance), 7, b"\xff"])),
        ("loops", [{"name": text(chance), "kind": text(chance), "tasks": chance.choice(numbers)}]),
        ("counters", [{"name": text(chance), "site": text(chance), text(chance): 1}]),
        (text(chance), chance.choice(reals)),
    ]
    return chance.choice(fields)


def test_a_capture_is_whole_whatever_is_in_its_records(
    chances: Iterator[random.Random], contract: Contract, tmp_path: Path
) -> None:
    """Keys and values are bytes of any kind; each is there again."""
    path = tmp_path / "spoilt.capture"
    capture = Capture(path, "test", Counter())
    sent = []
    for chance in chances:
        key, value = chance.randbytes(20), chance.randbytes(chance.randrange(300))
        capture.send(Record("hognose.samples", key, value, 1))
        sent.append((key, value))
    capture.close(0)

    with BytesIO(path.read_bytes()) as file:
        assert file.readline() == b"hognose-capture 1\n"
        entry_class = type(contract.new("CaptureEntry"))
        read = iter(lambda: proto.parse_length_prefixed(entry_class, file), None)
        told = [(each.record.key, each.record.value) for each in read if each.HasField("record")]
    assert told == sent


def test_long_words_are_masked_soon() -> None:
    """A command line may hold a megabyte, and what only looks like a secret for most of its length."""
    for piece in ("'pass", "://", "?token", "&a;", "eyJ", "bearer ", '"', "key=", "sk-a"):
        word = piece * (200_000 // len(piece))
        began = time.process_time()
        masked(["python", "shop.py", word])
        assert time.process_time() - began < LONGEST, piece
