"""Event loops of real processes that block, and what is told of them."""

from __future__ import annotations

import signal
import sys
from collections import Counter
from typing import Any

import pytest
from service import Service, lines

BLOCKING = """
import asyncio, sys, threading, time
KIND = sys.argv[1]

def run(main):
    if KIND == "uvloop":
        import uvloop
        uvloop.run(main)
    else:
        asyncio.run(main)

def blocking():
    time.sleep(0.4)  # sleeps

def busy():
    until = time.thread_time() + 0.4
    while time.thread_time() < until: pass  # computes

async def waiting():
    await asyncio.sleep(0.4)

async def pay():
    blocking()

async def main():
    # On a busy machine it takes a while until the loop is found.
    await asyncio.sleep(1.4)
    for handler in (pay, waiting):
        await asyncio.sleep(0.6)
        await asyncio.create_task(handler(), name="order-1")
    await asyncio.sleep(0.3)
    busy()
    await asyncio.sleep(0.3)

run(main())
"""


@pytest.mark.parametrize("kind", ["asyncio", "uvloop"])
def test_a_blocked_loop_is_told_with_line_task_and_cause(service: Service, kind: str) -> None:
    """While it lasts and when it ends; waiting in the right way is not told."""
    script = service.write(BLOCKING)

    service.run(sys.executable, script, kind)

    blocks = service.events("loop_block")
    # On a machine with too much to do the loop may be starved of the CPU in between.
    blocks = [block for block in blocks if "culprit" in block]
    ended = {block["culprit"]["function"]: block for block in blocks if block.get("ended")}
    assert ended.keys() == {"blocking", "busy"}
    sleeping, computing = ended["blocking"], ended["busy"]
    (sleeps,) = lines(BLOCKING, "# sleeps")
    assert sleeping["cause"] == "SYNC_SLEEP"
    assert sleeping["culprit"] == {"file": str(script), "line": sleeps, "function": "blocking"}
    assert (sleeping["task"], sleeping["coroutine"]) == ("order-1", "pay")
    assert sleeping["loop"] == "MainThread"
    assert 360 <= sleeping["duration_ms"] <= 520
    assert computing["cause"] in ("CPU", "STARVED")
    assert computing["culprit"]["line"] in lines(BLOCKING, "# computes")
    assert computing["split"]["cpu_ms"] >= 300
    # Each was also told before it had ended.
    assert all(n >= 2 for n in Counter(block["id"] for block in blocks).values())
    loop = service.samples()[-1]["loops"][0]
    assert (loop["name"], loop["kind"]) == ("MainThread", kind)
    assert loop["blocked_seconds_total"] >= 0.7
    assert sum(map(int, loop["lag_seconds"]["counts"])) >= 8


def ended_block(service: Service) -> dict[str, Any]:
    """The longest: on a machine with too much to do the loop is starved in between."""
    ended = [block for block in service.events("loop_block") if block.get("ended")]
    return max(ended, key=lambda block: int(block["duration_ms"]))


def test_a_service_that_is_installed_is_the_culprit_all_the_same(service: Service) -> None:
    """Not the library that it calls, and not the one that calls it."""
    packages = service.folder / "lib" / "site-packages"
    (packages / "shop").mkdir(parents=True)
    (packages / "shop" / "__init__.py").touch()
    handler = """
        import patience
        async def pay():
            patience.wait(0.4)  # culprit
        """
    script = service.write(handler, "lib/site-packages/shop/web.py")
    service.write("import time\ndef wait(s): time.sleep(s)\n", "lib/site-packages/patience.py")
    service.write(
        """
        import asyncio, importlib, sys
        async def serve(handle):
            await asyncio.sleep(0.6)
            await handle()
            await asyncio.sleep(0.3)
        module, _, name = sys.argv[1].partition(":")
        asyncio.run(serve(getattr(importlib.import_module(module), name)))
        """,
        "lib/site-packages/uvicorn.py",
    )

    command = (sys.executable, "-m", "uvicorn", "shop.web:pay")
    service.run(*command, settings={"PYTHONPATH": str(packages)})

    block = ended_block(service)
    (line,) = lines(handler, "# culprit")
    assert block["culprit"] == {"file": str(script), "line": line, "function": "pay"}
    assert block["cause"] == "SYNC_SLEEP"


@pytest.mark.parametrize("kind", ["asyncio", "uvloop"])
def test_a_block_is_told_although_c_code_keeps_the_gil(service: Service, kind: str) -> None:
    """The stack is the one after it, and the event says so; or there is none to show."""
    source = """
        import asyncio, importlib, re, sys
        async def main():
            await asyncio.sleep(2)
            re.match(r"(a+)+$", "a" * 24 + "b")  # backtracks
            await asyncio.sleep(0.3)
        importlib.import_module(sys.argv[1]).run(main())
        """
    script = service.write(source)

    service.run(sys.executable, script, kind)

    block = ended_block(service)
    assert block["cause"] in ("CPU", "STARVED")
    # On a busy machine the loop may be back at rest before the watchdog gets to run at all.
    if "stacks" in block:
        # One in time is of what came after, where the loop had to wait for a processor there.
        assert block.get("stack_late") or block["split"].get("runqueue_ms")
        assert block["culprit"]["file"] == str(script)
        assert block["culprit"]["line"] in lines(source, "# backtracks")


def test_a_block_that_does_not_end_is_told_as_far_as_it_came(service: Service) -> None:
    """A process that is stopped in the middle has said what it hung in."""
    service.write(
        """
        import asyncio, time
        async def main():
            await asyncio.sleep(0.5)
            print("ready", flush=True)
            time.sleep(60)
        asyncio.run(main())
        """
    )
    with service.start() as process:
        assert process.stdout is not None
        process.stdout.readline()
        with pytest.raises(Exception, match="timed out"):
            process.wait(timeout=0.5)
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=10)

    last = service.events("loop_block")[-1]
    assert not last.get("ended")
    assert last["cause"] == "SYNC_SLEEP"
    assert last["duration_ms"] >= 450
    assert "stopped" in service.published()[-1]
