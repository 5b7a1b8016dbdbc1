"""
What the agent costs an idle asyncio process: CPU, memory, import and start.

    python bench/agent/idle.py [--rounds N] [--seconds S] [--json FILE]

Run with an interpreter that has the agent installed. Each round runs the same program without and
with it, one after the other; the table has the medians. Records go to a file, so that what
librdkafka's own threads cost is left out.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

# The agent searches for loops more often while a process is young, for five seconds.
WARM_UP = 6.0

PROGRAM = """
import asyncio, json, os, sys, threading, time

def spent():
    names = {thread.native_id: thread.name for thread in threading.enumerate()}
    threads = {}
    for thread in os.listdir("/proc/self/task"):
        with open(f"/proc/self/task/{thread}/schedstat") as file:
            cpu, _, turns = file.read().split()
        threads[names.get(int(thread), "not Python's")] = (int(cpu) / 1e9, int(turns))
    return threads

def uss():
    with open("/proc/self/smaps_rollup") as file:
        kept = (line.split() for line in file if line.startswith("Private_"))
        return sum(int(words[1]) for words in kept) * 1024

async def idle(warm_up, seconds):
    await asyncio.sleep(warm_up)
    before = spent()
    await asyncio.sleep(seconds)
    return {
        name: [now - then for now, then in zip(figures, before.get(name, (0, 0)))]
        for name, figures in spent().items()
    }

before = time.perf_counter()
if sys.argv[1] == "with":
    import hognose
    hognose.start(service="idle")
started = time.perf_counter() - before
threads = asyncio.run(idle(float(sys.argv[2]), float(sys.argv[3])))
print(json.dumps({"threads": threads, "uss_bytes": uss(), "start_seconds": started}))
"""


def measured(arm: str, seconds: float, folder: str) -> dict[str, float]:
    """One run: percent of a core, MiB, and milliseconds to import and start."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("HOGNOSE_")}
    # The program starts the agent itself, so that the start can be timed.
    environment["HOGNOSE_SINK"] = f"file:{folder}/idle.capture"
    ended = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", PROGRAM, arm, str(WARM_UP), str(seconds)],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    told = json.loads(ended.stdout)
    cpu = {name: 100 * spent / seconds for name, (spent, _) in told["threads"].items()}
    turns = {name: turns / seconds for name, (_, turns) in told["threads"].items()}
    return {
        "% of a core": sum(cpu.values()),
        **{f"% of a core, {name}": spent for name, spent in cpu.items()},
        "turns on a CPU a second": sum(turns.values()),
        **{f"turns a second, {name}": each for name, each in turns.items()},
        "USS, MiB": told["uss_bytes"] / 2**20,
        "import and start, ms": told["start_seconds"] * 1000,
    }


def compared(rounds: int, seconds: float) -> dict[str, dict[str, float]]:
    """The medians of both arms and their difference, by figure."""
    runs: dict[str, list[dict[str, float]]] = {"without": [], "with": []}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(rounds):
            for arm, told in runs.items():
                told.append(measured(arm, seconds, folder))
    table = {}
    for figure in dict.fromkeys(name for run in runs["with"] for name in run):
        without, with_agent = (
            statistics.median(run.get(figure, 0.0) for run in told) for told in runs.values()
        )
        table[figure] = {
            "without": without,
            "with": with_agent,
            "difference": with_agent - without,
        }
    return table


def main() -> None:
    parser = argparse.ArgumentParser(description="What the agent costs an idle process.")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--json", type=Path, help="write the figures there, too")
    options = parser.parse_args()
    table = compared(options.rounds, options.seconds)
    print(f"{'':32}{'without':>10}{'with':>10}{'difference':>12}")
    for figure, row in table.items():
        print(
            f"{figure:32}" + f"{row['without']:10.3f}{row['with']:10.3f}{row['difference']:12.3f}"
        )
    if options.json:
        options.json.write_text(json.dumps(table, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
