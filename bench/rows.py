"""What the benchmarks tell, in one shape: a figure, ours, the limit on this machine, others in the same run."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field


@dataclass(frozen=True, slots=True)
class Row:
    """`at_most` or `at_least` is the bar; a row without one is told and not judged.

    `limit` is what nobody can pass here, such as a plain consumer; `peers` are by their names.
    """

    question: str
    ours: float
    unit: str
    limit: float | None = None
    peers: Mapping[str, float] = field(default_factory=dict)
    at_most: float | None = None
    at_least: float | None = None

    @property
    def ratio(self) -> float | None:
        """Ours to the limit, or else to the least of the others."""
        beside = self.limit if self.limit is not None else min(self.peers.values(), default=None)
        return self.ours / beside if beside else None

    @property
    def bar(self) -> str | None:
        if self.at_most is not None:
            return f"<= {self.at_most:g}"
        return f">= {self.at_least:g}" if self.at_least is not None else None

    @property
    def met(self) -> bool | None:
        if self.bar is None:
            return None
        return (
            self.ours <= self.at_most
            if self.at_most is not None
            else self.ours >= (self.at_least or 0)
        )

    def as_json(self) -> dict[str, object]:
        told = asdict(self)
        del told["at_most"], told["at_least"]
        return told | {"ratio": self.ratio, "bar": self.bar, "met": self.met}


def line(row: Mapping[str, object]) -> str:
    """A row as a line of the table; from its JSON, so that any program's rows make one."""
    met = {True: "met", False: "MISSED"}.get(row.get("met"), "")  # type: ignore[call-overload]
    peers = row.get("peers") or {}
    assert isinstance(peers, Mapping)
    beside = [f"{name} {_number(value)}" for name, value in peers.items()]
    if row.get("limit") is not None:
        beside.insert(0, f"limit {_number(row['limit'])}")
    if row.get("ratio") is not None:
        beside.append(f"ratio {_number(row['ratio'])}")
    bar = row.get("bar") or ""
    return (
        f"{row['question']!s:62}{_number(row['ours']):>10} {row['unit']!s:10}{bar!s:>10} {met:6}  {', '.join(beside)}"
    ).rstrip()


def _number(value: object) -> str:
    return f"{value:.4g}" if isinstance(value, int | float) else "-"


def tell(rows: Iterable[Row], as_json: bool) -> None:
    """To standard output: a table, or a list of rows."""
    told = [row.as_json() for row in rows]
    print(json.dumps(told, indent=1) if as_json else "\n".join(line(row) for row in told))
