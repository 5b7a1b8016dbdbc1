"""Load on a web service: as much as it bears, by wrk, and a steady rate, by a client of our own."""

from __future__ import annotations

import asyncio
import re
import subprocess
import time
from collections.abc import Sequence

_REQUEST = b"GET / HTTP/1.1\r\nHost: bench\r\n\r\n"
_LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)


def saturate(port: int, seconds: int, connections: int) -> int:
    """Requests that were answered."""
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", f"http://127.0.0.1:{port}/"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    answered = re.search(r"(\d+) requests in", said)
    if answered is None:
        raise RuntimeError(f"wrk said: {said}")
    return int(answered[1])


def latencies(
    ports: Sequence[int], rate: float, seconds: float, connections: int
) -> list[list[float]]:
    """
    Of each service at once: seconds from when a request was due to its answer.

    Open loop: a service that stands still is charged for all that was due meanwhile. What else the
    machine does at that time happens to all of them alike. They take turns, so that no request is
    due while the client still sends another one.
    """
    return asyncio.run(_drive_all(ports, rate, seconds, connections))


async def _drive_all(
    ports: Sequence[int], rate: float, seconds: float, connections: int
) -> list[list[float]]:
    start = time.perf_counter() + 0.1
    apart = 1 / rate / len(ports)
    return await asyncio.gather(
        *(
            _drive(port, start + number * apart, rate, int(rate * seconds), connections)
            for number, port in enumerate(ports)
        )
    )


async def _drive(
    port: int, start: float, rate: float, requests: int, connections: int
) -> list[float]:
    due: asyncio.Queue[float] = asyncio.Queue()
    took: list[float] = []
    workers = [asyncio.create_task(_ask(port, due, took)) for _ in range(connections)]
    for number in range(requests):
        at = start + number / rate
        await asyncio.sleep(max(0.0, at - time.perf_counter()))
        due.put_nowait(at)
    answered = asyncio.create_task(due.join())
    # A worker ends only by a failure.
    ended, _ = await asyncio.wait([answered, *workers], return_when=asyncio.FIRST_COMPLETED)
    for task in (answered, *workers):
        task.cancel()
    for task in ended:
        task.result()
    return took


async def _ask(port: int, due: asyncio.Queue[float], took: list[float]) -> None:
    while True:
        at = await due.get()
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(_REQUEST)
        head = await reader.readuntil(b"\r\n\r\n")
        length = _LENGTH.search(head)
        await reader.readexactly(int(length[1]) if length else 0)
        took.append(time.perf_counter() - at)
        writer.close()
        due.task_done()
