"""
Whatever comes, it is read or refused in the way that is promised, soon.

HOGNOSE_FUZZ_INPUTS says how many inputs there are together, HOGNOSE_FUZZ_FIRST from which seed on.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Mapping
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Any

from contract import Contract
from google.protobuf import proto
from hypothesis import strategies as st
from spoilt import LONGEST, messages, texts, tried

from hognose import _schema
from hognose._capture import Capture, capture_path, check_capture
from hognose._encode import encode
from hognose._encode_value import EncodingError
from hognose._identity import masked, worker_kind
from hognose._outbox import Record
from hognose._program import is_ours, is_spawned, is_uwsgi, only_forks, program
from hognose._redaction import Redaction, relative
from hognose._resource import attribute
from hognose._settings import _PARSERS, Settings, SettingsError, read_settings

SECRET = "quidquid-latine"

# What people put into an environment; whatever else comes is made of odd pieces.
_WELL = {
    "interval": "10s", "block_threshold": "100ms", "tracing": "off", "tracing_interval": "1h", "pause_budget": "5ms",
    "cpu_budget": "1%", "memory_limit": "256MiB", "outbox_bytes": "2MiB", "profile": "off", "sink": "file:/tmp/x",
    "profile_signal": "SIGUSR2", "hide": "billing,*/secret/*.py", "paths": "short", "bootstrap_servers": "kafka:9092",
}  # fmt: skip
_KEYS = st.one_of(
    st.sampled_from([*_PARSERS, "kafka_acks", "kafka_", "no_such", "intervall"]),
    st.text("abcdefghijklmnopqrstuvwxyz_", max_size=20),
)


@st.composite
def _environments(draw: st.DrawFn) -> dict[str, str]:
    # One in two has nothing odd but what is drawn below, so that many are read.
    names = draw(st.lists(st.sampled_from(sorted(_WELL)), max_size=4))
    environ = {f"HOGNOSE_{name.upper()}": _WELL[name] for name in names}
    environ["HOGNOSE_SERVICE"] = draw(st.one_of(st.just("shop"), texts))
    environ["OTEL_RESOURCE_ATTRIBUTES"] = draw(texts)
    if draw(st.booleans()):
        environ[f"HOGNOSE_{draw(_KEYS).upper()}"] = draw(texts)
    return environ


def test_settings_are_read_or_refused() -> None:
    """Nothing but a setting's own complaint; what is read lies within its bounds."""

    def read(environ: dict[str, str]) -> bool:
        try:
            made = read_settings(environ)
        except SettingsError:
            return False
        assert isinstance(made, Settings)
        assert made.service.strip()
        assert 0.1 <= made.interval <= 3600
        assert 0.02 <= made.block_threshold <= 3600
        assert 0.001 <= made.pause_budget <= 1
        assert 0 < made.cpu_budget <= 1
        assert made.outbox_bytes >= 128 * 2**10
        assert made.memory_limit is None or made.memory_limit > 0
        return True

    tried("settings", _environments(), read, 0.2)


def test_resource_attributes_are_read() -> None:
    """Somebody else's variable: nothing in it is a mistake of ours."""

    def read(parts: list[str]) -> bool:
        environ = {"OTEL_RESOURCE_ATTRIBUTES": f"service.name={','.join(parts)}"}
        return isinstance(attribute(environ, "service.name"), str)

    tried("resource", st.lists(texts, max_size=3), read, 0.1)


def test_a_file_to_write_to_can_be_or_is_refused(tmp_path: Path) -> None:
    """Any text may stand behind `file:`."""
    here = Path.cwd()
    os.chdir(tmp_path)

    def read(template: str) -> bool:
        try:
            check_capture(template)
        except SettingsError:
            return False
        Capture(capture_path(template, 1), "test", Counter()).close(0)
        return True

    try:
        # Nothing outside the folder: a path of slashes could be anybody's.
        tried("sink", texts.map(lambda text: text.replace("/", "-") or "x"), read, 0.1)
    finally:
        os.chdir(here)


# What tells a password, and where in a word it may stand.
_SECRETS: list[list[str]] = [
    [f"--db-password={SECRET}"],
    ["--token", SECRET],
    ["--api-key", SECRET],
    [f"postgres://shop:{SECRET}@db/shop"],
    [f"Authorization: Bearer {SECRET}"],
    [f"https://api.example.org/v1?page=2&access_token={SECRET}"],
    [f'{{"user": "shop", "password": "{SECRET}"}}'],
    [f"DB_PASSWORD={SECRET}"],
    [f"host=db password={SECRET} user=shop"],
    ["-H", f"X-Api-Key: {SECRET}"],
]


@st.composite
def _command_lines(draw: st.DrawFn) -> list[str]:
    words = draw(st.lists(texts, max_size=5))
    at = draw(st.integers(0, len(words)))
    words[at:at] = draw(st.sampled_from(_SECRETS))
    return words


def test_command_lines_are_masked() -> None:
    """A password's value never leaves, whatever stands around it; no command line is long."""

    def read(words: list[str]) -> bool:
        told = masked(["python", "shop.py", *words])
        assert SECRET not in told
        assert len(told) <= 4096
        return True

    tried("masking", _command_lines(), read, 0.15)


def test_any_command_line_is_some_program() -> None:
    """What a process runs is told before anything else of the agent is there to catch a mistake."""

    def read(words: list[str]) -> bool:
        assert all(isinstance(word, str) for word in program(words))
        environ = {"UVICORN_WORKERS": words[-1] if words else "", "WEB_CONCURRENCY": "2"}
        told = [only_forks(words, environ), is_spawned(words), is_uwsgi(words), is_ours(words)]
        assert all(isinstance(each, bool) for each in told)
        assert isinstance(worker_kind(words, Path("/nowhere"), environ), str)
        return True

    servers = ["python", "uvicorn", "--workers", "hypercorn", "-w", "celery", "worker", "--pool", "flask", "fastapi"]  # fmt: skip
    words = st.lists(st.one_of(st.sampled_from(servers), texts), max_size=6)
    tried("program", words, read, 0.1)


