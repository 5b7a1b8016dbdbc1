from __future__ import annotations

import random
import re
from itertools import accumulate
from typing import Any

import pytest
from contract import Contract

from hognose._encode import encode, encode_delimited
from hognose._encode_value import EncodingError, as_micros


@pytest.mark.parametrize(
    ("message", "fields", "complaint"),
    [
        ("Process", {"servise": "shop"}, "Process.servise: expected one of service, host, pid, started_at_ms"),
        ("Event", {"process": {"name": "x"}}, "Process.name: expected one of service, host, pid, started_at_ms"),
        ("Sample", {"process": {"service": "x"}}, "Sample.process: expected one of sequence, at_ms, interval_ms"),
        ("Sample", {"schema": 2}, "Sample.schema: expected one of sequence, at_ms, interval_ms"),
        ("Sample", {"memory": {}}, "Sample.memory: expected one of sequence, at_ms, interval_ms"),
        ("Sample", {"threads": -1}, "Kernel.threads=-1: expected an integer from 0 to 4294967295"),
        ("Sample", {"threads": 2.5}, "Kernel.threads=2.5: expected an integer from 0 to 4294967295"),
        ("Sample", {"uss_bytes": 2**64}, "Memory.uss_bytes=18446744073709551616: expected an integer from 0 to"),
        ("Sample", {"version": 3}, "Sample.version=3: expected str"),
        ("Sample", {"cpu_user_seconds_total": "1"}, "Sample.cpu_user_seconds_total='1': expected a number"),
        ("Sample", {"cpu_user_seconds_total": float("nan")}, "Sample.cpu_user_seconds_total=nan: expected a number"),
        ("Sample", {"cpu_limit_cores": float("inf")}, "Container.cpu_limit_cores=inf: expected a number"),
        ("Sample", {"cpu_limit_cores": -1e-6}, "Container.cpu_limit_cores=-1e-06: expected 0 or more"),
        ("Sample", {"throttled_seconds_total": 1e13}, "Container.throttled_seconds_total=10000000000000.0: expected"),
        ("Sample", {"gil_wait_seconds": {"sum_seconds": -1.0}}, "Sample.gil_wait_seconds.sum_seconds=-1.0: expected 0"),
        ("Sample", {"gil_wait_seconds": {"counts": [-1]}}, "Sample.gil_wait_seconds=-1: expected an integer from 0"),
        ("Sample", {"gil_wait_seconds": {"count": [1]}}, "Sample.gil_wait_seconds.count: expected one of counts, sum_"),
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
        ("AllocationGrowth", {"pause_ms": -0.0, "predicted_pause_ms": float("inf")}),
        ("LoopBlock", {"cause": "CAUSE_UNSPECIFIED", "ended": False, "split": {}}),
        ("GarbageCollector", {"generation": [{}, {"collected_total": 1}]}),
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


@pytest.mark.parametrize(
    ("fields", "form"),
    [
        ({}, {}),
        ({"uss_bytes": 0}, {"memory": {"uss_bytes": 0}}),
        ({"rss_bytes": 0}, {}),
        ({"children": {}, "threads": 3}, {"kernel": {"children": {}, "threads": 3}}),
        ({"cpu_user_seconds_total": 4.9e-7}, {}),
        ({"cpu_user_seconds_total": 1}, {"cpu_user_us_total": 1_000_000}),
        ({"throttled_seconds_total": 0.0}, {"container": {"throttled_us_total": 0}}),
        ({"cpu_limit_cores": 1 / 3}, {"container": {"cpu_limit_microcores": 333_333}}),
        ({"gil_wait_seconds": {}}, {"gil_wait_us": [0]}),
        (
            {"gil_wait_seconds": {"counts": [0, 127, 128, 2**64 - 1], "sum_seconds": 0.7}},
            {"gil_wait_us": [700_000, 0, 127, 128, 2**64 - 1]},
        ),
        (
            {"loops": [{"name": "MainThread", "kind": "asyncio"}, {"name": "", "kind": "uvloop"}]},
            {"loops": [{}, {"name": "", "kind": "uvloop"}]},
        ),
        ({"thread_cpu": [{"name": "MainThread"}]}, {"thread_cpu": [{}]}),
        ({"agent": {"disabled_probes": ["", "größe"]}}, {"agent": {"disabled_probes": ["", "größe"]}}),
    ],
)  # fmt: skip
def test_a_sample_has_the_form_that_the_contract_gives_it(
    fields: dict[str, Any], form: dict[str, Any], contract: Contract
) -> None:
    """Its major first, seconds as microseconds, parts as messages, what is understood left out."""
    assert encode("Sample", fields) == (
        contract.new("v2.Sample").__class__(schema=2, **form).SerializeToString(deterministic=True)
    )


@pytest.mark.parametrize("seed", range(20))
def test_totals_that_do_not_fall_do_not_fall_in_microseconds(seed: int) -> None:
    """Whatever small steps a total takes, a reader sees no counter run backwards."""
    chance = random.Random(seed)
    totals = list(accumulate(chance.expovariate(1e6) for _ in range(1000)))

    written = [as_micros("total", total) for total in totals]

    assert written == sorted(written)
    assert all(
        abs(micros / 1e6 - total) < 5.1e-7 for micros, total in zip(written, totals, strict=True)
    )


def test_text_that_is_no_utf_8_is_escaped() -> None:
    """A file name with bytes of another encoding does not cost the event its stack."""
    assert encode("Frame", {"file": b"/srv/gr\xf6sse.py".decode("utf-8", "surrogateescape")}) == (
        b"\x0a\x13/srv/gr\\udcf6sse.py"
    )


def test_a_delimited_message_says_its_length_first() -> None:
    """A reader of a capture knows how much to take."""
    fields = {"service": "s" * 200}

    assert encode_delimited("Process", fields) == b"\xcb\x01" + encode("Process", fields)
