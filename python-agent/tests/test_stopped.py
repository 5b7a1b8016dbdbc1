"""A process that is stopped for a while, as by a debugger, `docker pause` or a frozen cgroup."""

from __future__ import annotations

import pytest
from service import READY, Service

STOPPED = (
    READY
    + """
import asyncio, subprocess

STOP = f"kill -STOP {os.getpid()}; sleep 1; kill -CONT {os.getpid()}"

async def main():
    stopping = await asyncio.create_subprocess_exec("sh", "-c", STOP)
    while stopping.returncode is None:
        await asyncio.sleep(%s)

asyncio.run(asyncio.sleep(0.5))
await_samples(2)
asyncio.run(main())
await_samples(open(os.environ["CAPTURE"], "rb").read().count(b"hognose.samples") + 2)
"""
)


@pytest.mark.parametrize("sleeps", [0.005, 0.3])
def test_nobody_waits_for_the_gil_in_a_stopped_process(service: Service, sleeps: float) -> None:
    """Nor is a block that it makes told as the service's."""
    service.write(STOPPED % sleeps)

    ended = service.run()

    assert (ended.returncode, ended.stderr) == (0, "")
    assert service.samples()[-1]["gil_wait_seconds"]["sum_seconds"] < 0.5
    causes = {
        block["cause"] for block in service.events("loop_block") if block["duration_ms"] > 700
    }
    assert causes <= {"STARVED"}
