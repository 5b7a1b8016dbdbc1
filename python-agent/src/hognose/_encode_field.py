"""
One field of a message in protobuf's binary format, tag and value, or nothing where it says nothing.

A number is packed where it is repeated, and a default is left out except in a field with explicit
presence. Histograms and times have a form of their own, which hognose/v2/sample.proto describes.
"""

from __future__ import annotations

from typing import Any

from hognose import _schema
from hognose._encode_value import (
    LENGTH,
    VARINT,
    EncodingError,
    Write,
    as_micros,
    integer,
    scalar,
    tag,
    write_varint,
)

# Texts that are left out although they have presence: nearly all say the same.
_UNDERSTOOD = {
    "EventLoop.name": "MainThread",
    "EventLoop.kind": "asyncio",
    "ThreadCpu.name": "MainThread",
}

_HISTOGRAM = {"counts", "sum_seconds"}


def field(path: str, number: int, kind: str, label: str, type_name: str) -> Write:
    """How a field that is no message is written; the arguments are those of `_schema.MESSAGES`."""
    if kind == "histogram":
        return _histogram(path, number)
    if kind == "micros" and label == "implicit":
        return _micros_unless_none(path, number)
    write = _tagged(path, number, kind, type_name)
    if path in _UNDERSTOOD:
        return _unless(_UNDERSTOOD[path], write)
    if label == "repeated":
        texts = kind in ("string", "bytes")
        return each(write) if texts else _packed(number, scalar(path, kind, type_name)[1])
    return _unless_default(write, _zero(type_name)) if label == "implicit" else write


def each(write_one: Write) -> Write:
    """A repeated field whose elements are not packed."""

    def write(out: bytearray, values: Any) -> None:
        for value in values:
            write_one(out, value)

    return write


def write_delimited(out: bytearray, begin: bytes, body: bytes | bytearray) -> None:
    """What has a length: a tag, or nothing, the length, the bytes."""
    out += begin
    write_varint(out, len(body))
    out += body


def _tagged(path: str, number: int, kind: str, type_name: str) -> Write:
    wire_type, write_value = scalar(path, kind, type_name)
    begin = tag(number, wire_type)

    def write(out: bytearray, value: Any) -> None:
        out += begin
        write_value(out, value)

    return write


def _unless_default(write_tagged: Write, zero: str) -> Write:
    def write(out: bytearray, value: Any) -> None:
        # Negative zero is no default to the official runtimes either.
        if value != zero if value else str(value) == "-0.0":
            write_tagged(out, value)

    return write


def _unless(understood: str, write_tagged: Write) -> Write:
    def write(out: bytearray, value: Any) -> None:
        if value != understood:
            write_tagged(out, value)

    return write


def _micros_unless_none(path: str, number: int) -> Write:
    """What is less than half a millionth is a default, too."""
    begin = tag(number, VARINT)

    def write(out: bytearray, value: Any) -> None:
        micros = as_micros(path, value)
        if micros:
            out += begin
            write_varint(out, micros)

    return write


def _histogram(path: str, number: int) -> Write:
    """The sum in microseconds, then the counts."""
    begin, write_count = tag(number, LENGTH), integer(path, "uint64")
    path_of_sum = f"{path}.sum_seconds"

    def write(out: bytearray, value: Any) -> None:
        if not value.keys() <= _HISTOGRAM:
            unknown = min(value.keys() - _HISTOGRAM)
            raise EncodingError(f"{path}.{unknown}: expected one of counts, sum_seconds")
        body = bytearray()
        write_varint(body, as_micros(path_of_sum, value.get("sum_seconds", 0.0)))
        for count in value.get("counts", ()):
            write_count(body, count)
        write_delimited(out, begin, body)

    return write


def _zero(enum: str) -> str:
    """The name of an enum's default; empty, the default of a string, for what is no enum."""
    return next((name for name, number in _schema.ENUMS.get(enum, {}).items() if number == 0), "")


def _packed(number: int, write_value: Write) -> Write:
    begin = tag(number, LENGTH)

    def write(out: bytearray, values: Any) -> None:
        body = bytearray()
        for value in values:
            write_value(body, value)
        if body:
            write_delimited(out, begin, body)

    return write
