"""Scores verdicts of `hognose judge` on standard input against labels: precision, recall, false alarms, delay.

A label is a line of JSON with trace, process, leak, leak_start_ms, start_ms and end_ms; lines without leak are skipped.
An onset before the leak began is false, on a process as on its service; the delay is in minutes, from begin to onset.
"""

import json
import statistics
import sys
from collections import defaultdict
from pathlib import Path

DAY_MS = 86.4e6


def main() -> None:
    """Prints one line for processes and one for services."""
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
    tell("processes", cases)
    tell("services", [joined(each) for each in services.values()])


def joined(cases: list[tuple[float, list[int], int, int]]) -> tuple[float, list[int], int, int]:
    """A service leaks from its first leak on, and has the onsets of all its processes."""
    told = sorted(at for _, onsets, _, _ in cases for at in onsets)
    return min(c[0] for c in cases), told, min(c[2] for c in cases), max(c[3] for c in cases)


def tell(name: str, cases: list[tuple[float, list[int], int, int]]) -> None:
    """Prints the figures of cases."""
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
    print(
        f"{name}: {len(cases)}, {leaks} leak; precision {found / max(1, found + false):.3f},"
        f" recall {found / max(1, leaks):.3f}, false alarms a day {alarms / max(days, 1e-9):.4f},"
        f" median delay {statistics.median(delays) / 60_000 if delays else float('nan'):.0f} min"
    )


if __name__ == "__main__":
    main()
