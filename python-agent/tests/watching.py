"""Programs that watch their own loops, and what they say."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

# A program that watches itself: `told` are the blocks that have ended.
_PROGRAM = """
import asyncio, json, os, re, sys, threading, time
from contextlib import suppress
from hognose.probes.loops import Watchdog

told = []
watchdog = Watchdog(lambda block: told.append(block) if block["ended"] else None, 0.1, 0.25)
watchdog.start()

def run(main):
    if sys.argv[1] == "uvloop":
        import uvloop
        uvloop.run(main)
    else:
        asyncio.run(main)

async def busy(seconds):
    # Callbacks of 2 ms, with the network's turns in between.
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        done = time.thread_time() + 0.002
        while time.thread_time() < done: pass
        await asyncio.sleep(0.002)

async def beating():
    # However little of a processor a busy machine gives.
    for _ in range(200):
        await busy(0.1)
        if any(beats()): return

def watches():
    # How each loop is watched: by a Pulse, a Turnstile, or None where it is looked at.
    watched = watchdog._loops._watched if watchdog._loops else []
    return {each.name: type(each._self_watch.now).__name__ for each in watched}

def beats():
    return [how == "Pulse" for how in watches().values()]

async def settled(name="MainThread"):
    # However long it takes on a busy machine until the loop is left alone.
    for _ in range(300):
        await asyncio.sleep(0.1)
        if watches().get(name) == "Turnstile": return

def cpu_turns():
    for task in os.listdir("/proc/self/task"):
        if int(task) == watchdog._thread.native_id:
            return int(open(f"/proc/self/task/{task}/schedstat").read().split()[2])

def blocks():
    watchdog.stop(2.0)
    return [
        {"ms": b["duration_ms"], "cause": b["cause"], "in": (b["culprit"] or {}).get("function"),
         "loop": b["loop"], "late": b["stack_late"]}
        for b in told
    ]

def descriptors():
    # Timers that are open.
    found = []
    for each in os.listdir("/proc/self/fd"):
        # The one that lists the others is closed by now.
        with suppress(FileNotFoundError):
            if "timerfd" in os.readlink(f"/proc/self/fd/{each}"): found.append(int(each))
    return found

def say(**words):
    print(json.dumps(words), flush=True)
"""


def run(folder: Path, kind: str, source: str) -> list[dict[str, Any]]:
    """What the program says, a line each."""
    script = folder / "busy.py"
    script.write_text(_PROGRAM + textwrap.dedent(source), "utf-8")
    ended = subprocess.run(
        [sys.executable, "-W", "ignore::DeprecationWarning", str(script), kind],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    return [json.loads(line) for line in ended.stdout.splitlines()]


def planted(blocks: list[dict[str, Any]], function: str) -> dict[str, Any]:
    """
    The longest block in that function; a machine with too much to do has others besides.

    Blocks are planted with more than a second of their own doing, which is told on any machine.
    """
    found = [block for block in blocks if block["in"] == function]
    assert found, blocks
    return max(found, key=lambda block: int(block["ms"]))
