"""
Hold the addresses in docker-compose.yml, the manifests and what they bring to each other.

Prints a line for each that leads nowhere, and ends with 1 then.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
COMPOSE = ROOT / "docker-compose.yml"
SCRAPES = ROOT / "prometheus" / "prometheus.yml"
DASHBOARDS = sorted((ROOT / "grafana" / "dashboards").glob("*.json"))
MANIFESTS = sorted((ROOT / "deploy" / "kubernetes").glob("*.yaml"))

#: That of the command in the manifests.
NAMESPACE = "hognose"

#: What a port is while its variable is not set.
DEFAULT = re.compile(r"\$\{\w+:-(\d+)\}")


def main() -> int:
    mistakes = [*_compose(), *_manifests()]
    for mistake in mistakes:
        print(mistake, file=sys.stderr)
    return 1 if mistakes else 0


def _compose() -> Iterator[str]:
    """Page and dashboards lead to each other, under the ports that a browser reaches."""
    services = yaml.safe_load(COMPOSE.read_text())["services"]
    page, grafana = (_published(services[name]) for name in ("collector", "grafana"))
    yield from _difference(
        "docker-compose.yml, collector, HOGNOSE_GRAFANA",
        services["collector"]["environment"].get("HOGNOSE_GRAFANA"),
        grafana,
    )
    yield from _difference(
        "docker-compose.yml, grafana, COLLECTOR_PAGE",
        services["grafana"]["environment"].get("COLLECTOR_PAGE"),
        page,
    )
    unset = DEFAULT.sub(r"\1", page)
    labels = yaml.safe_load(SCRAPES.read_text())["global"]["external_labels"]
    yield from _difference("prometheus.yml, hognose_page", labels["hognose_page"], unset)
    for file in DASHBOARDS:
        for variable in json.loads(file.read_text())["templating"]["list"]:
            if variable["name"] == "page":
                yield from _difference(f"{file.name}, page", variable["query"], unset)


def _published(service: dict[str, Any]) -> str:
    """Where a browser on this machine finds it, with the variable in its port."""
    (port,) = service["ports"]
    return "http://localhost:" + port.removeprefix("127.0.0.1:").rpartition(":")[0]


def _manifests() -> Iterator[str]:
    """An open server answers under each name that its Service has; none without a dot is asked."""
    documents = [part for file in MANIFESTS for part in yaml.safe_load_all(file.read_text())]
    (settings,) = (part["data"] for part in documents if part["kind"] == "ConfigMap")
    given = settings.get("HOGNOSE_HTTP_NAMES", "").split(",")
    for name in _names(part for part in documents if part["kind"] == "Service"):
        if name not in given:
            yield f"deploy/kubernetes, HOGNOSE_HTTP_NAMES: expected {name} in it"


def _names(services: Iterable[dict[str, Any]]) -> Iterator[str]:
    for service in services:
        name = f"{service['metadata']['name']}.{NAMESPACE}"
        yield from (name, f"{name}.svc", f"{name}.svc.cluster.local")


def _difference(where: str, found: Any, wanted: Any) -> Iterator[str]:
    if found != wanted:
        yield f"{where}={found}: expected {wanted}"


if __name__ == "__main__":
    sys.exit(main())
