"""
Read what a build under `./hognose test --fuzz` says, and end with one table of all decoders.

Each of them has said a line: `fuzz NAME inputs=N refused=N findings=N seconds=N seed=N`.  The seed
is the number of the first input, and an input is made of its number alone.
"""

from __future__ import annotations

import re
import sys

from progress import Progress

_ROW = re.compile(
    r"fuzz (?P<decoder>\S+) inputs=(?P<inputs>\d+) refused=(?P<refused>\d+)"
    r" findings=(?P<findings>\d+) seconds=(?P<seconds>\d+) seed=(?P<seed>\d+)"
)
# Said once a minute while a decoder is at it.
_STEP = re.compile(r"fuzzing (?P<decoder>\S+) (?P<done>\d+) of (?P<all>\d+)")
_HEADS = ("decoder", "inputs", "refused as intended", "findings", "seconds", "seed")


def main() -> int:
    rows: list[tuple[str, ...]] = []
    progress = Progress(sys.stderr)
    for line in sys.stdin:
        if row := _ROW.search(line):
            rows.append(row.groups())
            progress.make_room()
            print(f"{row['decoder']}: {row['inputs']} inputs", file=sys.stderr, flush=True)
        elif step := _STEP.search(line):
            progress.say(f"{step['decoder']}: {step['done']} of {step['all']} inputs so far")
        elif "ERROR" in line or "BUILD" in line or line.startswith(("FAILED", "E  ")):
            progress.make_room()
            print(line, end="", flush=True)
    progress.make_room()
    if not rows:
        return 1
    sums = [sum(int(row[at]) for row in rows) for at in range(1, 5)]
    for row in (_HEADS, *rows, ("all together", *map(str, sums), "")):
        print("{:22}{:>12}{:>20}{:>10}{:>9}{:>11}".format(*row))
    return 0


if __name__ == "__main__":
    sys.exit(main())
