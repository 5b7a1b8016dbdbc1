"""What is measured, as rows with their bars."""

from __future__ import annotations

import json
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

_WIDTH = 62


@dataclass(frozen=True, slots=True)
class Bar:
    """`at_most` or `at_least`; what has neither is told and not judged."""

    at_most: float | None = None
    at_least: float | None = None

    def is_met(self, measured: float) -> bool:
        if self.at_most is not None and measured > self.at_most:
            return False
        return self.at_least is None or measured >= self.at_least

    def __str__(self) -> str:
        if self.at_most is not None:
            return f"<= {self.at_most:g}"
        return f">= {self.at_least:g}" if self.at_least is not None else ""


NO_BAR = Bar()


@dataclass(frozen=True, slots=True)
class Row:
    """The median of what was measured, the lowest and the highest, and how often."""

    what: str
    unit: str
    measured: Sequence[float]
    bar: Bar = NO_BAR
    note: str = ""

    @property
    def median(self) -> float:
        return statistics.median(self.measured) if self.measured else float("nan")

    @property
    def met(self) -> bool | None:
        """Nothing where there is no bar."""
        return None if self.bar == NO_BAR else bool(self.measured) and self.bar.is_met(self.median)

    def as_json(self) -> dict[str, Any]:
        return {
            "what": self.what,
            "unit": self.unit,
            "median": self.median,
            "lowest": min(self.measured, default=None),
            "highest": max(self.measured, default=None),
            "times": len(self.measured),
            "bar": str(self.bar),
            "met": self.met,
            "note": self.note,
        }

    def __str__(self) -> str:
        met = {True: "met", False: "MISSED", None: ""}[self.met]
        spread = f"{min(self.measured, default=0):.4g} to {max(self.measured, default=0):.4g}"
        figures = f"{self.median:>10.4g} {self.unit:10}{spread:>20}  {self.bar!s:>8} {met:6}"
        return f"{self.what:{_WIDTH}}{figures} {self.note}".rstrip()


HEADING = f"{'':{_WIDTH}}{'median':>10} {'':10}{'spread':>20}  {'bar':>8}"


def as_json(rows: Iterable[Row]) -> str:
    return json.dumps([row.as_json() for row in rows], indent=2)
