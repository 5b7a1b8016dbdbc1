"""Runs benchmarks one after the other, below this folder, and tells what all of them found in one table.

./hognose bench [NAME...] [--short] [--json]

Rows are told as soon as their benchmark has ended, so that those before it are there whatever becomes of the next one.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping

from rows import line


def rows(name: str, options: list[str]) -> list[dict[str, object]]:
    """What one benchmark tells; nothing when that cannot be read."""
    ran = subprocess.Popen(
        ["./run", *options, "--json"], cwd=name, stdout=subprocess.PIPE, text=True
    )
    try:
        told, _ = ran.communicate()
    except KeyboardInterrupt:
        # It was interrupted, too, and has programs to end.
        ran.communicate()
        raise
    try:
        return [in_shape(name, row) for row in json.loads(told[told.index("[") :])]
    except (ValueError, KeyError, TypeError, AttributeError):
        say(f"{name}: exit code {ran.returncode}, expected rows as JSON")
        return []


def in_shape(name: str, row: Mapping[str, object]) -> dict[str, object]:
    """`bench/agent` calls the same things by other names."""
    question = row["question"] if "question" in row else row["what"]
    shape = {
        "question": f"{name}: {question}",
        "ours": row.get("ours", row.get("median")),
        "unit": row["unit"],
        "limit": row.get("limit"),
        "peers": row.get("peers") or {},
    }
    return shape | {"ratio": row.get("ratio"), "bar": row.get("bar") or None, "met": row.get("met")}


def say(progress: str) -> None:
    print(f"bench: {progress}", file=sys.stderr, flush=True)


def told(names: list[str], options: list[str]) -> Iterator[list[dict[str, object]]]:
    """The rows of one after the other, and how far it is for whoever waits."""
    for number, name in enumerate(names, 1):
        say(f"{name}, {number} of {len(names)}, at a load of {os.getloadavg()[0]:.1f}")
        begin = time.monotonic()
        found = rows(name, options)
        yield found
        say(f"{name}: {len(found)} rows after {time.monotonic() - begin:.0f} s")


def table(of: Iterator[list[dict[str, object]]]) -> list[int]:
    """How many rows each had."""
    counts = []
    for found in of:
        counts.append(len(found))
        for row in found:
            print(line(row), flush=True)
    return counts


def listed(of: Iterator[list[dict[str, object]]]) -> list[int]:
    """As one JSON list, which is whole also when it ends too soon; how many rows each had."""
    counts = []
    before = "["
    try:
        for found in of:
            counts.append(len(found))
            for row in found:
                print(before, json.dumps(row), sep="", end="", flush=True)
                before = ",\n "
    finally:
        print("[]" if before == "[" else "]")
    return counts


def main(arguments: list[str]) -> int:
    names = [each for each in arguments if not each.startswith("-")]
    options = [each for each in arguments if each.startswith("-") and each != "--json"]
    tell = listed if "--json" in arguments else table
    # Whoever was started in the background ignores it, and could not be interrupted.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        counts = tell(told(names, options))
    except KeyboardInterrupt:
        return 130
    return 0 if all(counts) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
