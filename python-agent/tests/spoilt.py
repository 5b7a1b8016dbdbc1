"""Inputs that nobody would send, made by Hypothesis, and what may become of them."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from typing import TypeVar

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from hognose import _schema

# As ./hognose test --fuzz N asks for; the few of every day take some seconds together.
INPUTS = int(os.environ.get("HOGNOSE_FUZZ_INPUTS", "400"))
# The same seeds make the same inputs, with the same version of Hypothesis.
FIRST = int(os.environ.get("HOGNOSE_FUZZ_FIRST", "0"))

# Hypothesis remembers all that it has tried under one seed.
_UNDER_ONE_SEED = 2000

# Of CPU, for one input.
LONGEST = 2.0

Input = TypeVar("Input")

# What has led somebody astray before.
_TELLING = [
    "", " ", "\0", "\n", "=", ",", ":", "/", "\\", "%", "%zz", "'", '"', "--", "-c", "-m", "\x1b[2J", "*", "[", "[!",
    "nan", "inf", "-1", "0", "1e999", "9" * 40, "10s", "1MB", "SIGUSR1", "SIGKILL", "\u2028", "\udcff", "größe", "😀",
    "file:/tmp/x", "kafka:9092", "localhost:9092,", "password", "token=", "http://u:p@h", "a" * 5000, "{pid}", "..",
]  # fmt: skip

_ANY_CHARACTER = st.characters(exclude_categories=())

texts: st.SearchStrategy[str] = st.lists(
    st.one_of(st.sampled_from(_TELLING), st.text(_ANY_CHARACTER, max_size=8)), max_size=4
).map("".join)

_ODD_NUMBERS: st.SearchStrategy[object] = st.one_of(
    st.integers(-(2**65), 2**65),
    st.sampled_from([0, 1, -1, 2**31, 2**32, 2**63, 2**64, True, None]),
    st.floats(),
    texts,
)


_SECONDS = st.floats(0, 2**42)

_HISTOGRAMS = st.fixed_dictionaries(
    {},
    optional={
        "counts": st.lists(st.one_of(st.integers(0, 2**64 - 1), _ODD_NUMBERS), max_size=3),
        "sum_seconds": st.one_of(_SECONDS, _ODD_NUMBERS),
    },
)


def tried(
    name: str, inputs: st.SearchStrategy[Input], read: Callable[[Input], bool], share: float
) -> None:
    """
    Give `read` the share of all inputs that is its own; the first finding ends it, made small.

    `read` answers whether it could, and raises where something is wrong. A line of the table that
    `./hognose test --fuzz` ends with is printed.
    """
    count, refused, findings, began = 0, 0, 1, time.monotonic()

    def once(each: Input) -> None:
        nonlocal count, refused
        count += 1
        before = time.process_time()
        refused += not read(each)
        took = time.process_time() - before
        assert took < LONGEST, f"{took:.1f} s of CPU for one input"

    try:
        portions = _portions(round(INPUTS * share))
        for number, few in enumerate(portions):
            as_asked = settings(
                max_examples=few,
                deadline=None,
                database=None,
                suppress_health_check=list(HealthCheck),
            )
            seed(FIRST + number)(as_asked(given(inputs)(once)))()
            if number + 1 < len(portions):
                print(f"fuzzing agent-{name} {count} of {sum(portions)}", flush=True)
        findings = 0
    finally:
        print(
            f"fuzz agent-{name} inputs={count} refused={refused} findings={findings}"
            f" seconds={time.monotonic() - began:.0f} seed={FIRST}"
        )


def _portions(inputs: int) -> Sequence[int]:
    whole, rest = divmod(inputs, _UNDER_ONE_SEED)
    return [_UNDER_ONE_SEED] * whole + ([rest] if rest else [])


@st.composite
def messages(draw: st.DrawFn, name: str, depth: int = 3) -> dict[str, object]:
    """A message of the contract: of the right shape, with any values, now and then a field too many."""
    fields = _told(name)
    chosen = draw(st.lists(st.sampled_from(sorted(fields)), max_size=4, unique=True))
    message = {field: draw(_values(*fields[field], depth)) for field in chosen}
    if draw(st.integers(0, 9)) == 0:
        message[draw(texts)] = draw(_ODD_NUMBERS)
    return message


def _told(name: str) -> dict[str, tuple[str, str, str]]:
    """Kind, label and type of the fields that a message is told with, those of its parts too."""
    told: dict[str, tuple[str, str, str]] = {}
    for field, (_, kind, label, type_name) in _schema.MESSAGES[name].items():
        if label == "part":
            told |= _told(type_name)
        elif label != "major":
            told[field] = (kind, label, type_name)
    return told


def _values(kind: str, label: str, type_name: str, depth: int) -> st.SearchStrategy[object]:
    one = _one(kind, type_name, depth)
    # A histogram is told as one thing, and written as numbers.
    return st.lists(one, max_size=3) if label == "repeated" and kind != "histogram" else one


def _one(kind: str, type_name: str, depth: int) -> st.SearchStrategy[object]:
    if kind == "message":
        return messages(type_name, depth - 1) if depth else st.just({})
    if kind == "histogram":
        return _HISTOGRAMS
    if kind == "enum":
        return st.one_of(st.sampled_from(sorted(_schema.ENUMS[type_name])), texts)
    right: dict[str, st.SearchStrategy[object]] = {
        "string": texts,
        "bytes": st.binary(max_size=40),
        "bool": st.booleans(),
        "double": st.floats(),
        "micros": _SECONDS,
        "int32": st.integers(-(2**31), 2**31 - 1),
        "int64": st.integers(-(2**63), 2**63 - 1),
        "uint32": st.integers(0, 2**32 - 1),
        "uint64": st.integers(0, 2**64 - 1),
    }
    # One that does not fit is one of the message's finding; most are to be written.
    return st.integers(0, 19).flatmap(lambda at: _ODD_NUMBERS if at == 0 else right[kind])
