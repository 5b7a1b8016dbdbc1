"""
One value of a message in protobuf's binary format, without the tag in front of it.

A value out of its field's range is an `EncodingError` that names the field by its path,
"Kernel.threads".
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import Any

from hognose import _schema

Write = Callable[[bytearray, Any], None]

VARINT, FIXED64, LENGTH = 0, 1, 2

_RANGES = {
    "int32": (-(2**31), 2**31 - 1),
    "int64": (-(2**63), 2**63 - 1),
    "uint32": (0, 2**32 - 1),
    "uint64": (0, 2**64 - 1),
}
_MICROS = 1e6


class EncodingError(ValueError):
    """A message does not fit the contract: names the field, the value and what was expected."""


def scalar(path: str, kind: str, type_name: str) -> tuple[int, Write]:
    """The wire type of a kind of field, and how its value is written."""
    if kind in _RANGES:
        return VARINT, integer(path, kind)
    if kind == "enum":
        return VARINT, _enum(path, type_name)
    if kind == "bool":
        return VARINT, lambda out, value: out.append(1 if value else 0)
    if kind == "micros":
        return VARINT, lambda out, value: write_varint(out, as_micros(path, value))
    if kind == "double":
        return FIXED64, _double(path)
    if kind in ("string", "bytes"):
        return LENGTH, _text(path, kind)
    raise EncodingError(f"{path}: {kind} fields are not written by this encoder")


def integer(path: str, kind: str) -> Write:
    least, most = _RANGES[kind]

    def write(out: bytearray, value: Any) -> None:
        if type(value) is not int or not least <= value <= most:
            raise EncodingError(f"{path}={value!r}: expected an integer from {least} to {most}")
        if 0 <= value <= 0x7F:
            out.append(value)
        else:
            write_varint(out, value & 0xFFFFFFFFFFFFFFFF)

    return write


def as_micros(path: str, value: Any) -> int:
    """Millionths, rounded: a total that does not fall does not fall either when it is rounded."""
    try:
        # A text times an integer would be a text.
        micros: int = round(value * _MICROS)
    except (TypeError, ValueError, OverflowError):
        raise EncodingError(f"{path}={value!r}: expected a number") from None
    if not 0 <= micros < 2**63:
        raise EncodingError(f"{path}={value!r}: expected 0 or more")
    return micros


def _enum(path: str, type_name: str) -> Write:
    numbers = _schema.ENUMS[type_name]

    def write(out: bytearray, value: Any) -> None:
        if value not in numbers:
            raise EncodingError(f"{path}={value!r}: expected one of {', '.join(numbers)}")
        write_varint(out, numbers[value])

    return write


def _double(path: str) -> Write:
    def write(out: bytearray, value: Any) -> None:
        try:
            out += struct.pack("<d", value)
        except (struct.error, OverflowError):
            raise EncodingError(f"{path}={value!r}: expected a number") from None

    return write


def _text(path: str, kind: str) -> Write:
    expected = str if kind == "string" else bytes

    def write(out: bytearray, value: Any) -> None:
        if not isinstance(value, expected):
            raise EncodingError(f"{path}={value!r}: expected {expected.__name__}")
        # Paths may hold bytes that are no UTF-8; the contract's strings may not.
        data = value if isinstance(value, bytes) else value.encode("utf-8", "backslashreplace")
        write_varint(out, len(data))
        out += data

    return write


def tag(number: int, wire_type: int) -> bytes:
    out = bytearray()
    write_varint(out, number << 3 | wire_type)
    return bytes(out)


def write_varint(out: bytearray, value: int) -> None:
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
