#!/usr/bin/env python3
"""docker-compose.yml as its users start it: from `up` to an alert that Alertmanager has.

Leaves Grafana out where its image is neither here nor to be had, and uses stand-in images of Prometheus and
Alertmanager where the machine has them.  Expects a Docker engine and what `./hognose build` made.
"""

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from ports import free_port

ROOT = Path(__file__).resolve().parents[1]
DEADLINE_SECONDS = 420
PROJECT = f"hognose-e2e-{os.getpid()}"
STAND_INS = {
    "PROMETHEUS_IMAGE": "prom/prometheus:stand-in",
    "ALERTMANAGER_IMAGE": "prom/alertmanager:stand-in",
}
SERVICES = [
    "broker",
    "topics",
    "streams",
    "collector",
    "prometheus",
    "alertmanager",
    "orders",
    "orders-load",
]


def has_image(name: str) -> bool:
    return (
        subprocess.run(
            ["docker", "image", "inspect", name], capture_output=True, check=False
        ).returncode
        == 0
    )


PORTS = {
    name: str(free_port())
    for name in ("COLLECTOR_PORT", "PROMETHEUS_PORT", "ALERTMANAGER_PORT", "GRAFANA_PORT")
}
ENVIRONMENT = (
    os.environ | PORTS | {key: image for key, image in STAND_INS.items() if has_image(image)}
)


def compose(*arguments: str) -> None:
    subprocess.run(
        ["docker", "compose", "-p", PROJECT, *arguments], cwd=ROOT, env=ENVIRONMENT, check=True
    )


def get(port: str, path: str) -> bytes:
    with urllib.request.urlopen(f"http://127.0.0.1:{PORTS[port]}{path}", timeout=5) as answer:
        return bytes(answer.read())


def ready() -> bool:
    return bool(get("COLLECTOR_PORT", "/readyz"))


def block_is_told_with_its_culprit() -> bool:
    alerts = json.loads(get("COLLECTOR_PORT", "/api/v1/alerts"))["alerts"]
    return any(
        alert["service"] == "orders"
        and alert["cause"] == "sync_sleep"
        and alert["culprit"]["file"].endswith("shop/faults/blocking_sleep.py")
        for alert in alerts
    )


def rule_fires() -> bool:
    alerts = json.loads(get("PROMETHEUS_PORT", "/api/v1/alerts"))["data"]["alerts"]
    return any(
        a["labels"]["alertname"] == "PythonEventLoopBlocked" and a["state"] == "firing"
        for a in alerts
    )


def alertmanager_has_it() -> bool:
    alerts = json.loads(get("ALERTMANAGER_PORT", "/api/v2/alerts"))
    return any(alert["labels"]["alertname"] == "PythonEventLoopBlocked" for alert in alerts)


def wait_for(what: str, happened: Callable[[], bool], deadline: float) -> None:
    began = time.monotonic()
    last: object = "it never was"
    while time.monotonic() < deadline:
        try:
            if happened():
                print(f"  {what}: after {time.monotonic() - began:.0f} s", flush=True)
                return
        except (OSError, urllib.error.URLError, KeyError, ValueError) as not_yet:
            last = not_yet
        time.sleep(1)
    raise SystemExit(f"{what}: expected within {DEADLINE_SECONDS} s, {last}")


def main() -> None:
    services = SERVICES + (["grafana"] if has_image("grafana/grafana:12.1.0") else [])
    compose("build", "--quiet", "collector", "orders")
    try:
        compose("up", "-d", "--quiet-pull", *services)
        deadline = time.monotonic() + DEADLINE_SECONDS
        wait_for("collector is ready", ready, deadline)
        wait_for("loop block is told with its culprit", block_is_told_with_its_culprit, deadline)
        wait_for("Prometheus' rule fires", rule_fires, deadline)
        wait_for("Alertmanager has it", alertmanager_has_it, deadline)
        print("4 passed, 0 failed")
    except BaseException:
        compose("ps", "-a")
        compose("logs", "--tail", "30")
        raise
    finally:
        compose("down", "--volumes", "--timeout", "10")


if __name__ == "__main__":
    sys.exit(main())
