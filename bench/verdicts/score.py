"""Scores verdicts of `hognose judge` on standard input against labels: precision, recall, false alarms, delay.

A label is a line of JSON with trace, process, leak, leak_start_ms, start_ms and end_ms; lines without leak are skipped.
An onset before the leak began is false, on a process as on its service; the delay is in minutes, from begin to onset.
"""

from __future__ import annotations

import json
import statistics
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from rows import Row, tell  # noqa: E402

DAY_MS = 86.4e6


def main() -> None:
    """Rows for processes, and rows for services: LABELS [--json]."""
    lines = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
    labels = [label for label in map(json.loads, lines) if "leak" in label]
    onsets = {(v["trace"], v["process"]): v["leaks_ms"] for v in map(json.loads, sys.stdin)}
    cases = []
    services: dict[str, list[tuple[float, list[int], int, int]]] = defaultdict(list)
    for label in labels:
        begin = label["leak_start_ms"] if label["leak"] else float("inf")
        told = onsets.get((label["trace"], label.get("process", label["trace"])), [])
        case = (begin, told, label["start_ms"], label["end_ms"])
        cases.append(case)
        services[label["trace"]].append(case)
    of_services = [joined(each) for each in services.values()]
    tell([*rows("processes", cases), *rows("services", of_services)], "--json" in sys.argv[2:])


def joined(cases: list[tuple[float, list[int], int, int]]) -> tuple[float, list[int], int, int]:
    """A service leaks from its first leak on, and has the onsets of all its processes."""
    told = sorted(at for _, onsets, _, _ in cases for at in onsets)
    return min(c[0] for c in cases), told, min(c[2] for c in cases), max(c[3] for c in cases)


def rows(name: str, cases: list[tuple[float, list[int], int, int]]) -> Iterator[Row]:
    """The figures of cases; no delay where nothing was found."""
    false = sum(any(at < begin for at in told) for begin, told, _, _ in cases)
    alarms = sum(at < begin for begin, told, _, _ in cases for at in told)
    days = sum(min(begin, end) - start for begin, _, start, end in cases) / DAY_MS
    leaks = sum(begin < float("inf") for begin, _, _, _ in cases)
    delays = [
        min(late) - begin
        for begin, told, _, _ in cases
        if (late := [at for at in told if at >= begin])
    ]
    found = len(delays)
    of = f"of {len(cases)} {name}, {leaks} of which leak"
    yield Row(f"precision {of}", found / max(1, found + false), "")
    yield Row(f"recall {of}", found / max(1, leaks), "")
    yield Row(f"false alarms a day {of}", alarms / max(days, 1e-9), "1/d")
    if delays:
        yield Row(f"median delay {of}", statistics.median(delays) / 60_000, "min")


if __name__ == "__main__":
    main()
