"""Panels of a dashboard: lines, figures, tables and heat maps, and the queries that many share."""

from __future__ import annotations

from typing import Any

SOURCE = {"type": "prometheus", "uid": "${datasource}"}
OF_SERVICE = '{service=~"$service"}'
OF_PROCESS = '{service=~"$service",host=~"$host",pid=~"$process"}'
TIME = "${__url_time_range}"
SERVICE_LINK = ("Service", "/d/hognose-service?var-service=${__data.fields.service}&" + TIME)
PROCESS_LINK = (
    "Process",
    "/d/hognose-process?var-service=${__data.fields.service}&var-host=${__data.fields.host}"
    "&var-process=${__data.fields.pid}&" + TIME,
)
ALERT_LINK = ("Stacks, sites and what to do", "${page}/alerts/${__data.fields.alert}")

Json = dict[str, Any]


def target(expr: str, legend: str, instant: bool = False, form: str = "time_series") -> Json:
    return {
        "datasource": SOURCE,
        "expr": expr,
        "format": form,
        "instant": instant,
        "legendFormat": legend,
        "range": not instant,
    }


def panel(kind: str, title: str, description: str, unit: str, *targets: Json, **more: Any) -> Json:
    defaults: Json = {
        "unit": unit,
        "links": [{"title": t, "url": u} for t, u in more.pop("links", [])],
    }
    width, height = more.pop("size", (12, 8))
    return {
        "type": kind,
        "title": title,
        "description": description,
        "datasource": SOURCE,
        "size": (width, height),
        "fieldConfig": {"defaults": defaults, "overrides": more.pop("overrides", [])},
        "targets": [{"refId": chr(ord("A") + i), **each} for i, each in enumerate(targets)],
        **more,
    }


def lines(title: str, description: str, unit: str, *queries: tuple[str, str], **more: Any) -> Json:
    return panel(
        "timeseries",
        title,
        description,
        unit,
        *(target(expr, legend) for expr, legend in queries),
        **more,
    )


def with_exemplars(shown: Json) -> Json:
    """Beside each query the alerts that its counters carry; the data source knows where they lead."""
    for each in shown["targets"]:
        each["exemplar"] = True
    return shown


def stat(title: str, description: str, unit: str, expr: str, **more: Any) -> Json:
    return panel(
        "stat", title, description, unit, target(expr, title, instant=True), size=(6, 4), **more
    )


def table(
    title: str, description: str, unit: str, columns: list[tuple[str, str, str]], **more: Any
) -> Json:
    """A row an identity: columns are name, expression and unit; the expressions share their labels."""
    targets = [target(expr, name, instant=True, form="table") for name, expr, _ in columns]
    letters = [chr(ord("A") + i) for i in range(len(columns))]
    names = {
        f"Value #{letter}" if len(columns) > 1 else "Value": name
        for letter, (name, _, _) in zip(letters, columns, strict=False)
    }
    overrides = [
        {
            "matcher": {"id": "byName", "options": name},
            "properties": [{"id": "unit", "value": each}],
        }
        for name, _, each in columns
    ]
    transformations = [
        {"id": "merge", "options": {}},
        {"id": "organize", "options": {"excludeByName": {"Time": True}, "renameByName": names}},
        {"id": "sortBy", "options": {"sort": [{"field": columns[0][0], "desc": True}]}},
    ]
    return panel(
        "table", title, description, unit, *targets,
        overrides=overrides, transformations=transformations, size=more.pop("size", (24, 9)), **more,
    )  # fmt: skip


def heat(title: str, description: str, expr: str, **more: Any) -> Json:
    return panel(
        "heatmap", title, description, "s", target(expr, "{{le}}", form="heatmap"),
        options={"calculate": False, "yAxis": {"unit": "s"}, "color": {"mode": "scheme", "scheme": "Oranges"}}, **more,
    )  # fmt: skip


def rate(metric: str, of: str = OF_SERVICE, by: str = "service") -> str:
    return f"sum by ({by}) (rate({metric}{of}[$__rate_interval]))"


def rate_of_containers(metric: str, by: str, of: str = OF_SERVICE) -> str:
    """Each process of a container tells the same of it: added up, it would be as many times too high."""
    return f"max by ({by}) (rate({metric}{of}[$__rate_interval]))"


def firing(kinds: str) -> list[tuple[str, str, str]]:
    keep = "service, severity, kind, culprit, cause, host, pid, alert"
    return [
        (
            "firing",
            f'max by ({keep}) (hognose_alert_info{{service=~"$service",kind=~"{kinds}"}})',
            "short",
        )
    ]
