"""The contract, held by the files of proto/golden that Java is tested on as well."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from contract import (
    GOLDEN,
    Contract,
    golden_bytes,
    golden_capture,
    golden_json,
    golden_message,
    golden_names,
)

from hognose import _schema
from hognose._encode import encode

SAMPLES = [name for name in golden_names() if golden_message(name) == "v2.Sample"]
WRITTEN = [
    name for name in golden_names() if golden_message(name) in ("v1.Event", "v1.CaptureEntry")
]


@pytest.mark.parametrize("name", WRITTEN)
def test_the_encoder_writes_the_golden_bytes(name: str) -> None:
    """Our encoder's bytes are those of the official runtime."""
    message = golden_message(name).removeprefix("v1.")

    assert encode(message, from_json(message, golden_json(name))) == golden_bytes(name)


@pytest.mark.parametrize("name", SAMPLES)
def test_the_encoder_writes_a_sample_that_is_told_in_seconds(name: str) -> None:
    """What probes say, in the words of the first form, becomes the bytes of the second."""
    told = golden_json(f"v1{name}")
    del told["process"]

    assert encode("Sample", from_json("Sample", told)) == golden_bytes(name)


@pytest.mark.parametrize("name", SAMPLES)
def test_both_forms_of_a_sample_say_the_same(name: str, contract: Contract) -> None:
    """Nothing is lost but what the key says; figures in seconds are exact to the microsecond."""
    first = golden_json(f"v1{name}")
    key = "{service}/{host}/{pid}/{started_at_ms}".format(**first["process"])

    told = contract.told("hognose.samples", key.encode(), golden_bytes(name), int(first["at_ms"]))

    assert without_zeros(told) == without_zeros(first)


@pytest.mark.parametrize("name", golden_names())
def test_the_official_runtime_reads_the_golden_bytes(name: str, contract: Contract) -> None:
    """The bytes mean what the JSON beside them says."""
    assert contract.as_json(golden_message(name), golden_bytes(name)) == golden_json(name)


def test_the_golden_files_set_every_field(contract: Contract) -> None:
    """No field of the contract is without an example."""
    present: set[str] = set()
    for name in golden_names():
        present |= fields_set(contract.read(golden_message(name), golden_bytes(name)))

    written = ("v2.Sample", "v1.Sample", "v1.Event", "v1.CaptureEntry", "v1.Trend", "v1.Alert")
    wanted = set().union(*(fields_of(contract.new(name).DESCRIPTOR) for name in written))

    assert wanted - present == set()


def test_the_golden_capture_is_its_header_and_its_record(contract: Contract) -> None:
    """The capture file is the line, then entries preceded by their lengths."""
    assert (GOLDEN / "small.capture").read_bytes() == golden_capture(contract)


def without_zeros(told: Any) -> Any:
    """Zeros that may be left out are, in one form and not in the other."""
    if isinstance(told, list):
        return [without_zeros(each) for each in told]
    if not isinstance(told, dict):
        return told
    return {
        name: without_zeros(value)
        for name, value in told.items()
        if value not in (0, {}, []) or name in PRESENT
    }


# Zero is another thing than absence there.
PRESENT = {
    "cpu_limit_cores",
    "throttled_seconds_total",
    "cpu_pressure_seconds_total",
    "memory_pressure_seconds_total",
    "io_pressure_seconds_total",
    "open_fds",
    "children",
}


def fields_of(message: Any) -> set[str]:
    """The fields of a message and of those in it, as `Message.field`."""
    found: set[str] = set()
    for field in message.fields:
        found.add(f"{message.full_name}.{field.name}")
        if field.message_type is not None:
            found |= fields_of(field.message_type)
    return found


def fields_set(message: Any) -> set[str]:
    """The fields that a message and the messages in it set, as `Message.field`."""
    present: set[str] = set()
    name = message.DESCRIPTOR.full_name
    for field, value in message.ListFields():
        present.add(f"{name}.{field.name}")
        if field.message_type is not None:
            for inner in [value] if hasattr(value, "ListFields") else value:
                present |= fields_set(inner)
    return present


def from_json(message: str, value: dict[str, Any]) -> dict[str, Any]:
    """What the agent would hand to the encoder, out of protobuf JSON."""
    plain = {}
    known = told_fields(message)
    for name, member in value.items():
        _, kind, label, inner = known[name]
        is_list = label == "repeated" and kind != "histogram"
        many = member if is_list else [member]
        converted = [_from_json(kind, inner, each) for each in many]
        plain[name] = converted if is_list else converted[0]
    return plain


def told_fields(message: str) -> dict[str, tuple[int, str, str, str]]:
    """The fields of a message, and of those parts of it that are told beside them."""
    fields = {}
    for name, field in _schema.MESSAGES[message].items():
        fields.update(told_fields(field[3]) if field[2] == "part" else {name: field})
    return fields


def _from_json(kind: str, message: str, value: Any) -> Any:
    if kind == "message":
        return from_json(message, value)
    if kind == "histogram":
        return {**value, "counts": [int(count) for count in value.get("counts", [])]}
    if "int" in kind:
        return int(value)
    return base64.b64decode(value) if kind == "bytes" else value
