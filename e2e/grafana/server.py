"""A real Grafana of its own folder, provisioned with what we ship."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from ports import free_port
from queries.written import ROOT

#: Where exemplars lead.
PAGE = "http://localhost:9464"

#: Its first start makes its database.
READY_WITHIN = 300.0

Json = Any

#: Nothing of it calls anybody, and people look without a name, as in docker-compose.yml.
_ENVIRON = {
    "GF_AUTH_ANONYMOUS_ENABLED": "true",
    "GF_AUTH_ANONYMOUS_ORG_ROLE": "Viewer",
    "GF_ANALYTICS_REPORTING_ENABLED": "false",
    "GF_ANALYTICS_CHECK_FOR_UPDATES": "false",
    "GF_ANALYTICS_CHECK_FOR_PLUGIN_UPDATES": "false",
    "GF_LOG_MODE": "console",
}


class Grafana:
    """Started from the folder of a release, or of one that `build` has made."""

    def __init__(self, home: Path, folder: Path, prometheus: str) -> None:
        self._port = free_port()
        self._log = folder / "grafana.log"
        _provision(folder / "provisioning", prometheus)
        (folder / "grafana.ini").touch()
        environ = {
            **os.environ,
            **_ENVIRON,
            "GF_SERVER_HTTP_ADDR": "127.0.0.1",
            "GF_SERVER_HTTP_PORT": str(self._port),
            "GF_PATHS_DATA": str(folder / "data"),
            "GF_PATHS_PLUGINS": str(folder / "plugins"),
            "GF_PATHS_PROVISIONING": str(folder / "provisioning"),
            "COLLECTOR_PAGE": PAGE,
        }
        command = [str(home / "bin" / "grafana"), "server", "--homepath", str(home)]
        with self._log.open("w") as log:
            self._process = subprocess.Popen(
                [*command, "--config", str(folder / "grafana.ini")],
                cwd=home,
                env=environ,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def __enter__(self) -> Grafana:
        deadline = time.monotonic() + READY_WITHIN
        while not self._is_ready():
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.close()
                raise SystemExit(f"grafana: not ready: {self._log.read_text()[-3000:]}")
            time.sleep(0.2)
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._process.kill()
        self._process.wait()

    @property
    def version(self) -> str:
        return str(self.get("/api/health")["version"])

    def complaints(self) -> list[str]:
        """What its log tells of what we ship: all that it could not provision, and more."""
        lines = self._log.read_text("utf-8", "replace").splitlines()
        return [
            line
            for line in lines
            if re.search(r"level=(warn|error|critical)", line)
            and re.search(r"logger=(provisioning|dashboard|tsdb|query|datasource)", line)
        ]

    def get(self, path: str) -> Json:
        return self._ask(urllib.request.Request(self._address(path)))

    def post(self, path: str, body: Json) -> Json:
        return self._ask(
            urllib.request.Request(
                self._address(path),
                data=json.dumps(body).encode(),
                headers={"Content-Type": "application/json"},
            )
        )

    def _address(self, path: str) -> str:
        return f"http://127.0.0.1:{self._port}{path}"

    def _ask(self, request: urllib.request.Request) -> Json:
        """The answer, also of what went wrong: then with `error` or `message` in it."""
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as refused:
            return json.load(refused)

    def _is_ready(self) -> bool:
        try:
            return bool(self.get("/api/health").get("database") == "ok")
        except (OSError, ValueError):
            return False


def _provision(folder: Path, prometheus: str) -> None:
    """Our provisioning with the addresses of this machine, beside what a release has empty."""
    shutil.copytree(ROOT / "grafana" / "provisioning", folder)
    for empty in ("access-control", "alerting", "notifiers", "plugins"):
        (folder / empty).mkdir()
    for file, shipped, here in (
        ("datasources/prometheus.yml", "http://prometheus:9090", prometheus),
        (
            "dashboards/hognose.yml",
            "/etc/grafana/dashboards",
            str(ROOT / "grafana" / "dashboards"),
        ),
    ):
        text = (folder / file).read_text(encoding="utf-8")
        if shipped not in text:
            raise SystemExit(f"grafana/provisioning/{file}: expected {shipped} in it")
        (folder / file).write_text(text.replace(shipped, here), encoding="utf-8")
