"""
Write messages of the contract in protobuf's binary format, as the official runtimes do.

A message is a mapping with the proto's field names; a field that is absent or `None` is not
written. Enum values are their names. Fields go out in the order of their numbers, repeated numbers
are packed, defaults are left out except in fields with explicit presence.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from hognose import _schema

_Write = Callable[[bytearray, Any], None]

_VARINT, _FIXED64, _LENGTH = 0, 1, 2
_RANGES = {
    "int32": (-(2**31), 2**31 - 1),
    "int64": (-(2**63), 2**63 - 1),
    "uint32": (0, 2**32 - 1),
    "uint64": (0, 2**64 - 1),
}


class EncodingError(ValueError):
    """A message does not fit the contract: names the field, the value and what was expected."""


def encode(message: str, fields: Mapping[str, Any]) -> bytes:
    """
    The bytes of one message, named as in the proto ("Sample", "Started.Package").

    Raises `EncodingError` for a field that the message does not have and for a value out of its
    field's range.
    """
    out = bytearray()
    _write_message(out, message, fields)
    return bytes(out)


def encode_delimited(message: str, fields: Mapping[str, Any]) -> bytes:
    """The same, preceded by its length as a varint: an entry of a capture."""
    body = encode(message, fields)
    out = bytearray()
    _write_varint(out, len(body))
    return bytes(out + body)


def varint_size(value: int) -> int:
    """The bytes that a non-negative number takes on the wire."""
    return max(1, (value.bit_length() + 6) // 7)


def _write_message(out: bytearray, message: str, fields: Mapping[str, Any]) -> None:
    writers = _writers(message)
    written = 0
    for name, write in writers.items():
        value = fields.get(name)
        if value is not None:
            written += 1
            write(out, value)
    if written != len(fields):
        _refuse_unknown(message, fields, writers)


def _refuse_unknown(message: str, fields: Mapping[str, Any], known: Iterable[str]) -> None:
    unknown = sorted(fields.keys() - set(known))
    if unknown:
        raise EncodingError(f"{message}.{unknown[0]}: expected one of {', '.join(known)}")


def _writers(message: str) -> dict[str, _Write]:
    """By field name, in the order of the numbers."""
    writers = _cache.get(message)
    if writers is None:
        fields = _schema.MESSAGES[message]
        writers = {name: _writer(f"{message}.{name}", *field) for name, field in fields.items()}
        _cache[message] = writers
    return writers


_cache: dict[str, dict[str, _Write]] = {}


def _writer(path: str, number: int, kind: str, label: str, type_name: str) -> _Write:
    if label == "repeated" and kind not in ("message", "string", "bytes"):
        return _packed(number, _scalar(path, kind, type_name)[1])
    if kind == "message":
        write = _submessage(number, type_name)
    elif label == "implicit":
        write = _unless_default(_tagged(path, number, kind, type_name), _zero(type_name))
    else:
        write = _tagged(path, number, kind, type_name)
    return _each(write) if label == "repeated" else write


def _tagged(path: str, number: int, kind: str, type_name: str) -> _Write:
    wire_type, write_value = _scalar(path, kind, type_name)
    tag = _tag(number, wire_type)

    def write(out: bytearray, value: Any) -> None:
        out += tag
        write_value(out, value)

    return write


def _unless_default(write_tagged: _Write, zero: str) -> _Write:
    def write(out: bytearray, value: Any) -> None:
        # Negative zero is no default to the official runtimes either.
        if value != zero if value else str(value) == "-0.0":
            write_tagged(out, value)

    return write


def _zero(enum: str) -> str:
    """The name of an enum's default; empty, the default of a string, for what is no enum."""
    return next((name for name, number in _schema.ENUMS.get(enum, {}).items() if number == 0), "")


def _each(write_one: _Write) -> _Write:
    def write(out: bytearray, values: Any) -> None:
        for value in values:
            write_one(out, value)

    return write


def _packed(number: int, write_value: _Write) -> _Write:
    tag = _tag(number, _LENGTH)

    def write(out: bytearray, values: Any) -> None:
        body = bytearray()
        for value in values:
            write_value(body, value)
        if body:
            out += tag
            _write_varint(out, len(body))
            out += body

    return write


def _submessage(number: int, type_name: str) -> _Write:
    tag = _tag(number, _LENGTH)

    def write(out: bytearray, value: Any) -> None:
        body = bytearray()
        _write_message(body, type_name, value)
        out += tag
        _write_varint(out, len(body))
        out += body

    return write


def _scalar(path: str, kind: str, type_name: str) -> tuple[int, _Write]:
    """The wire type of a kind of field, and how its value is written."""
    if kind in _RANGES:
        return _VARINT, _integer(path, kind)
    if kind == "enum":
        return _VARINT, _enum(path, type_name)
    if kind == "bool":
        return _VARINT, lambda out, value: out.append(1 if value else 0)
    if kind == "double":
        return _FIXED64, _double(path)
    if kind in ("string", "bytes"):
        return _LENGTH, _text(path, kind)
    raise EncodingError(f"{path}: {kind} fields are not written by this encoder")


def _integer(path: str, kind: str) -> _Write:
    least, most = _RANGES[kind]

    def write(out: bytearray, value: Any) -> None:
        if type(value) is not int or not least <= value <= most:
            raise EncodingError(f"{path}={value!r}: expected an integer from {least} to {most}")
        _write_varint(out, value & 0xFFFFFFFFFFFFFFFF)

    return write


def _enum(path: str, type_name: str) -> _Write:
    numbers = _schema.ENUMS[type_name]

    def write(out: bytearray, value: Any) -> None:
        if value not in numbers:
            raise EncodingError(f"{path}={value!r}: expected one of {', '.join(numbers)}")
        _write_varint(out, numbers[value])

    return write


def _double(path: str) -> _Write:
    def write(out: bytearray, value: Any) -> None:
        try:
            out += struct.pack("<d", value)
        except (struct.error, OverflowError):
            raise EncodingError(f"{path}={value!r}: expected a number") from None

    return write


def _text(path: str, kind: str) -> _Write:
    expected = str if kind == "string" else bytes

    def write(out: bytearray, value: Any) -> None:
        if not isinstance(value, expected):
            raise EncodingError(f"{path}={value!r}: expected {expected.__name__}")
        # Paths may hold bytes that are no UTF-8; the contract's strings may not.
        data = value if isinstance(value, bytes) else value.encode("utf-8", "backslashreplace")
        _write_varint(out, len(data))
        out += data

    return write


def _tag(number: int, wire_type: int) -> bytes:
    out = bytearray()
    _write_varint(out, number << 3 | wire_type)
    return bytes(out)


def _write_varint(out: bytearray, value: int) -> None:
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
