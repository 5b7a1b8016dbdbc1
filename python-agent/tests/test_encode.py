from __future__ import annotations

import re
from typing import Any

import pytest
from contract import Contract

from hognose._encode import EncodingError, encode, encode_delimited


@pytest.mark.parametrize(
    ("message", "fields", "complaint"),
    [
        ("Process", {"servise": "shop"}, "Process.servise: expected one of service, host, pid, started_at_ms"),
        ("Sample", {"process": {"name": "x"}}, "Process.name: expected one of service, host, pid, started_at_ms"),
        ("Sample", {"threads": -1}, "Sample.threads=-1: expected an integer from 0 to 4294967295"),
        ("Sample", {"threads": 2.5}, "Sample.threads=2.5: expected an integer from 0 to 4294967295"),
        ("Sample", {"uss_bytes": 2**64}, "Sample.uss_bytes=18446744073709551616: expected an integer from 0 to"),
        ("Sample", {"version": 3}, "Sample.version=3: expected str"),
        ("Sample", {"cpu_user_seconds_total": "1"}, "Sample.cpu_user_seconds_total='1': expected a number"),
        ("LoopBlock", {"cause": "SLEEP"}, "LoopBlock.cause='SLEEP': expected one of CAUSE_UNSPECIFIED, SYNC_SLEEP"),
    ],
)  # fmt: skip
def test_what_does_not_fit_the_contract_is_refused_by_name(
    message: str, fields: dict[str, Any], complaint: str
) -> None:
    """An unknown field or a value out of range is an error that names it, never a silent loss."""
    with pytest.raises(EncodingError, match=f"^{re.escape(complaint)}"):
        encode(message, fields)


@pytest.mark.parametrize(
    ("message", "fields"),
    [
        ("Stopped", {"exit_code": -(2**31)}),
        ("Process", {"pid": 2**63 - 1, "started_at_ms": -1}),
        ("Histogram", {"counts": [0, 127, 128, 2**64 - 1], "sum_seconds": -0.0}),
        ("AgentFigures", {"cpu_seconds_total": float("inf"), "disabled_probes": ["", "größe"]}),
        ("LoopBlock", {"cause": "CAUSE_UNSPECIFIED", "ended": False, "split": {}}),
        ("Sample", {"uss_bytes": 0, "gc": {"generation": [{}, {"collected_total": 1}]}}),
        ("Process", {"service": None}),
    ],
)
def test_edge_values_are_written_as_the_official_runtime_writes_them(
    message: str, fields: dict[str, Any], contract: Contract
) -> None:
    """Negative numbers, both zeros, empty messages and explicit presence come out byte for byte."""
    data = encode(message, fields)

    assert contract.read(message, data).SerializeToString(deterministic=True) == data
    assert contract.new(message).__class__(**fields).SerializeToString() == data


def test_text_that_is_no_utf_8_is_escaped() -> None:
    """A file name with bytes of another encoding does not cost the event its stack."""
    assert encode("Frame", {"file": b"/srv/gr\xf6sse.py".decode("utf-8", "surrogateescape")}) == (
        b"\x0a\x13/srv/gr\\udcf6sse.py"
    )


def test_a_delimited_message_says_its_length_first() -> None:
    """A reader of a capture knows how much to take."""
    fields = {"service": "s" * 200}

    assert encode_delimited("Process", fields) == b"\xcb\x01" + encode("Process", fields)
