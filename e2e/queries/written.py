"""What dashboards and rules ask, as they are written, and with their variables filled in."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]

_NAME = re.compile(r"\b(?:hognose|python|process|kafka|jvm|service:python)_[a-z0-9_:]+")
_NOT_NAMES = re.compile(r"\{[^{}]*\}|\b(?:by|on|without|ignoring)\s*\([^()]*\)|\"[^\"]*\"")
_LABEL_VALUES = re.compile(r"label_values\((?P<match>.*), (?P<label>\w+)\)")


@dataclass(frozen=True, slots=True)
class Query:
    """One question; `name` is how a list of exceptions calls it, `exemplar` asks for these, too."""

    name: str
    expr: str
    exemplar: bool = False

    @property
    def metrics(self) -> frozenset[str]:
        """Names of the metrics in it."""
        return frozenset(_NAME.findall(_NOT_NAMES.sub("", self.expr)))


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable of a dashboard: the values that a label has in the series that match."""

    name: str
    label: str
    match: str


@dataclass(frozen=True, slots=True)
class Dashboard:
    title: str
    variables: tuple[Variable, ...]
    queries: tuple[Query, ...]


def dashboards() -> list[Dashboard]:
    """Those under grafana/dashboards."""
    files = sorted((ROOT / "grafana" / "dashboards").glob("*.json"))
    return [_dashboard(json.loads(file.read_text(encoding="utf-8"))) for file in files]


def with_values(expr: str, values: dict[str, list[str]]) -> str:
    """The query as a browser sends it to Grafana when all values of each variable are chosen."""
    for name, chosen in values.items():
        alternatives = "|".join(re.escape(each).replace("\\", "\\\\") for each in chosen)
        expr = re.sub(rf"\${name}\b", lambda _, text=alternatives: f"({text})", expr)
    return expr


def filled(expr: str, values: dict[str, list[str]], window_seconds: int) -> str:
    """The query as Grafana sends it to Prometheus then."""
    expr = with_values(expr, values)
    expr = expr.replace("$__rate_interval", "10s").replace("$__range", f"{window_seconds}s")
    if "$" in expr:
        raise ValueError(f"{expr}: expected no variable that nobody fills in")
    return expr


def _dashboard(written: dict[str, Any]) -> Dashboard:
    title = written["title"].removeprefix("Hognose / ")
    return Dashboard(title, tuple(variables_of(written)), tuple(_queries(title, written)))


def variables_of(written: dict[str, Any]) -> Iterator[Variable]:
    """Those of a dashboard that are filled with values of a label."""
    for each in written["templating"]["list"]:
        if each["type"] == "query":
            asked = _LABEL_VALUES.fullmatch(each["query"]["query"])
            if asked is None:
                raise ValueError(f"{written['title']}: ${each['name']}: expected label_values")
            yield Variable(each["name"], asked["label"], asked["match"])


def _queries(title: str, written: dict[str, Any]) -> Iterator[Query]:
    for panel in written["panels"]:
        for target in panel["targets"]:
            name = f"{title} / {panel['title']} / {target['legendFormat']}"
            yield Query(name, target["expr"], target.get("exemplar", False))
    for note in written["annotations"]["list"]:
        yield Query(f"{title} / annotation / {note['name']}", note["expr"])