@st.composite
def _hidden(draw: st.DrawFn) -> dict[str, object]:
    files = ["/srv/secretly/a.py", "/srv/hidden/b.py", f"/srv/shop/{draw(texts)}.py"]
    file = draw(st.sampled_from(files))
    function = "secretly" if file in files[:2] else "pay"
    site = {"name": "exception/secretly.Error", "site": f"{file}:9 in pay", "total": 2}
    return {
        "culprit": {"file": file, "line": 7, "function": function},
        "counters": [site, {"name": draw(texts), "site": draw(texts), "total": 1}],
        "retention": {
            "name": "secretly.TABLE",
            "entries": 5,
            "entry_types": "str -> secretly.Rate",
        },
        "loops": [{"name": draw(texts), "tasks": [{"coroutine": "secretly.work", "count": 1}]}],
        "command": f"python /srv/hidden/b.py secretly {draw(texts)}",
    }


def test_hidden_names_leave_nowhere() -> None:
    """In frames, sites, counters, containers and command lines, beside anything else."""
    redaction = Redaction(["secretly", "/srv/hidden/*", "["], "short", lambda: ["/srv/"])

    def read(message: dict[str, object]) -> bool:
        told = str(redaction.told(message))
        assert "secretly" not in told
        assert "/srv/hidden" not in told
        return True

    tried("hiding", _hidden(), read, 0.1)


def test_paths_are_made_short_by_a_folder_they_lie_in() -> None:
    """Of any path and any folders; nothing but the folder is taken away."""

    def read(drawn: tuple[str, list[str]]) -> bool:
        file, roots = drawn
        short = relative(file, roots)
        assert file.endswith(short)
        assert short == file or file[: len(file) - len(short)] in roots
        return True

    tried("paths", st.tuples(texts, st.lists(texts, max_size=3)), read, 0.05)


def test_messages_are_written_as_the_official_runtime_does_or_refused(contract: Contract) -> None:
    """Every message of the contract: what was written is read there, and is written the same again."""

    def read(drawn: tuple[str, dict[str, object]]) -> bool:
        name, fields = drawn
        try:
            written = encode(name, fields)
        except EncodingError:
            return False
        again = contract.read(name, written)
        assert again.SerializeToString() == written or _chooses_twice(again.DESCRIPTOR, fields)
        return True

    whole = [name for name in sorted(_schema.MESSAGES) if _is_there(contract, name)]
    drawn = st.sampled_from(whole).flatmap(lambda name: st.tuples(st.just(name), messages(name)))
    tried("encoder", drawn, read, 0.15)


def _chooses_twice(descriptor: Any, fields: Mapping[str, Any]) -> bool:
    """Of a choice the official runtime keeps the last; the agent never tells two."""
    chosen = Counter(
        field.containing_oneof.name
        for name in fields
        if (field := descriptor.fields_by_name.get(name)) is not None
        and field.containing_oneof is not None
    )
    if any(number > 1 for number in chosen.values()):
        return True
    inner = [
        (descriptor.fields_by_name[name].message_type, part)
        for name, value in fields.items()
        # What a sample says in other units has another name there, and no choices.
        if name in descriptor.fields_by_name
        for part in (value if isinstance(value, list) else [value])
        if isinstance(part, dict)
    ]
    return any(_chooses_twice(kind, part) for kind, part in inner)


def _is_there(contract: Contract, name: str) -> bool:
    try:
        contract.new(name)
    except KeyError:
        return False
    return True


_RECORDS = st.builds(
    Record,
    st.sampled_from(["hognose.samples", "hognose.events"]),
    st.binary(max_size=40),
    st.binary(max_size=300),
    st.integers(0, 2**62),
)


def test_a_capture_is_whole_whatever_is_in_its_records(contract: Contract, tmp_path: Path) -> None:
    """Keys and values are bytes of any kind; each is there again."""
    numbers = count()
    entry_class = type(contract.new("CaptureEntry"))

    def read(records: list[Record]) -> bool:
        path = tmp_path / f"{next(numbers)}.capture"
        capture = Capture(path, "test", Counter())
        for record in records:
            capture.send(record)
        capture.close(0)
        with BytesIO(path.read_bytes()) as file:
            assert file.readline() == (b"hognose-capture 1\n" if records else b"")
            entries = list(iter(lambda: proto.parse_length_prefixed(entry_class, file), None))
        told = [each.record for each in entries if each.HasField("record")]
        assert [(each.topic, each.key, each.value, each.timestamp_ms) for each in told] == records
        path.unlink()
        return True

    tried("capture", st.lists(_RECORDS, max_size=4), read, 0.05)


def test_long_words_are_masked_soon() -> None:
    """A command line may hold a megabyte, and what only looks like a secret for most of its length."""
    for piece in (
        "'pass",
        "://",
        "?token",
        "&a;",
        "eyJ",
        "bearer ",
        '"',
        "key=",
        "sk-a",
        "key: ",
        "key =",
        " pass='",
        "x-key",
    ):
        # The longest that is looked through, and one that is masked unseen.
        for length in (1_000, 200_000):
            word = piece * (length // len(piece))
            began = time.process_time()
            masked(["python", "shop.py", word])
            assert time.process_time() - began < LONGEST, piece
