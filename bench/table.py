"""Runs benchmarks one after the other and tells what all of them found in one table.

./hognose bench [QUESTION...] [--json] [OPTION...]; options are handed on, so only those that all of them know.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from rows import line

HERE = Path(__file__).parent


def rows(question: str, options: list[str]) -> list[dict[str, object]]:
    """What one benchmark tells; a row that says so when it tells nothing that could be read."""
    ran = subprocess.run(
        ["./run", *options, "--json"], cwd=HERE / question, stdout=subprocess.PIPE, text=True
    )
    try:
        told = json.loads(ran.stdout[ran.stdout.index("[") :])
        return [in_shape(question, row) for row in told]
    except (ValueError, KeyError, TypeError, AttributeError):
        what = f"{question}: told no rows, exit code {ran.returncode}"
        return [{"question": what, "ours": None, "unit": ""}]


def in_shape(question: str, row: Mapping[str, object]) -> dict[str, object]:
    """`bench/agent` calls the same things by other names."""
    named = {
        "question": row.get("question", row.get("what")),
        "ours": row.get("ours", row.get("median")),
    }
    if named["question"] is None:
        raise KeyError("question")
    named["question"] = f"{question}: {named['question']}"
    named |= {"unit": row["unit"], "limit": row.get("limit"), "peers": row.get("peers") or {}}
    return named | {"ratio": row.get("ratio"), "bar": row.get("bar") or None, "met": row.get("met")}


def main(arguments: list[str]) -> None:
    questions = [each for each in arguments if not each.startswith("-")]
    options = [each for each in arguments if each.startswith("-") and each != "--json"]
    told = []
    for question in questions:
        print(f"bench: {question}", file=sys.stderr, flush=True)
        found = rows(question, options)
        told += found
        if "--json" not in arguments:
            print("\n".join(map(line, found)), flush=True)
    if "--json" in arguments:
        print(json.dumps(told, indent=1))


if __name__ == "__main__":
    main(sys.argv[1:])
