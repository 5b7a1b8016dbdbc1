"""A real Prometheus of its own folder, with the configuration that we ship."""

from __future__ import annotations

import json
import shutil
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any

from ports import free_port

ROOT = Path(__file__).resolve().parents[2]
READY_WITHIN = 60.0
SCRAPE_SECONDS = 2

Json = Any


class Prometheus:
    """Scrapes one address, as collector and as streams: a demonstration has both in one program."""

    def __init__(self, folder: Path, target: str) -> None:
        self._port = free_port()
        self._log = folder / "prometheus.log"
        shutil.copytree(ROOT / "prometheus" / "rules", folder / "rules")
        (folder / "prometheus.yml").write_text(_configuration(target), encoding="utf-8")
        with self._log.open("w") as log:
            self._process = subprocess.Popen(
                [
                    "prometheus",
                    f"--config.file={folder / 'prometheus.yml'}",
                    f"--storage.tsdb.path={folder / 'data'}",
                    f"--web.listen-address=127.0.0.1:{self._port}",
                    "--enable-feature=exemplar-storage",
                ],
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def __enter__(self) -> Prometheus:
        deadline = time.monotonic() + READY_WITHIN
        while not self._is_ready():
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.close()
                raise SystemExit(f"prometheus: not ready: {self._log.read_text()[-2000:]}")
            time.sleep(0.1)
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def close(self) -> None:
        self._process.kill()
        self._process.wait()

    def _is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}/-/ready", timeout=5):
                return True
        except OSError:
            return False

    def series(self, expr: str, since: float, until: float) -> list[Json]:
        """What a panel would draw of these seconds since the epoch; raises ValueError for bad PromQL."""
        found = self._get("query_range", query=expr, start=since, end=until, step=SCRAPE_SECONDS)
        return list(found["result"])

    def exemplars(self, expr: str, since: float, until: float) -> list[Json]:
        """Those of the series in it."""
        return list(self._get("query_exemplars", query=expr, start=since, end=until))

    def values(self, label: str, match: str, since: float, until: float) -> list[str]:
        """The values of a label of the series that match."""
        more = {"match[]": match} if match else {}
        return list(self._get(f"label/{label}/values", start=since, end=until, **more))

    def rules(self) -> list[Json]:
        """Every rule as it was loaded, with the last failure of its evaluation."""
        return [rule for group in self._get("rules")["groups"] for rule in group["rules"]]

    def _get(self, what: str, **parameters: Any) -> Json:
        query = urllib.parse.urlencode(parameters)
        try:
            with urllib.request.urlopen(
                f"{self.address}/api/v1/{what}?{query}", timeout=60
            ) as answer:
                return json.load(answer)["data"]
        except urllib.error.HTTPError as refused:
            said = json.load(refused)
            raise ValueError(f"{parameters.get('query', what)}: {said.get('error')}") from refused


def _configuration(target: str) -> str:
    """Ours with the addresses of this machine, and seconds for what takes minutes."""
    text = (ROOT / "prometheus" / "prometheus.yml").read_text(encoding="utf-8")
    for shipped, here in {
        "collector:9464": target,
        "streams:9465": target,
        "alertmanager:9093": "127.0.0.1:1",
        "scrape_interval: 15s": f"scrape_interval: {SCRAPE_SECONDS}s",
        "evaluation_interval: 15s": f"evaluation_interval: {SCRAPE_SECONDS}s",
    }.items():
        if shipped not in text:
            raise SystemExit(f"prometheus/prometheus.yml: expected {shipped} in it")
        text = text.replace(shipped, here)
    return text
