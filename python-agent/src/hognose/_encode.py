"""
Write messages of the contract in protobuf's binary format, as the official runtimes do.

A message is a mapping with the names of `_figures` and `_happenings`; a field that is absent or
`None` is not written. Enum values are their names. Fields go out in the order of their numbers:
`_encode_field` writes one, `_encode_value` its value.

A sample begins with the number of its form. Its seconds are written as whole microseconds, and its
figures of one subject as a message of their own: hognose/v2/sample.proto says how.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from hognose import _schema
from hognose._encode_field import each, field, write_delimited
from hognose._encode_value import LENGTH, VARINT, EncodingError, Write, tag

# How a part of a message is written, of all fields of which it takes its own: how many it took.
_WritePart = Callable[[bytearray, Mapping[str, Any]], int]


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
    out = bytearray()
    write_delimited(out, b"", encode(message, fields))
    return bytes(out)


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


def _writers(message: str) -> list[tuple[str, Write, _WritePart | None]]:
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


_cache: dict[str, list[tuple[str, Write, _WritePart | None]]] = {}


def _part_writer(number: int, _: str, label: str, type_name: str) -> _WritePart | None:
    if label == "major":
        return _major(number, int(type_name))
    return _part(number, type_name) if label == "part" else None


def _major(number: int, major: int) -> _WritePart:
    """What every message of a form begins with."""
    begin = tag(number, VARINT) + bytes([major])

    def write(out: bytearray, fields: Mapping[str, Any]) -> int:  # noqa: ARG001
        out += begin
        return 0

    return write


def _part(number: int, type_name: str) -> _WritePart:
    """A message of fields that are told beside the others; left out when it would be empty."""
    begin = tag(number, LENGTH)

    def write(out: bytearray, fields: Mapping[str, Any]) -> int:
        body = bytearray()
        written = _write_fields(body, type_name, fields)
        if body:
            write_delimited(out, begin, body)
        return written

    return write


def _writer(path: str, number: int, kind: str, label: str, type_name: str) -> Write:
    if kind != "message":
        return field(path, number, kind, label, type_name)
    write = _submessage(number, type_name)
    return each(write) if label == "repeated" else write


def _submessage(number: int, type_name: str) -> Write:
    begin = tag(number, LENGTH)

    def write(out: bytearray, value: Any) -> None:
        body = bytearray()
        _write_message(body, type_name, value)
        write_delimited(out, begin, body)

    return write
