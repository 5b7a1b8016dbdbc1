"""What the agent wrote into a capture, read by the tables that it writes by."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hognose._schema import ENUMS, MESSAGES


def records(file: Path) -> Iterator[dict[str, Any]]:
    """Samples and events, in the order in which they were written."""
    data = file.read_bytes()
    at = data.index(b"\n") + 1
    while at < len(data):
        size, at = _varint(data, at)
        entry = decode("CaptureEntry", data[at : at + size])
        at += size
        if "record" in entry:
            topic, value = entry["record"]["topic"], entry["record"]["value"]
            yield decode({"hognose.samples": "Sample", "hognose.events": "Event"}[topic], value)


def decode(message: str, data: bytes) -> dict[str, Any]:
    """Fields by name; those that are absent are left out."""
    by_number = {field[0]: (name, *field[1:]) for name, field in MESSAGES[message].items()}
    told: dict[str, Any] = {}
    at = 0
    while at < len(data):
        tag, at = _varint(data, at)
        raw, at = _raw(data, at, tag & 7)
        name, kind, label, of = by_number[tag >> 3]
        for value in _values(kind, of, raw):
            if label == "repeated":
                told.setdefault(name, []).append(value)
            else:
                told[name] = value
    return told


def _raw(data: bytes, at: int, wire: int) -> tuple[int | bytes, int]:
    if wire == 0:
        return _varint(data, at)
    size, at = (8, at) if wire == 1 else _varint(data, at)
    return data[at : at + size], at + size


def _values(kind: str, of: str, raw: int | bytes) -> list[Any]:
    if isinstance(raw, int):
        return [_scalar(kind, of, raw)]
    if kind == "double":
        return [struct.unpack_from("<d", raw, at)[0] for at in range(0, len(raw), 8)]
    if kind == "message":
        return [decode(of, raw)]
    if kind in ("bytes", "string"):
        return [raw if kind == "bytes" else raw.decode()]
    packed, at = [], 0
    while at < len(raw):
        value, at = _varint(raw, at)
        packed.append(_scalar(kind, of, value))
    return packed


def _scalar(kind: str, of: str, value: int) -> Any:
    if kind == "enum":
        return next(name for name, number in ENUMS[of].items() if number == value)
    return bool(value) if kind == "bool" else value


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        if byte < 128:
            return value, at
        shift += 7
