"""What Grafana has loaded, and what each panel and annotation of it is answered."""

from __future__ import annotations

import json
import time
import urllib.parse
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from queries.written import ROOT, Query, variables_of, with_values

from grafana.server import PAGE, Grafana

SOURCE = "hognose-prometheus"

#: The label of exemplars that the data source makes a link of.
EXEMPLAR = "alert"

#: Of a panel of some width on an hour: what `$__rate_interval` is made of.
INTERVAL_MS = 15_000
POINTS = 1000

Json = Any


@dataclass(frozen=True, slots=True)
class Answer:
    """To one query: how many rows came back, and of exemplars, or what was said instead."""

    query: Query
    rows: int
    exemplars: int
    error: str
    notices: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        return self.rows > 0 and (self.exemplars > 0 or not self.query.exemplar)


@dataclass(frozen=True, slots=True)
class Window:
    """Seconds since the epoch."""

    since: float
    until: float

    @property
    def asked(self) -> dict[str, str]:
        return {"from": str(int(self.since * 1000)), "to": str(int(self.until * 1000))}


def loaded(grafana: Grafana) -> tuple[list[Json], list[str]]:
    """The dashboards as it has them, and what is not as it should be."""
    files = sorted((ROOT / "grafana" / "dashboards").glob("*.json"))
    written = [json.loads(file.read_text(encoding="utf-8")) for file in files]
    listed = {each["uid"] for each in grafana.get("/api/search?type=dash-db")}
    wrong = [
        f"{uid}: expected no other dashboard" for uid in listed - {each["uid"] for each in written}
    ]
    found = []
    for each in written:
        answer = grafana.get(f"/api/dashboards/uid/{each['uid']}")
        if "dashboard" not in answer:
            wrong.append(f"{each['uid']}: expected to be loaded: {answer.get('message')}")
            continue
        if not answer["meta"]["provisioned"] or answer["meta"]["folderTitle"] != "Hognose":
            wrong.append(f"{each['uid']}: expected to be provisioned into the folder Hognose")
        own = {"id", "version"}
        here = {key: value for key, value in answer["dashboard"].items() if key not in own}
        if here != {key: value for key, value in each.items() if key not in own}:
            wrong.append(f"{each['uid']}: expected as it is written")
        found.append(answer["dashboard"])
    return found, wrong


def source_mistakes(grafana: Grafana) -> Iterator[str]:
    """What is wrong with the data source, as a browser is told of it and as Prometheus answers it."""
    health = grafana.get(f"/api/datasources/uid/{SOURCE}/health")
    print(f"data source: {health.get('status')}: {health.get('message')}", flush=True)
    if health.get("status") != "OK":
        yield f"{SOURCE}: expected a healthy data source, it is {health}"
    sources = grafana.get("/api/frontend/settings")["datasources"].values()
    given = next((each["jsonData"] for each in sources if each.get("uid") == SOURCE), {})
    leads = [(each["name"], each["url"]) for each in given.get("exemplarTraceIdDestinations") or ()]
    if leads != [(EXEMPLAR, PAGE + "/alerts/${__value.raw}")]:
        yield f"{SOURCE}: expected exemplars to lead to {PAGE}, they lead to {leads}"


def answers(grafana: Grafana, dashboard: Json, window: Window) -> Iterator[Answer]:
    """Of every query of every panel, a request a panel, and of every annotation."""
    title = dashboard["title"].removeprefix("Hognose / ")
    values = _values(grafana, dashboard, window)
    for panel in dashboard["panels"]:
        names = {
            each["refId"]: f"{title} / {panel['title']} / {each['legendFormat']}"
            for each in panel["targets"]
        }
        yield from _answered(grafana, panel["targets"], names, values, window)
    for note in dashboard["annotations"]["list"]:
        asked = {"refId": "Anno", "expr": note["expr"], "range": True, "instant": False}
        asked |= {"datasource": note["datasource"], "interval": note["step"]}
        name = f"{title} / annotation / {note['name']}"
        yield from _answered(grafana, [asked], {"Anno": name}, values, window)


def _values(grafana: Grafana, dashboard: Json, window: Window) -> dict[str, list[str]]:
    """Each variable as its menu is filled: by the data source, from the label of what matches."""
    chosen: dict[str, list[str]] = {}
    for variable in variables_of(dashboard):
        asked = urllib.parse.urlencode(
            {
                "match[]": with_values(variable.match, chosen),
                "start": window.since,
                "end": window.until,
            }
        )
        path = f"resources/api/v1/label/{variable.label}/values?{asked}"
        chosen[variable.name] = list(
            grafana.get(f"/api/datasources/uid/{SOURCE}/{path}").get("data") or ()
        )
        if not chosen[variable.name]:
            raise SystemExit(
                f"{dashboard['uid']}: ${variable.name}: expected values to choose from"
            )
    return chosen


def _answered(
    grafana: Grafana,
    targets: list[Json],
    names: dict[str, str],
    values: dict[str, list[str]],
    window: Window,
) -> Iterator[Answer]:
    asked = [
        {
            **each,
            "expr": with_values(each["expr"], values),
            "datasource": {**each["datasource"], "uid": SOURCE},
            "intervalMs": INTERVAL_MS,
            "maxDataPoints": POINTS,
        }
        for each in targets
    ]
    said = grafana.post("/api/ds/query", {"queries": asked, **window.asked})
    for each in asked:
        query = Query(names[each["refId"]], each["expr"], each.get("exemplar", False))
        answer = said.get("results", {}).get(each["refId"])
        if answer is None:
            yield Answer(query, 0, 0, str(said), ())
        else:
            yield _answer(query, answer)


def _answer(query: Query, answer: Json) -> Answer:
    rows = exemplars = 0
    notices: list[str] = []
    for frame in answer.get("frames") or ():
        schema, columns = frame["schema"], frame["data"]["values"]
        length = len(columns[0]) if columns else 0
        meta = schema.get("meta") or {}
        notices += [each["text"] for each in meta.get("notices") or ()]
        if (meta.get("custom") or {}).get("resultType") != "exemplar":
            rows += length
        elif EXEMPLAR in {field["name"] for field in schema["fields"]}:
            exemplars += length
    return Answer(query, rows, exemplars, answer.get("error", ""), tuple(notices))


def last_minutes(seconds: float) -> Window:
    """A window that ends now."""
    now = time.time()
    return Window(now - seconds, now)
