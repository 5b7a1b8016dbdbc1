"""
Write messages of the contract in protobuf's binary format, as the official runtimes do.

A message is a mapping with the names of `_figures` and `_happenings`; a field that is absent or
`None` is not written. Enum values are their names. Fields go out in the order of their numbers,
repeated numbers are packed, defaults are left out except in fields with explicit presence.

A sample begins with the number of its form. Its seconds are written as whole microseconds, and its
figures of one subject as a message of their own: hognose/v2/sample.proto says how.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from hognose import _schema

_Write = Callable[[bytearray, Any], None]

# How a part of a message is written, of all fields of which it takes its own: how many it took.
_WritePart = Callable[[bytearray, Mapping[str, Any]], int]

_VARINT, _FIXED64, _LENGTH = 0, 1, 2
_RANGES = {
    "int32": (-(2**31), 2**31 - 1),
    "int64": (-(2**63), 2**63 - 1),
    "uint32": (0, 2**32 - 1),
    "uint64": (0, 2**64 - 1),
}
_MICROS = 1e6

# Texts that are left out although they have presence: nearly all say the same.
_UNDERSTOOD = {
    "EventLoop.name": "MainThread",
    "EventLoop.kind": "asyncio",
    "ThreadCpu.name": "MainThread",
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
    if _write_fields(out, message, fields) != len(fields):
        _refuse_unknown(message, fields)


def _write_fields(out: bytearray, message: str, fields: Mapping[str, Any]) -> int:
    """Those of the message itself; returns how many there were."""
    written = 0
    for name, write, write_part in _writers(message):
        if write_part is not None:
            written += write_part(out, fields)
            continue
        value = fields.get(name)
        if value is not None:
            written += 1
            write(out, value)
    return written


def _refuse_unknown(message: str, fields: Mapping[str, Any]) -> None:
    known = list(_told(message))
    unknown = sorted(fields.keys() - set(known))
    if unknown:
        raise EncodingError(f"{message}.{unknown[0]}: expected one of {', '.join(known)}")


def _told(message: str) -> Iterable[str]:
    """The names of all fields that a message is told with."""
    for name, (_, _, label, type_name) in _schema.MESSAGES[message].items():
        if label == "part":
            yield from _told(type_name)
        elif label != "major":
            yield name


def _writers(message: str) -> list[tuple[str, _Write, _WritePart | None]]:
    """With their names, in the order of the numbers."""
    writers = _cache.get(message)
    if writers is None:
        fields = _schema.MESSAGES[message]
        writers = [
            (name, _writer(f"{message}.{name}", *field), _part_writer(*field))
            for name, field in fields.items()
        ]
        _cache[message] = writers
    return writers


_cache: dict[str, list[tuple[str, _Write, _WritePart | None]]] = {}


def _part_writer(number: int, _: str, label: str, type_name: str) -> _WritePart | None:
    if label == "major":
        return _major(number, int(type_name))
    return _part(number, type_name) if label == "part" else None


def _major(number: int, major: int) -> _WritePart:
    """What every message of a form begins with."""
    begin = _tag(number, _VARINT) + bytes([major])

    def write(out: bytearray, fields: Mapping[str, Any]) -> int:  # noqa: ARG001
        out += begin
        return 0

    return write


def _part(number: int, type_name: str) -> _WritePart:
    """A message of fields that are told beside the others; left out when it would be empty."""
    tag = _tag(number, _LENGTH)

    def write(out: bytearray, fields: Mapping[str, Any]) -> int:
        body = bytearray()
        written = _write_fields(body, type_name, fields)
        if body:
            out += tag
            _write_varint(out, len(body))
            out += body
        return written

    return write


def _writer(path: str, number: int, kind: str, label: str, type_name: str) -> _Write:
    if kind == "histogram":
        return _histogram(path, number)
    if kind == "micros" and label == "implicit":
        return _micros_unless_none(path, number)
    if path in _UNDERSTOOD:
        return _unless(_UNDERSTOOD[path], _tagged(path, number, kind, type_name))
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


def _unless(understood: str, write_tagged: _Write) -> _Write:
    def write(out: bytearray, value: Any) -> None:
        if value != understood:
            write_tagged(out, value)

    return write


def _micros_unless_none(path: str, number: int) -> _Write:
    """What is less than half a millionth is a default, too."""
    tag = _tag(number, _VARINT)

    def write(out: bytearray, value: Any) -> None:
        micros = _as_micros(path, value)
        if micros:
            out += tag
            _write_varint(out, micros)

    return write


def _histogram(path: str, number: int) -> _Write:
    """The sum in microseconds, then the counts."""
    tag, write_count = _tag(number, _LENGTH), _integer(path, "uint64")
    path_of_sum = f"{path}.sum_seconds"

    def write(out: bytearray, value: Any) -> None:
        if not value.keys() <= _HISTOGRAM:
            unknown = min(value.keys() - _HISTOGRAM)
            raise EncodingError(f"{path}.{unknown}: expected one of counts, sum_seconds")
        body = bytearray()
        _write_varint(body, _as_micros(path_of_sum, value.get("sum_seconds", 0.0)))
        for count in value.get("counts", ()):
            write_count(body, count)
        out += tag
        _write_varint(out, len(body))
        out += body

    return write


_HISTOGRAM = {"counts", "sum_seconds"}


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
    if kind == "micros":
        return _VARINT, lambda out, value: _write_varint(out, _as_micros(path, value))
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
        if 0 <= value <= 0x7F:
            out.append(value)
        else:
            _write_varint(out, value & 0xFFFFFFFFFFFFFFFF)

    return write


def _as_micros(path: str, value: Any) -> int:
    """Millionths, rounded: a total that does not fall does not fall either when it is rounded."""
    try:
        # A text times an integer would be a text.
        micros: int = round(value * _MICROS)
    except (TypeError, ValueError, OverflowError):
        raise EncodingError(f"{path}={value!r}: expected a number") from None
    if not 0 <= micros < 2**63:
        raise EncodingError(f"{path}={value!r}: expected 0 or more")
    return micros


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
