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

WRITTEN = [name for name in golden_names() if golden_message(name) in _schema.MESSAGES]


@pytest.mark.parametrize("name", WRITTEN)
def test_the_encoder_writes_the_golden_bytes(name: str) -> None:
    """Our encoder's bytes are those of the official runtime."""
    message = golden_message(name)

    assert encode(message, from_json(message, golden_json(name))) == golden_bytes(name)


@pytest.mark.parametrize("name", golden_names())
def test_the_official_runtime_reads_the_golden_bytes(name: str, contract: Contract) -> None:
    """The bytes mean what the JSON beside them says."""
    assert contract.as_json(golden_message(name), golden_bytes(name)) == golden_json(name)


def test_the_golden_files_set_every_field(contract: Contract) -> None:
    """No field of the contract is without an example."""
    present: set[str] = set()
    for name in golden_names():
        present |= fields_set(contract.read(golden_message(name), golden_bytes(name)))

    missing = {
        f"{message}.{field}"
        for message, fields in _schema.MESSAGES.items()
        for field in fields
        if f"{message}.{field}" not in present
    }
    assert missing == set()
    for message in ("Trend", "Alert"):
        fields = {f"{message}.{field.name}" for field in contract.new(message).DESCRIPTOR.fields}
        assert fields <= present


def test_the_golden_capture_is_its_header_and_its_record(contract: Contract) -> None:
    """The capture file is the line, then entries preceded by their lengths."""
    assert (GOLDEN / "small.capture").read_bytes() == golden_capture(contract)


def fields_set(message: Any) -> set[str]:
    """The fields that a message and the messages in it set, as `Message.field`."""
    present: set[str] = set()
    name = message.DESCRIPTOR.full_name.removeprefix("hognose.v1.")
    for field, value in message.ListFields():
        present.add(f"{name}.{field.name}")
        if field.message_type is not None:
            for inner in [value] if hasattr(value, "ListFields") else value:
                present |= fields_set(inner)
    return present


def from_json(message: str, value: dict[str, Any]) -> dict[str, Any]:
    """What the agent would hand to the encoder, out of protobuf JSON."""
    plain = {}
    for name, member in value.items():
        _, kind, label, inner = _schema.MESSAGES[message][name]
        many = member if label == "repeated" else [member]
        converted = [_from_json(kind, inner, each) for each in many]
        plain[name] = converted if label == "repeated" else converted[0]
    return plain


def _from_json(kind: str, message: str, value: Any) -> Any:
    if kind == "message":
        return from_json(message, value)
    if "int" in kind:
        return int(value)
    return base64.b64decode(value) if kind == "bytes" else value
