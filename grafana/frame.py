"""What is around the panels of a dashboard: variables, annotations, links, and each panel's place."""

from __future__ import annotations

from panels import OF_SERVICE, SOURCE, Json

STORIES = ["fleet", "service", "leaks", "loop-blocks", "process", "pipeline"]
TITLES = {each: each.replace("-", " ").capitalize() for each in STORIES}


def dashboard(uid: str, description: str, panels: list[Json]) -> Json:
    return {
        "uid": f"hognose-{uid}",
        "title": f"Hognose / {TITLES[uid]}",
        "description": description,
        "tags": ["hognose"],
        "schemaVersion": 39,
        "version": 1,
        "editable": False,
        "refresh": "10s",
        "timezone": "browser",
        "time": {"from": "now-1h", "to": "now"},
        "graphTooltip": 1,
        "links": [
            {
                "title": TITLES[other], "type": "link", "url": f"/d/hognose-{other}", "keepTime": True,
                "includeVars": True, "targetBlank": False, "icon": "dashboard",
            }
            for other in STORIES
            if other != uid
        ],
        "templating": {"list": variables(uid)},
        "annotations": {"list": annotations(uid)},
        "panels": placed(panels),
    }  # fmt: skip


def placed(panels: list[Json]) -> list[Json]:
    """Left to right, and below where a row is full."""
    x = y = row = 0
    result = []
    for number, each in enumerate(panels, start=1):
        width, height = each.pop("size")
        if x + width > 24:
            x, y, row = 0, y + row, 0
        result.append({"id": number, "gridPos": {"x": x, "y": y, "w": width, "h": height}, **each})
        x, row = x + width, max(row, height)
    return result


def query_variable(name: str, label: str, expr: str) -> Json:
    return {
        "name": name, "label": label, "type": "query", "datasource": SOURCE, "definition": expr,
        "query": {"query": expr, "refId": name}, "refresh": 2, "includeAll": True, "multi": True,
        "allValue": ".*", "current": {"text": "All", "value": "$__all"}, "sort": 1,
    }  # fmt: skip


def variables(uid: str) -> list[Json]:
    every = [
        {"name": "datasource", "label": "Data source", "type": "datasource", "query": "prometheus", "current": {}, "hide": 0},
        {
            "name": "page", "label": "Collector's page", "type": "textbox", "query": "http://localhost:9464",
            "current": {"text": "http://localhost:9464", "value": "http://localhost:9464"}, "hide": 0,
        },
    ]  # fmt: skip
    if uid != "pipeline":
        every.append(
            query_variable(
                "service", "Service", "label_values(process_resident_memory_bytes, service)"
            )
        )
    if uid == "process":
        base = 'process_resident_memory_bytes{service=~"$service"'
        every.append(query_variable("host", "Host", f"label_values({base}}}, host)"))
        every.append(
            query_variable("process", "Process", f'label_values({base},host=~"$host"}}, pid)')
        )
    return every


def annotations(uid: str) -> list[Json]:
    if uid == "pipeline":
        return [
            note(
                "Alerts",
                "red",
                'ALERTS{alertstate="firing",alertname=~"Hognose.*"}',
                "{{alertname}}",
                "{{instance}}",
            )
        ]
    return [
        note(
            "Alerts",
            "red",
            'ALERTS{alertstate="firing",service=~"$service"}',
            "{{alertname}}",
            "{{service}} {{culprit}}",
        ),
        note(
            "Deploys",
            "blue",
            deploys(),
            "{{service}} {{version}}",
            "a version that did not run before",
        ),
    ]


def deploys() -> str:
    count = "count by (service, version)"
    return (
        f"{count} (hognose_process_info{OF_SERVICE})"
        f" unless {count} (hognose_process_info{OF_SERVICE} offset 5m)"
        f" and on (service) {count.replace(', version', '')} (hognose_process_info{OF_SERVICE} offset 5m)"
    )


def note(name: str, colour: str, expr: str, title: str, text: str) -> Json:
    return {
        "name": name, "datasource": SOURCE, "enable": True, "iconColor": colour, "expr": expr,
        "titleFormat": title, "textFormat": text, "step": "15s",
    }  # fmt: skip
