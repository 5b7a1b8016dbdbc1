"""SECURITY.md says of every text of the contract what it is, and nothing else leaves the process."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from contract import Contract
from google.protobuf.descriptor import Descriptor, FieldDescriptor
from service import Service

SECURITY = Path(__file__).parents[2] / "SECURITY.md"
_TEXTS = (FieldDescriptor.TYPE_STRING, FieldDescriptor.TYPE_BYTES)

SHOP = """
import asyncio, os, sys, time, warnings
os.environ["DB_PASSWORD"] = "planted-in-environment"

KEPT = {}

class RefusedError(Exception):
    pass

async def charge(card):
    secret = card + "-local"
    KEPT[secret] = "planted-in-a-value"
    try:
        raise RefusedError(secret, "planted-in-an-exception")
    except RefusedError:
        pass
    time.sleep(0.3)

async def main():
    for number in range(8):
        await charge(f"planted-argument-{number}")
        await asyncio.sleep(0.1)
    asyncio.get_running_loop().create_task(never_read(), name="a task")
    await asyncio.sleep(0.5)

async def never_read():
    raise RefusedError("planted-in-an-unread-exception")

asyncio.run(main())
"""


def test_every_text_of_the_contract_is_explained(contract: Contract) -> None:
    """A new field is told to whoever decides what may leave."""
    table = SECURITY.read_text("utf-8").partition("## What is trusted")[0]
    explained = set(re.findall(r"`([A-Z][A-Za-z.]*\.[a-z_]+)`", table))

    assert explained == {
        f"{_name(message)}.{field.name}"
        for message in messages(contract)
        for field in message.fields
        if field.type in _TEXTS
    }


def test_nothing_of_the_services_data_leaves(service: Service) -> None:
    """Arguments, locals, values, keys, messages of exceptions, the environment, a secret option."""
    service.write(SHOP)

    ran = service.run(
        *(sys.executable, "-m", "hognose", "shop.py", "--api-key", "planted-on-the-command-line"),
        settings={"HOGNOSE_TRACING": "continuous", "HOGNOSE_PROFILE": "continuous"},
    )

    assert ran.returncode == 0, ran.stderr
    told = service.published()
    assert any("loop_block" in record for record in told)
    assert [text for record in told for text in texts(record) if "planted" in text] == []
    assert b"planted" not in service.capture.read_bytes()
    assert "--api-key ***" in service.events("started")[0]["command"]


def messages(contract: Contract) -> Iterator[Descriptor]:
    """All that a record of an agent can be made of."""
    found: list[Descriptor] = []
    waiting = [contract.new(name).DESCRIPTOR for name in ("Sample", "Event")]
    while waiting:
        message = waiting.pop()
        if message not in found:
            found.append(message)
            waiting += [field.message_type for field in message.fields if field.message_type]
    yield from found


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from texts(each)


def _name(message: Descriptor) -> str:
    return re.sub(r"^hognose\.v\d\.", "", message.full_name)
