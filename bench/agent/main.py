"""
What the agent costs the process that it watches, and what it finds of planted blocks and leaks.

    ./hognose bench agent [--short] [--json] [--only PART...]

Everything is measured side by side in one run: without, with, with, without. The table has the
median, the spread and the bar of each figure.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

# Where ports are drawn, as in all tests.
sys.path.append(str(Path(__file__).resolve().parents[2] / "e2e"))

from blocking import blocking
from broker import broker, publishing_to
from cycling import cycling
from holding import holding
from idling import dormant, idling
from leaking import leaking
from peers import peers
from rows import HEADING, Row, as_json
from serving import Pace, serving


@dataclass(frozen=True, slots=True)
class Form:
    """How long and how often."""

    serving: Pace
    away: Pace
    hold_rounds: int
    hold_seconds: float
    idle_rounds: int
    idle_seconds: float
    cycles: int
    durations: tuple[float, ...]


# Nobody listens there.
NOWHERE = publishing_to("127.0.0.1:1")

# Twenty minutes, and two and a half. Of `away` only that the service does not feel it is asked.
_WHOLE = Form(Pace(6, 4), Pace(2, 4), 3, 5, 4, 20, 100_000, (0.05, 0.1, 0.25, 1, 5))
_SHORT = Form(Pace(1, 2), Pace(1, 1), 1, 1, 1, 6, 3_000, (0.05, 0.25))


def parts(form: Form, settings: dict[str, str]) -> dict[str, Callable[[], Iterator[Row]]]:
    return {
        "serving": lambda: serving(settings, form.serving),
        "away": lambda: serving(NOWHERE, form.away, ", broker away"),
        "idle": lambda: idling(settings, form.idle_rounds, form.idle_seconds),
        "dormant": lambda: dormant(2 * form.idle_rounds + 3),
        "memory": lambda: cycling(form.cycles),
        "gil": lambda: holding(settings, form.hold_rounds, form.hold_seconds),
        "peers": lambda: peers(settings, form.idle_rounds, form.idle_seconds),
        "blocks": lambda: blocking(form.durations),
        "leaks": leaking,
    }


def main() -> int:
    names = tuple(parts(_SHORT, {}))
    parser = argparse.ArgumentParser(
        prog="hognose bench agent", description=__doc__.splitlines()[1]
    )
    parser.add_argument(
        "--short", action="store_true", help="two minutes and a half; figures to look at"
    )
    parser.add_argument(
        "--json", action="store_true", help="the rows as JSON, in place of the table"
    )
    parser.add_argument(
        "--only", nargs="+", choices=names, default=names, metavar="PART", help=", ".join(names)
    )
    options = parser.parse_args()
    # The table is for whoever watches, also while the rows are for a file.
    table = sys.stderr if options.json else sys.stdout
    load = f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} CPUs"
    print(f"Python {sys.version.split()[0]}, {load}\n{HEADING}", file=table)
    rows = []
    with broker() as address:
        chosen = parts(_SHORT if options.short else _WHOLE, publishing_to(address))
        for name in options.only:
            for row in chosen[name]():
                rows.append(row)
                print(row, file=table, flush=True)
    if options.json:
        print(as_json(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
