"""
The warehouse: the slow service next door, which the shop must ask.

It stands for somebody else's program, so it runs as a process of its own that needs nothing
but the standard library, and ends when its standard input does: with the shop, however that ends.
"""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

ANSWERS_AFTER_SECONDS = 1.5
PATIENCE_SECONDS = 10.0

_BODY = b'{"mugs": 12}'
_ANSWER = (
    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n"
    b"Content-Length: %d\r\n\r\n%b" % (len(_BODY), _BODY)
)


@asynccontextmanager
async def running() -> AsyncIterator[str]:
    """
    Start a warehouse on a free port of 127.0.0.1; gives its address, host:port.

    Its starting takes too long for the loop.
    """
    process = await asyncio.to_thread(_started)
    try:
        yield await asyncio.to_thread(_address_of, process)
    finally:
        await asyncio.to_thread(process.communicate)


def _started() -> "subprocess.Popen[bytes]":
    """`-I -S`: without the shop's environment and site packages; and beyond a terminal's Ctrl-C."""
    return subprocess.Popen(
        [sys.executable, "-I", "-S", __file__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )


def _address_of(process: "subprocess.Popen[bytes]") -> str:
    assert process.stdout is not None
    address = process.stdout.readline().decode().strip()
    if not address:
        raise RuntimeError(f"the warehouse ended with code {process.wait()} instead of starting")
    return address


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"\r\n\r\n")
    await asyncio.sleep(ANSWERS_AFTER_SECONDS)
    writer.write(_ANSWER)
    await writer.drain()
    writer.close()


async def _serve() -> None:
    server = await asyncio.start_server(_answer, "127.0.0.1", 0)
    # At the end of standard input; there is nothing to put in order.
    asyncio.get_running_loop().add_reader(sys.stdin.fileno(), os._exit, 0)
    host, port = server.sockets[0].getsockname()
    print(f"{host}:{port}", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve())
