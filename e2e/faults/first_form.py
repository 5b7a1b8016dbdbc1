"""Samples of the contract's first form, as agents sent them before the second."""

from __future__ import annotations

from functools import cache
from typing import Any

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

from faults.programs import ROOT


def encode_first(fields: dict[str, Any]) -> bytes:
    """The bytes of a sample, by the words that probes use; its process is one of them."""
    written: bytes = _sample()(**fields).SerializeToString(deterministic=True)
    return written


@cache
def _sample() -> Any:
    files = descriptor_pb2.FileDescriptorSet.FromString(
        (ROOT / "proto" / "before" / "contract.desc").read_bytes()
    )
    pool = descriptor_pool.DescriptorPool()
    for file in files.file:
        pool.Add(file)
    return message_factory.GetMessageClass(pool.FindMessageTypeByName("hognose.v1.Sample"))
